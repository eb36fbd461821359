"""Reads lines of Markdown: their quote marks and indentation, and what white space is around."""

import re
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|[\r\n]")
_TAB = 4


class Line(NamedTuple):
    """``body`` is ``text[start:end]``, what follows quote marks and indentation."""

    first: int
    """Where the first quote mark stands, or the body when there is none."""
    start: int
    end: int
    next: int
    """Where the next line begins."""
    quotes: int
    indent: int
    """Columns of white space before the body, after the last quote mark."""
    body: str


def line_at(text: str, position: int, most_quotes: int | None = None) -> Line:
    """The line that begins at ``position``; quote marks beyond ``most_quotes`` are body."""
    found = _LINE_END.search(text, position)
    end, after = found.span() if found else (len(text), len(text))
    if position < end and text[position] not in " \t>":  # as most lines are
        return Line(position, position, end, after, 0, 0, text[position:end])
    start, indent = past_blank(text, position, end)
    quotes = 0
    first = start
    while indent < 4 and text.startswith(">", start, end) and quotes != most_quotes:
        quotes += 1
        start, indent = past_blank(text, start + 1, end)
        indent = max(indent - 1, 0)
    return Line(first, start, end, after, quotes, indent, text[start:end])


def after_line(text: str, position: int) -> int:
    """Where the line after the one that holds ``position`` begins."""
    found = _LINE_END.search(text, position)
    return found.end() if found else len(text)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at both its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def past_blank(text: str, position: int, end: int) -> tuple[int, int]:
    """Where the blank at ``position`` ends, and how many columns it spans."""
    columns = 0
    while position < end and text[position] in " \t":
        columns += _TAB - columns % _TAB if text[position] == "\t" else 1
        position += 1
    return position, columns
