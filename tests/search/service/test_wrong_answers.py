from pathlib import Path

from search.diagnostics.scores import load
from search.service.wrong_answers import WrongAnswer, WrongAnswers


def test_what_is_kept_is_a_question_file(tmp_path: Path) -> None:
    kept = WrongAnswers(tmp_path)
    kept.keep(WrongAnswer("茶要几度？", "九十度。", True, ["茶.md"]))
    kept.keep(WrongAnswer("How hot?", "", False))
    kept.keep(WrongAnswer("茶要几度？", "一百度。", True))
    assert [(q.id, q.lang, q.text) for q in load(kept.path)] == [
        ("W001", "zh", "茶要几度？"),
        ("W002", "en", "How hot?"),
    ]
