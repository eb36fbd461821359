"""The page's pure modules, run where they run: in the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Visit = Callable[..., Any]
SOME = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


@pytest.fixture
def run(visit: Visit) -> Callable[..., Any]:
    """``run(module, expression, value)``: the expression may use the module as ``m``."""
    page = visit()

    def ran(module: str, expression: str, value: Any = None) -> Any:
        return page.evaluate(
            f"async (value) => {{ const m = await import('/{module}.js'); return {expression}; }}",
            value,
        )

    return ran


@SOME
@given(text=WORDS)
def test_any_text_is_escaped(run: Callable[..., Any], text: str) -> None:
    shown = run(
        "html",
        "(i => [i.title, i.textContent, i.childElementCount])"
        "(m.put(document.createElement('p'), "
        'm.html`<i title="${value}">${[value]}</i>`).firstChild)',
        text,
    )
    assert shown == [text, text, 0]


@SOME
@given(
    q=WORDS, tags=st.lists(WORDS.filter(bool), max_size=3), note=WORDS,
    start=st.integers(0, 10**6), fragment=WORDS,
    text=st.lists(WORDS.filter(bool), max_size=2), words=st.lists(WORDS.filter(bool), max_size=3),
)  # fmt: skip
def test_an_address_says_the_whole_state(
    run: Callable[..., Any], q: str, tags: list[str], note: str, start: int, fragment: str,
    text: list[str], words: list[str],
) -> None:  # fmt: skip
    quoted = bool(note and text)
    state = {"q": q, "tags": tags, "ask": bool(q), "note": note,
             "start": start if note else None, "fragment": fragment if note and not text else "",
             "text": text if quoted else [], "words": words if quoted else []}  # fmt: skip
    read = run("state", "m.read(new URL(m.address({...m.EMPTY, ...value}), location))", state)
    assert {key: read[key] for key in state} == state


@pytest.mark.parametrize(
    ("texts", "marked"),
    [
        (["尚未达到“高”级别", "首次达到“高”级别"], ["尚未达到“高”", "首次达到“高”"]),
        (["scores 64.7% [1]", "scores 38.1% [2]"], ["64.7%", "38.1%"]),
        (["the same 5 GB", "the same 5 GB"], [None, None]),
        (["2025年12月18日发布", "2026年2月5日发布"], [None, None]),
        (["only one row: 30%"], [None]),
    ],
)
def test_values_that_differ_between_rows_are_found(
    run: Callable[..., Any], texts: list[str], marked: list[str | None]
) -> None:
    rows = [{"subject": f"row {i}", "text": text} for i, text in enumerate(texts)]
    found = run(
        "differ", "m.differences(value).map((one, i) => one && value[i].text.match(one)[0])", rows
    )
    assert found == marked


def test_a_version_in_a_rows_name_is_no_difference(run: Callable[..., Any]) -> None:
    rows = [
        {"subject": "GPT-5.1", "text": "从 5.1 到 5.2"},
        {"subject": "GPT-5.2", "text": "没有变"},
    ]
    assert run("differ", "m.differences(value)", rows) == [None, None]


def test_an_excerpt_begins_shortly_before_the_first_match(run: Callable[..., Any]) -> None:
    segments = [["开头" * 100, False], ["命中", True], ["**之后**", False]]
    [before, match, after] = run("excerpt", "m.excerpt(value)", segments)
    assert len(before[0]) < 100 and before[0].startswith("…")
    assert match == ["命中", True] and after == ["之后", False]


def test_a_links_address_is_left_out_with_the_matches_in_it(run: Callable[..., Any]) -> None:
    segments = [["见[", False], ["Codex", True], ["文档](https://x.org/", False], ["codex", True]]
    found = run("excerpt", "m.excerpt(value)", [*segments, [")，完", False]])
    assert found == [["见", False], ["Codex", True], ["文档，完", False]]


def test_properties_are_read_with_their_matches(run: Callable[..., Any]) -> None:
    segments = [['作者: "', False], ["甲", True], ['"\n标记:\n  - a\n  - b\n空:\n', False]]
    assert run("excerpt", "m.properties(value)", segments) == [
        ["作者", [["甲", True]]],
        ["标记", [["a, b", False]]],
    ]


def test_a_list_shows_what_is_asked_for_and_what_tells_its_rows_apart(
    run: Callable[..., Any],
) -> None:
    def row(**values: str) -> dict[str, Any]:
        stated = [{"key": key, "values": [value]} for key, value in values.items()]
        return {"subject": "一", "date": "2026-01-01", "properties": stated}

    rows = [
        row(title="一", 作者="甲", 类型="书", 来源="https://a.org/1", 发布="2026-01-01"),
        row(title="一", 作者="甲", 类型="书", 来源="https://b.org/2", 发布="2026-01-01"),
    ]
    found = run("columns", "m.columns(value[0], value[1])", ["列出作者是甲的笔记", rows])
    assert found == {"said": ["作者"], "shown": ["来源"]}
    assert run("columns", "m.columns(value[0], value[1]).shown", ["列出这些", rows]) == ["来源"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("codex tag:安全 ", {"text": "codex ", "kind": "tag", "value": "安全"}),
        ('path:"01 a/b" x', {"text": "x", "kind": "folder", "value": "01 a/b"}),
        ("tag:半", None),
        ("prop:stars>300 ", None),
        ("prop:max(价格) x", None),
        ("tag:a|b tag:c ", {"text": "tag:a|b ", "kind": "tag", "value": "c"}),
        ("a note: tag", None),
    ],
)
def test_a_finished_operator_becomes_a_filter(
    run: Callable[..., Any], text: str, taken: dict[str, str] | None
) -> None:
    found = run("suggest", "m.takeOperator(value)", text)
    assert (found and {**found, "text": found["text"].strip()}) == (
        taken and {**taken, "text": taken["text"].strip()}
    )


def test_answers_may_not_bring_markup_of_their_own(run: Callable[..., Any]) -> None:
    hostile = "<img src=x onerror=alert(1)> **<b>** [x](javascript:alert(1)) [[a|<i>]] [1]"
    drawn = run(
        "markdown",
        "m.blocks(value, {cite: (id) => String(id), marks: null}).map(String).join('')",
        hostile,
    )
    assert "<img" not in drawn and "<b>" not in drawn and "<i>" not in drawn
    assert 'href="javascript' not in drawn


INDEX = {
    "state": "updating", "vault": "茶", "notes": 40, "indexed": 40, "passages": 90, "embedded": 90,
    "skipped": 0, "progress": None, "error": None, "watching": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("index", "told"),
    [
        (
            {"indexed": 10, "progress": {"phase": "reading", "done": 10, "total": 40}},
            "25% done. 10 ",
        ),
        ({"embedded": 9, "progress": {"phase": "embedding", "done": 9, "total": 90}}, "10% so far"),
        ({"embedded": 89, "progress": {"phase": "embedding", "done": 0, "total": 1}}, ""),
        ({"state": "idle"}, ""),
        ({"state": "idle", "skipped": 2}, "2 files could not be read"),
        ({"state": "idle", "notes": 0, "indexed": 0}, "Put Markdown files (.md) into this folder"),
        ({"state": "failed", "error": "the disk is full"}, "the disk is full"),
    ],
    ids=["reading", "embedding", "an-edit", "ready", "skipped", "empty", "failed"],
)
def test_the_first_page_says_how_far_the_notes_are_and_what_to_do(
    run: Callable[..., Any], index: dict[str, Any], told: str
) -> None:
    shown = run(
        "home",
        "(place => (place.innerHTML = '<div id=first></div>', m.progressed(place, value),"
        " place.textContent))(document.createElement('div'))",
        INDEX | index,
    )
    assert told in shown if told else not shown.strip()
