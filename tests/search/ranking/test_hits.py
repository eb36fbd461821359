"""Text as typed, found letter by letter."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from index.text.terms import letters
from search.ranking import hits
from search.ranking.hits import find, line_around


def test_spaces_width_and_punctuation_do_not_part_what_stands_in_a_row() -> None:
    text = "前言。\n用ＧＰＴ‑5 写的，很快。"
    place = find(text, "gpt5写的很快")
    assert place is not None
    assert text[slice(*place)] == "ＧＰＴ‑5 写的，很快"


def test_what_is_not_there_is_not_found() -> None:
    assert find("甲乙丙", "甲丙") is None
    assert find("", "甲") is None


def test_the_line_around_a_place_ends_at_line_ends() -> None:
    text = "一\n  二三四  \n五"
    start, end = line_around(text, 5, 6)
    assert text[start:end] == "二三四"


@given(st.text(max_size=50), st.integers(0, 50), st.integers(1, 10))
def test_every_piece_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    if letters(piece):
        place = find(text, piece)
        assert place is not None
        assert letters(piece) in letters(text[slice(*place)])


PIECES = st.lists(st.sampled_from(("a", "b", "Ｄ", "中", "—a", "\nb")), max_size=60).map("".join)


@given(PIECES, st.text(st.sampled_from("abd中"), max_size=4))
def test_a_long_text_is_looked_through_in_parts(text: str, wanted: str) -> None:
    whole = find(text, wanted)
    with patch.object(hits, "_PART", 10):
        assert find(text, wanted) == whole
