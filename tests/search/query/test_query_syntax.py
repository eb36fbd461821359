"""The syntax of the search box."""

import pytest

from index.errors import BadRequest
from search.query.query_syntax import parse
from search.result import Filters


def test_words_without_operators_are_the_text() -> None:
    query = parse("各版 Codex 的评级 怎么变的？")
    assert query.text == "各版 Codex 的评级 怎么变的？"
    assert query.filters == Filters()


def test_operators_become_filters_and_leave_the_text() -> None:
    query = parse('评级 tag:Codex path:"01 博客" after:2025-12 before:2026 title:系统卡')
    assert query.text == "评级"
    assert query.filters == Filters(
        tags=("Codex",), folders=("01 博客",), after="2025-12", before="2026", title="系统卡"
    )


def test_a_phrase_is_kept_as_text_and_as_a_phrase() -> None:
    query = parse('"exact phrase" more')
    assert query.phrases == ("exact phrase",)
    assert query.text == "exact phrase more"


def test_a_minus_excludes_a_word_but_not_inside_one() -> None:
    query = parse("Codex -系统卡 GPT-5")
    assert query.excluded == ("系统卡",)
    assert query.text == "Codex GPT-5"


def test_a_property_takes_key_and_value_with_either_sign() -> None:
    assert parse("prop:语言=Rust").filters.properties == (("语言", "Rust"),)
    assert parse("prop:语言：Rust").filters.properties == (("语言", "Rust"),)


@pytest.mark.parametrize("typed", ["tags:x", "after:soon", "prop:x", "tag:", "before:2025-13"])
def test_what_cannot_be_understood_is_an_error_that_says_so(typed: str) -> None:
    with pytest.raises(BadRequest, match=r"operator|needs|property|date"):
        parse(typed)


def test_addresses_times_and_prose_with_colons_are_no_operators() -> None:
    for typed in ("https://example.org/x", "12:30", "note: this"):
        assert parse(typed).text == typed
