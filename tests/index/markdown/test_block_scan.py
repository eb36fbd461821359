"""Headings and visible text, against a full Markdown parser and on hostile nesting."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.markdown.block_scan import scan

_LINES = st.sampled_from(
    [
        "# One", "## Two ##", "   ### Three", "#### ", "####### seven", "#none", "\\# no",
        "text", "two  ", "===", "---", "***", "```", "```py", "````", "~~~", "    indented", "",
        "> quote", "> # quoted", "> ```", "   ", "| a | b |", "|---|---|", "`code", "code`",
    ]
)  # fmt: skip


def _titles(text: str) -> list[tuple[int, str]]:
    return [(one.level, one.title) for one in scan(text).headings]


def _reference(text: str) -> list[tuple[int, str]]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        (int(token.tag[1]), tokens[at + 1].content)
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]


@given(st.lists(_LINES, max_size=14))
@example(["text", "text", "===", "text", "==="])  # two lines are no title, but end there
def test_headings_are_those_of_commonmark(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    # Two differences are meant: a title is one line, and a fence without end ends early.
    wanted = [one for one in _reference(text) if "\n" not in one[1]]
    if _reference(text + "\n## Last\n")[-1:] == [(2, "Last")]:
        assert _titles(text) == wanted


@given(st.lists(st.one_of(_LINES, st.text(max_size=6)), max_size=14), st.sampled_from("\n\r"))
def test_visible_text_is_as_long_as_the_text_and_differs_by_spaces_only(
    lines: list[str], end: str
) -> None:
    text = end.join(lines)
    visible = scan(text).visible
    assert len(visible) == len(text)
    assert all(seen in (" ", there) for seen, there in zip(visible, text, strict=True))
    assert [c for c in visible if c in "\r\n"] == [c for c in text if c in "\r\n"]


def test_code_is_hidden_and_prose_is_not() -> None:
    text = (
        "a `b` c\n\n```\nd\n```\n\n    e\n\n> ~~~\n> f\n> ~~~\n\n1. g\n\n   ```\n   h\n   ```\n   i"
    )
    assert scan(text).visible.split() == ["a", "c", ">", "1.", "g", "i"]


def test_a_span_of_code_may_cross_a_line_end_but_not_a_blank_line() -> None:
    assert scan("a `b\nc` d").visible.split() == ["a", "d"]
    assert scan("a `b\n\nc` d").visible.split() == ["a", "`b", "c`", "d"]
    assert scan("a ``b ` c`` `d").visible.split() == ["a", "`d"]


def test_a_fence_ends_with_the_item_or_quote_it_stands_in() -> None:
    assert scan("- ```\n  a\n\nb").visible.split() == ["-", "b"]
    assert scan("> ```\n> a\n\nb").visible.split() == [">", "b"]
    assert scan("```\n> ```\na\n```\nb").visible.split() == ["b"]


def test_a_fence_without_end_does_not_hide_the_next_section() -> None:
    text = "## A\n\n```sh\n# comment\nrun\n\n## B\n\n`c` d\n\n~~~\ne\n~~~\n"
    assert _titles(text) == [(2, "A"), (2, "B")]
    assert scan(text).visible.split() == ["##", "A", "##", "B", "d"]


def test_an_underlined_heading_reaches_to_the_end_of_its_underline() -> None:
    text = "Title\r\n=====\r\nText"
    (heading,) = scan(text).headings
    assert text[heading.start : heading.end] == "Title\r\n====="


def test_a_rule_below_a_list_or_quote_makes_no_heading() -> None:
    assert _titles("- a\n---\n> b\n---\nc\n-\nd\ne\n---\n") == []


def test_what_stands_before_the_body_is_blank() -> None:
    found = scan("# no\n# yes", 5)
    assert [one.title for one in found.headings] == ["yes"]
    assert found.visible == "     # yes".replace("     ", "    \n", 1)


def test_deep_nesting_and_endless_lines_come_to_an_end() -> None:
    deep = "".join(" " * (2 * depth) + "- item\n" for depth in range(1_000))
    marks = ("- ", "> ", "`", "# a", "%% ", "<!--", "```a\n\n## b\n")
    hostile = [mark * (300_000 // len(mark)) for mark in marks]
    for text in (deep, *hostile, *(one + "\n\n# End" for one in hostile)):
        assert len(scan(text).visible) == len(text)
