"""The figures, against values worked out by hand."""

import json
from pathlib import Path

import pytest

from index.errors import BadRequest
from search.diagnostics.scores import Question, answering, interval, load, ranking
from search.result import Answer, Citation


def question(*gold: str, any_of: bool = False, answerable: bool = True) -> Question:
    return Question("1", "zh", "factoid", "?", gold, (("甲", "乙"), ("3.5",)), answerable, any_of)


def answer(text: str, *citations: Citation, said: bool = True) -> Answer:
    return Answer("?", "zh", "fact", said, 1.0, text, citations=citations)


def test_recall_gain_and_rank_of_two_notes_where_one_is_found() -> None:
    figures = ranking(question("a", "b"), ["x", "a", "y"])
    assert figures["recall@10"] == 0.5
    assert figures["mrr"] == 0.5
    assert figures["ndcg@10"] == pytest.approx(0.6309 / (1 + 0.6309), abs=1e-4)


def test_one_of_several_notes_is_enough_where_any_answers() -> None:
    figures = ranking(question("a", "b", any_of=True), ["a", "b"])
    assert figures == {"recall@5": 1.0, "recall@10": 1.0, "ndcg@10": 1.0, "mrr": 1.0}


def test_what_cannot_be_answered_has_no_ranking_and_counts_abstention() -> None:
    open_question = question(answerable=False)
    assert ranking(open_question, ["a"]) == {}
    assert answering(open_question, answer("", said=False), str)["abstain"] == 1.0


def test_a_complete_answer_has_every_fact_and_exact_citations() -> None:
    cited = Citation(1, "a", "a", (), "甲是", 0, 2)
    figures = answering(question("a"), answer("**乙** 是 3.5 [1]", cited), lambda path: "甲是 3.5")
    assert figures["complete"] == figures["facts"] == figures["cites_ok"] == 1.0
    wrong = answering(question("a"), answer("**乙** 是 3.5 [1]", cited), lambda path: "甲 是")
    assert wrong["complete"] == wrong["cites_ok"] == 0.0


def test_facts_behind_the_first_800_characters_do_not_count() -> None:
    assert answering(question("a"), answer("甲" + "长" * 900 + "3.5"), str)["facts"] == 0.5


def test_the_interval_of_differences_holds_their_mean_and_widens_with_spread() -> None:
    low, high = interval([0.0, 0.1, 0.2, 0.1, 0.1])
    assert low <= 0.1 <= high
    assert interval([0.1] * 5) == pytest.approx((0.1, 0.1))
    assert interval([]) == (0.0, 0.0)


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    good = {"id": 1, "lang": "zh", "type": "t", "question": "?", "gold_notes": [], "must": [],
            "answerable": True}  # fmt: skip
    file.write_text(json.dumps(good) + "\n\n{}\n", "utf-8")
    with pytest.raises(BadRequest, match="line 3"):
        load(file)
    with pytest.raises(BadRequest, match="cannot read"):
        load(tmp_path / "none")
