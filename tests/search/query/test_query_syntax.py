"""The syntax of the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadRequest
from search.condition import Condition, Understood, typed
from search.query.query_syntax import parse


def test_words_without_operators_are_the_text() -> None:
    query = parse("各版 Codex 的评级 怎么变的？")
    assert query.text == "各版 Codex 的评级 怎么变的？"
    assert query.conditions == ()


def test_operators_become_conditions_and_leave_the_text() -> None:
    query = parse('评级 tag:Codex path:"01 博客" after:2025-12 before:2026 title:系统卡')
    assert query.text == "评级"
    assert query.conditions == (
        Condition("tag", "Codex"),
        Condition("folder", "01 博客"),
        Condition("date", first="2025-12"),
        Condition("date", last="2026"),
        Condition("title", "系统卡"),
    )


def test_a_phrase_is_kept_as_text_and_as_a_phrase() -> None:
    query = parse('"exact phrase" more')
    assert query.phrases == ("exact phrase",)
    assert query.text == "exact phrase more"


def test_a_minus_excludes_a_word_but_not_inside_one() -> None:
    query = parse("Codex -系统卡 GPT-5")
    assert query.excluded == ("系统卡",)
    assert query.text == "Codex GPT-5"


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("prop:语言=Rust", Condition("property", "Rust", "语言")),
        ("prop:语言：Rust", Condition("property", "Rust", "语言")),
        ("prop:stars>300000", Condition("property", "300000", "stars", ">")),
        ("prop:stars<=3", Condition("property", "3", "stars", "<=")),
        ('prop:"shelf mark!=Q 7"', Condition("property", "Q 7", "shelf mark", "!=")),
        ('prop:mark="Q 7"', Condition("property", "Q 7", "mark")),
        ("prop:max(price)", Condition("property", key="price", op="max")),
        ("prop:count()", Condition("property", op="count")),
        ("tag:#读书", Condition("tag", "读书")),
        ("tag：读书", Condition("tag", "读书")),
        ("-tag:dns", Condition("tag", "dns", negated=True)),
        ("link:uses=Harbour", Condition("link", "Harbour", "uses")),
        ("linked:Harbour", Condition("link", "Harbour", is_backward=True)),
        ("date:2026-11", Condition("date", first="2026-11", last="2026-11")),
        ("date:2026-11-16..", Condition("date", first="2026-11-16")),
        ("task:open", Condition("task", state="open")),
        ("due:..2031-04", Condition("task", state="open", last="2031-04")),
        ("TAG:dns？", Condition("tag", "dns")),
    ],
)
def test_an_operator_is_read_as_a_condition(written: str, condition: Condition) -> None:
    assert parse(written).conditions == (condition,)
    assert parse(written).text == ""


@pytest.mark.parametrize(
    "written",
    [
        "std::move", "tag::find", "localhost:8080", "Re:从零", "git push --force", "tar -i x",
        "rm -rf build", "cc -fuse-ld=lld", "C++", "error:ENOENT", "https://example.org/x", "12:30",
        "note: this", "tag: this", "-18 度", "tags:x", "a - b", "x -5", "prop:", "-go",
    ],
)  # fmt: skip
def test_all_else_is_text(written: str) -> None:
    query = parse(written)
    assert query.text == written
    assert query.conditions == ()


@pytest.mark.parametrize("written", ["tag:dns", "-word", "std::move", "after:2026"])
def test_quoted_text_is_text_whatever_it_holds(written: str) -> None:
    query = parse(f'what "{written}"')
    assert query.conditions == ()
    assert query.phrases == (written,)
    assert query.shown == f'what "{written}"'


@pytest.mark.parametrize(
    "written", ["after:soon", "prop:x", "before:2025-13", "date:then", "task:lost", "date:.."]
)
def test_a_value_that_an_operator_cannot_take_is_an_error_that_says_so(written: str) -> None:
    with pytest.raises(BadRequest, match=r"property|date|task"):
        parse(written)


_NAME = st.text("abc é读书0-_ ", min_size=1).map(lambda t: " ".join(t.split())).filter(bool)
_DAY = st.sampled_from(["", "2025", "2026-11", "2026-11-16"])
_CONDITIONS = st.one_of(
    st.builds(
        Condition,
        st.just("property"),
        _NAME,
        _NAME,
        st.sampled_from(["=", "!=", ">", ">=", "<", "<="]),
        negated=st.booleans(),
    ),
    st.builds(
        lambda key, op: Condition("property", key=key, op=op),
        st.just("") | _NAME,
        st.sampled_from(["max", "min", "count"]),
    ),
    st.builds(
        Condition,
        st.sampled_from(["tag", "folder", "title"]),
        st.lists(_NAME, min_size=1).map("|".join),
        negated=st.booleans(),
    ),
    st.builds(Condition, st.just("link"), _NAME, st.just("") | _NAME, is_backward=st.booleans()),
    st.builds(lambda first, last: Condition("date", first=first, last=last), _DAY, _DAY).filter(
        lambda each: bool(each.first or each.last)
    ),
    st.builds(Condition, st.just("task"), state=st.sampled_from(["open", "done"])),
    st.builds(Condition, st.just("task"), state=st.just("open"), last=st.just("2031-04-02")),
    st.builds(Condition, st.just("word"), st.just("wörter"), negated=st.just(True)),
)


@given(st.lists(_CONDITIONS, max_size=4))
def test_conditions_are_read_as_they_are_printed(conditions: list[Condition]) -> None:
    printed = typed("which", conditions)
    query = parse(printed)
    assert query.conditions == tuple(conditions)
    assert query.text == "which"
    assert typed(query.shown, query.conditions) == printed


@given(st.lists(_CONDITIONS, min_size=1, max_size=4))
def test_each_condition_tells_the_query_without_it(conditions: list[Condition]) -> None:
    shown = Understood("which", tuple(conditions)).as_json()["conditions"]
    for place, each in enumerate(shown):
        left = [*conditions[:place], *conditions[place + 1 :]]
        assert parse(each["without"]).conditions == tuple(left)
