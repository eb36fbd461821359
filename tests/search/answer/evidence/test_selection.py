"""Which weighed units are quoted."""

from hypothesis import given
from hypothesis import strategies as st
from weighing import weighed

from search.answer.evidence.scoring import Weighed
from search.answer.evidence.selection import adding, choose, choose_each, of_one_note
from search.answer.evidence.term_weights import Words

TEA = "The tea needs water at eighty degrees."
BREAD = "Sourdough bread rests overnight in a cold place."
KNIFE = "A knife is honed on leather after the stone."


def texts(chosen: list[Weighed]) -> list[str]:
    return [each.unit.text for each in chosen]


def test_the_best_come_first() -> None:
    assert texts(choose([weighed(TEA, 3), weighed(BREAD, 2)], 200)) == [TEA, BREAD]


def test_what_does_not_fit_makes_room_for_what_does() -> None:
    room = len(TEA) + len(KNIFE)
    given_units = [weighed(TEA, 3), weighed(BREAD, 2), weighed(KNIFE, 1)]
    assert texts(choose(given_units, room)) == [TEA, KNIFE]


def test_nothing_far_below_the_best_is_quoted() -> None:
    given_units = [weighed(TEA, 1.0), weighed(BREAD, 0.5), weighed(KNIFE, 0.49)]
    assert texts(choose(given_units, 500, least=0.5)) == [TEA, BREAD]


def test_there_are_never_more_than_asked_for() -> None:
    assert texts(choose([weighed(TEA), weighed(BREAD), weighed(KNIFE)], 500, most=2)) == [
        TEA,
        BREAD,
    ]


def test_what_says_it_again_is_left_out() -> None:
    again = "Tea needs water at eighty degrees!"
    assert texts(choose([weighed(TEA, 2), weighed(again, 1)], 500)) == [TEA]


def test_a_longer_unit_that_says_more_is_no_repeat() -> None:
    more = TEA + " Boiling water burns the leaves, makes them bitter and hides their smell."
    assert len(choose([weighed(TEA, 2), weighed(more, 1)], 500)) == 2


def test_nothing_comes_of_nothing() -> None:
    assert choose([], 500, least=0.5) == []


WEIGHED = st.builds(
    weighed, st.text("茶面刀 abc。", min_size=1, max_size=60), st.floats(0, 5), st.integers(1, 3)
)


@given(st.lists(WEIGHED, max_size=12), st.integers(0, 120), st.floats(0, 1), st.integers(0, 6))
def test_what_is_chosen_fits_and_keeps_its_order(
    units: list[Weighed], room: int, least: float, most: int
) -> None:
    units.sort(key=lambda each: -each.score)
    chosen = choose(units, room, least=least, most=most)
    assert len(chosen) <= most
    assert sum(len(each.unit.text) for each in chosen) <= room
    assert [each.score for each in chosen] == sorted((c.score for c in chosen), reverse=True)
    assert all(each.score >= least * units[0].score for each in chosen)


def test_another_unit_is_quoted_only_if_it_says_more() -> None:
    words = Words(({"电池": 1.0}, {"外壳": 1.0}), 2.0)
    first, same, more = weighed("电池很大。"), weighed("电池更大。"), weighed("外壳是铝。")
    assert adding([first, same, more], words) == [first, more]


def test_where_numbers_are_wanted_a_new_figure_says_more() -> None:
    words = Words(({"电池": 1.0},), 1.0)
    first, other = weighed("电池 40 克。"), weighed("电池 50 克。")
    assert adding([first, other], words) == [first]
    assert adding([first, other], words, numbers=True) == [first, other]


def test_a_label_that_names_what_is_asked_needs_no_second_sentence() -> None:
    words = Words(({"电池": 1.0}, {"等级": 1.0}), 2.0)
    labelled = weighed("**电池**：高。")
    assert adding([labelled, weighed("等级照旧。")], words) == [labelled]


def test_each_part_of_a_question_has_its_best_units_before_the_rest() -> None:
    whole = [weighed(TEA, 3), weighed(BREAD, 2), weighed(KNIFE, 1)]
    parts = [[weighed(KNIFE, 1), weighed(TEA, 0.5)], [weighed(BREAD, 1)]]
    assert texts(choose_each(whole, parts, 500)) == [KNIFE, BREAD, TEA]
    assert texts(choose_each(whole, parts, len(KNIFE) + len(BREAD))) == [KNIFE, BREAD]


def test_two_parts_do_not_share_their_units() -> None:
    whole = [weighed(TEA, 3), weighed(BREAD, 2)]
    part = [weighed(TEA, 1), weighed(KNIFE, 0.5)]
    assert texts(choose_each(whole, [part, part], 500, least=0.9)) == [TEA, KNIFE]


def test_without_parts_it_is_the_best_of_all_that_are_not_far_below() -> None:
    whole = [weighed(TEA, 1.0), weighed(BREAD, 0.5), weighed(KNIFE, 0.4)]
    assert texts(choose_each(whole, [], 500, least=0.5)) == [TEA, BREAD]
    assert choose_each([], [], 500, least=0.5) == []


def test_the_note_that_is_best_by_several_units_comes_first() -> None:
    steps = [weighed(BREAD, 2.0, note=1), weighed(KNIFE, 1.9, note=1)]
    assert texts(of_one_note([weighed(TEA, 2.5, note=2), *steps])) == [BREAD, KNIFE, TEA]
    assert of_one_note([]) == []
