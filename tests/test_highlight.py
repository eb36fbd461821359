"""Marks in a passage."""

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import segments


def test_chinese_is_marked_wherever_it_stands_and_latin_only_as_a_word() -> None:
    assert segments("安全与 cat，category", ["安全", "cat"]) == (
        ("安全", True),
        ("与 ", False),
        ("cat", True),
        ("，category", False),
    )


def test_a_word_is_marked_in_the_spelling_of_the_note() -> None:
    assert segments("ＣＯＤＥＸ 系統", ["codex", "系统"]) == (
        ("ＣＯＤＥＸ", True),
        (" ", False),
        ("系統", True),
    )


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=3), max_size=4))
def test_the_pieces_together_are_the_text(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in segments(text, words)) == text
