"""Marks in a passage."""

from hypothesis import given
from hypothesis import strategies as st

from search.ranking.highlight import segments


def test_chinese_is_marked_wherever_it_stands_and_latin_only_as_a_word() -> None:
    assert segments("安全与 cat，category", [("安全",), ("cat",)]) == (
        ("安全", True),
        ("与 ", False),
        ("cat", True),
        ("，category", False),
    )


def test_a_word_is_marked_in_the_spelling_of_the_note() -> None:
    assert segments("ＣＯＤＥＸ 系統", [("codex",), ("系统",)]) == (
        ("ＣＯＤＥＸ", True),
        (" ", False),
        ("系統", True),
    )


def test_a_translation_is_marked_only_where_the_word_itself_does_not_stand() -> None:
    words = [("security", "安全"), ("codex", "模型")]
    assert segments("安全的模型", words) == (("安全", True), ("的", False), ("模型", True))
    assert segments("Codex 模型 安全", words) == (
        ("Codex", True),
        (" 模型 ", False),
        ("安全", True),
    )


WORDS = st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=3).map(tuple)


@given(st.text(max_size=60), st.lists(WORDS, max_size=4))
def test_the_pieces_together_are_the_text(text: str, words: list[tuple[str, ...]]) -> None:
    assert "".join(piece for piece, _ in segments(text, words)) == text
