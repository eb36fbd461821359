"""Sentences under the same label in notes of a kind."""

from weighing import weighed

from search.answer.evidence.labels import label, parallel
from search.answer.evidence.term_weights import Words

ASPECT = Words(({"电池": 1.0},), 1.0)


def texts(groups: list[list[str]]) -> list[list[str]]:
    found = [
        [weighed(text, 1.0 - place / 10, note) for place, text in enumerate(group)]
        for note, group in enumerate(groups)
    ]
    return [[each.unit.text for each in group] for group in parallel(found, ASPECT)]


def test_a_label_is_what_stands_before_the_first_colon() -> None:
    assert label("**电池**：够用一天。") == "电池"
    assert label("电池够用一天。") == ""


def test_a_label_that_siblings_share_comes_first() -> None:
    first, second = texts([["电池很大。", "**电池**：够用一天。"], ["**电池**：够用两天。"]])
    assert first == ["**电池**：够用一天。", "电池很大。"]
    assert second == ["**电池**：够用两天。"]


def test_a_label_about_something_else_does_not() -> None:
    first, _ = texts([["电池很大。", "**外壳**：铝。"], ["**外壳**：钢。"]])
    assert first == ["电池很大。", "**外壳**：铝。"]


def test_of_two_with_the_label_the_one_like_its_sibling_comes_first() -> None:
    long = "**电池**：够用一天，评为高。"
    first, _ = texts([["**电池**：大了。", long], ["**电池**：够用两天，评为高。"]])
    assert first[0] == long
