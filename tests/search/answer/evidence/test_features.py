"""What speaks for an answer and against it."""

import pytest
from weighing import weighed

from search.answer.evidence.answerability import Signs
from search.answer.evidence.features import Source, asked_clauses, signs
from search.answer.evidence.term_weights import Words
from search.answer.question.intent import understand

NOTES = (
    Source(1, "Kiln：烧陶的炉子", "Kiln 最高烧到 1300 度，Kiln 2 更大。"),
    Source(2, "Wheel", "拉坯机的价格是 300 元。"),
)


def found(text: str, *clauses: dict[str, float], things: tuple[str, ...] = ("Kiln",)) -> Signs:
    units = [weighed("Kiln 最高烧到 1300 度。", note=1), weighed("价格", note=2)]
    words = Words(clauses, sum(max(clause.values()) for clause in clauses))
    return signs(understand(text), words, things, 0.7, units, NOTES, 2)


KILN = {"kiln": 4.0}


def test_what_stands_in_a_note_about_the_thing_is_held() -> None:
    signs = found("Kiln 最高多少度", KILN, {"最高": 1.0})
    assert (signs.held, signs.whole, signs.named, signs.words) == (1.0, True, 1.0, 1)


def test_what_stands_beside_another_name_is_not_held() -> None:
    signs = found("Kiln 的价格", KILN, {"价格": 1.0})
    assert (signs.held, signs.whole) == (0.0, False)


def test_without_a_name_every_near_note_counts() -> None:
    assert found("价格", {"价格": 1.0}, things=()).held == 1.0


def test_a_name_that_the_notes_lack_is_not_named() -> None:
    assert found("Kiln 和 Zorblax 多重", KILN, {"zorblax": 4.0}).named == 0.5


@pytest.mark.parametrize(
    ("question", "sibling"),
    [("Kiln 3 烧到多少度？", True), ("How hot does Kiln 3 get?", True), ("Kiln 2 多大？", False),
     ("Kiln 2.0 多大？", False), ("Kiln 多大？", False), ("Wheel 3 多重？", False),
     ("How hot was the kiln in March 2026?", False)],
)  # fmt: skip
def test_a_sibling_is_the_same_name_with_another_number(question: str, sibling: bool) -> None:
    assert found(question, KILN).sibling is sibling


def test_words_that_only_ask_are_not_asked() -> None:
    clauses = ({"kiln": 4.0}, {"版本": 2.0}, {"区别": 1.0}, {"哪天": 3.0}, {"价格": 2.0})
    words = Words(clauses, 12.0)
    asked = asked_clauses(understand("Kiln 有什么区别，哪天的价格"), words, ["Kiln"])
    assert [next(iter(clause)) for clause in asked] == ["版本", "价格"]


def test_of_a_thing_alone_enough_is_asked() -> None:
    assert found("什么是 Kiln？", KILN).words == 4
    assert found("什么？", {"什么": 1.0}, things=()).words == 0


def test_chinese_is_found_however_a_sentence_is_cut_into_words() -> None:
    assert found("Kiln 的高烧", KILN, {"高烧": 1.0}).held == 1.0


def test_what_one_sentence_says_together_is_known() -> None:
    signs = found("Kiln 最高多少度，价格多少", KILN, {"最高": 1.0}, {"价格": 3.0})
    assert (signs.said, signs.held) == (0.75, 0.25)


@pytest.mark.parametrize("question", ["谁做的 Kiln？谁发明的？", "Who made the Kiln?"])
def test_who_made_a_thing_is_asked_of_notes_that_name_a_maker(question: str) -> None:
    assert found(question, KILN).held == 0.0
    named = Source(1, "Kiln", "Kiln was made by Ida.")
    units = [weighed("Kiln was made by Ida.", note=1)]
    words = Words([KILN], 4.0)
    assert signs(understand(question), words, ["Kiln"], 0.7, units, [named], 2).held == 1.0
