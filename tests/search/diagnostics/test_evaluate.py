"""Measuring on a question file."""

import json
from pathlib import Path

import pytest

from index.errors import BadRequest
from index.settings import Settings
from search.diagnostics.evaluate import evaluate
from search.ranking.fusion import SIGNALS


def question(**changed: object) -> str:
    plain = {"id": "1", "lang": "zh", "type": "factoid", "must": [["高"]],
             "question": "星河 2 的网络安全评级是多少？", "gold_notes": ["博客/模型二.md"],
             "answerable": True}  # fmt: skip
    return json.dumps(plain | changed, ensure_ascii=False)


def test_every_signal_in_use_is_switched_off_in_turn(vault: Settings, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(question(), "utf-8")
    measured = evaluate(vault, file, ablate=True, answers=False)
    assert {each.signal for each in measured.ablation} == SIGNALS - {"rerank"}
    assert all(each.low <= each.gain <= each.high for each in measured.ablation)
    assert "keyword" in measured.table()


def test_a_note_that_is_not_found_is_told_with_the_reason(vault: Settings, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(question(gold_notes=["博客/模型二.md", "没有.md"]), "utf-8")
    [miss] = evaluate(vault, file, failures=True, answers=False).misses
    assert (miss.path, miss.reason) == ("没有.md", "not a candidate")


def test_a_file_that_holds_no_question_is_refused_with_its_line(
    vault: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(question() + '\n{"id": 2}\n', "utf-8")
    with pytest.raises(BadRequest, match="line 2 is no question"):
        evaluate(vault, file)
