"""Questions about properties that are numbers or dates."""

import pytest
from small_vault import SmallVault
from weighing import note

from search.answer.quantities import measured
from search.answerer import Answerer

CHEESES = (
    note(1, "Brie", 评分="7", 出产="2019-05-01"),
    note(2, "Comté", 评分='"9"', 出产="2021-02-11"),
    note(3, "Edamer", 评分="4.5 分", 出产="2020-08-30"),
    note(4, "Feta", 评分="没有"),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("评分最高的奶酪是哪种？", {2}),
        ("Which cheese has the lowest score?", {3}),
        ("评分为 7 的奶酪有哪些？", {1}),
        ("哪些奶酪的评分在 7 以上？", {1, 2}),
        ("哪些奶酪的评分超过 7 分？", {2}),
        ("Which cheeses scored less than 5?", {3}),
    ],
)
def test_so_much_and_the_most_are_found_among_numbers(question: str, found: set[int]) -> None:
    met = measured(question, {"评分"}, CHEESES)
    assert met is not None
    assert met.notes == found


@pytest.mark.parametrize(("question", "found"), [("最新出产的", {2}), ("The oldest one?", {1})])
def test_the_first_and_the_last_are_found_among_dates(question: str, found: set[int]) -> None:
    met = measured(question, {"出产"}, CHEESES)
    assert met is not None
    assert (met.notes, met.is_extreme) == (found, True)


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("评分是多少？", {"评分"}),
        ("评分最高的是哪种？", set()),
        ("最新的评分是多少？", {"评分"}),
        ("价格最高的是哪种？", {"价格"}),
        ("评分为 8 的有哪些？", {"评分"}),
    ],
)
def test_what_asks_for_no_measure_or_finds_none_is_left_alone(
    question: str, keys: set[str]
) -> None:
    assert measured(question, keys, CHEESES) is None


def test_the_best_and_a_list_are_quoted_from_the_properties(small: SmallVault) -> None:
    for title, score in (("山中岁月", 7), ("海边的信", 9), ("旧城", 8)):
        small.write(f"{title}.md", f"---\n评分: {score}\n---\n# {title}\n\n一本小说。\n")
    small.update()
    answerer = Answerer(small.searcher())
    best = answerer.ask("评分最高的小说是哪本？")
    assert [(c.title, c.quote) for c in best.citations] == [("海边的信", "评分: 9")]
    several = answerer.ask("哪些小说的评分在 8 以上？")
    assert (several.kind, {row.subject for row in several.rows}) == ("list", {"海边的信", "旧城"})
    assert "评分: 7" in answerer.ask("山中岁月的评分是多少？").answer


def test_notes_about_one_thing_that_differ_in_a_property_are_said_to(small: SmallVault) -> None:
    for folder, colour in (("a", "green"), ("b", "red")):
        small.write(f"{folder}/Dory.md", f"---\ncolour: {colour}\n---\n# Dory\n\nA boat.\n")
    small.write("Nemo.md", "---\ncolour: red\n---\n# Nemo\n\nA boat, too.\n")
    small.update()
    answerer = Answerer(small.searcher())
    answer = answerer.ask("Which colour is Dory?")
    assert {c.quote for c in answer.citations} == {"colour: green", "colour: red"}
    assert "do not agree on this: colour" in answer.answer
    assert "do not agree" not in answerer.ask("Which colour is Nemo?").answer
