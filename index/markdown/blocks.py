"""Parts a note's body into structural blocks: the smallest pieces that belong together.

A line scanner rather than a syntax tree: it sees each character a bounded number of times
whatever the text, and every block it names is an exact range of the text. It follows
CommonMark where that decides what belongs together (containers, fences and their ends) and
Obsidian for comments, embeds and callouts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.markdown.lines import Line, after_line, line_at
from index.markdown.masks import IMAGES
from index.markdown.note import Heading

BlockKind = Literal["text", "list", "table", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """``text[start:end]``: a paragraph, one list item's own lines, one table row, one fence."""

    start: int
    end: int
    kind: BlockKind
    depth: int = 0
    """How many list items it stands in, not counting itself."""
    joined: bool = False
    """It goes on with the list or table of the block before it."""


_MARKER = re.compile(r"([-*+]|\d{1,9}[.)])(?:([ \t]+)|\Z)")
_FENCE = re.compile(r"`{3,}+(?=[^`]*\Z)|~{3,}")
_RULE = re.compile(r"(?:-[ \t]*){3,}\Z|(?:\*[ \t]*){3,}\Z|(?:_[ \t]*){3,}\Z|=+[ \t]*\Z")


def blocks(text: str, start: int, headings: Sequence[Heading]) -> Iterator[Block]:
    """The blocks of ``text[start:]`` in order, without overlap.

    What no block covers says nothing by itself: blank lines, headings, rules, comments and
    lines of nothing but images or embeds.
    """
    return _Scanner(text, start, headings).run()


def is_delimiter_row(line: str) -> bool:
    """Whether a line parts a table's head from its body: ``| --- | :-: |``."""
    row = line.strip()
    return "-" in row and "|" in row and not row.strip("|-: \t")


class _Scanner:
    """One pass over the lines; ``_open`` is the block that the next line may continue."""

    def __init__(self, text: str, start: int, headings: Sequence[Heading]) -> None:
        self._text = text
        self._position = start
        self._headings = {heading.start: heading.end for heading in headings}
        self._columns: list[int] = []
        """Where the contents of the open list items begin, outermost first."""
        self._quotes = 0
        self._open: Block | None = None
        self._after_blank = True
        self._in_list = False
        self._closers = {"%%", "-->"}
        """Ends of comments that may still come."""

    def run(self) -> Iterator[Block]:
        while self._position < len(self._text):
            if self._position in self._headings:
                yield from self._close(leave_list=True)
                self._position = after_line(self._text, self._headings[self._position])
                self._after_blank = True
            else:
                yield from self._step(line_at(self._text, self._position))
        yield from self._close()

    def _step(self, line: Line) -> Iterator[Block]:
        self._position = line.next
        if not line.body.strip():
            yield from self._close()
            self._after_blank = True
            return
        if line.quotes != self._quotes and not self._lazy(line):
            yield from self._close(leave_list=True)
            self._quotes = line.quotes
        yield from self._content(line)
        self._after_blank = False

    def _lazy(self, line: Line) -> bool:
        """Whether a line with fewer quote marks still goes on with the open paragraph."""
        if self._open is None or line.quotes > self._quotes:
            return False
        return not (_MARKER.match(line.body) or _FENCE.match(line.body))

    def _content(self, line: Line) -> Iterator[Block]:
        if comment_end := self._comment(line):
            yield from self._close()
            self._position = comment_end
        elif _RULE.match(line.body) or IMAGES.match(line.body):
            yield from self._close()
        elif mark := self._fence(line):
            yield from self._close()
            self._leave_items(line)
            yield self._code(line, mark)
        elif "|" in line.body and self._open and self._open.kind == "table":
            yield from self._begin(line, "table", joined=True)
        elif "|" in line.body and self._heads_table(line):
            self._leave_items(line)
            yield from self._begin(line, "table", joined=False)
            delimiter = line_at(self._text, line.next, self._quotes)
            self._extend(delimiter)
            self._position = delimiter.next
        elif (marker := _MARKER.match(line.body)) and (line.indent < 4 or self._columns):
            yield from self._item(line, marker)
        else:
            yield from self._prose(line)

    def _prose(self, line: Line) -> Iterator[Block]:
        if self._open and self._open.kind != "table":
            self._extend(line)
            return
        self._leave_items(line)
        if self._columns:
            yield from self._begin(line, "list", joined=True)
        elif self._after_blank and line.indent >= 4:
            yield from self._begin(line, "code", joined=False)
        else:
            yield from self._begin(line, "text", joined=False)

    def _item(self, line: Line, marker: re.Match[str]) -> Iterator[Block]:
        self._leave_items(line)
        yield from self._begin(line, "list", joined=self._in_list)
        gap = len((marker[2] or "").expandtabs(4))
        self._columns.append(line.indent + len(marker[1]) + (gap if 0 < gap < 5 else 1))

    def _leave_items(self, line: Line) -> None:
        while self._columns and self._columns[-1] > line.indent:
            self._columns.pop()

    def _begin(self, line: Line, kind: BlockKind, *, joined: bool) -> Iterator[Block]:
        yield from self._close()
        self._in_list = kind == "list" or bool(self._columns)
        self._open = Block(line.first, line.end, kind, len(self._columns), joined)

    def _extend(self, line: Line) -> None:
        if self._open:
            self._open = replace(self._open, end=line.end)

    def _close(self, *, leave_list: bool = False) -> Iterator[Block]:
        if self._open:
            yield self._open
        self._open = None
        if leave_list:
            self._columns.clear()
            self._in_list = False
            self._quotes = 0

    def _fence(self, line: Line) -> str:
        """The backticks or tildes that open a fence on this line."""
        found = _FENCE.match(line.body)
        return found[0] if found and (line.indent < 4 or self._columns) else ""

    def _code(self, line: Line, mark: str) -> Block:
        """The fence that ``line`` opens, up to its close or the end of what it stands in."""
        column = self._columns[-1] if self._columns else 0
        end = line.end
        while self._position < len(self._text) and self._position not in self._headings:
            inner = line_at(self._text, self._position, line.quotes)
            body = inner.body.strip()
            if inner.quotes < line.quotes or (body and inner.indent < column):
                break
            self._position = inner.next
            end = inner.end if body else end
            if body.startswith(mark) and not body.strip(mark[0]):
                break
        return Block(line.first, end, "code", len(self._columns), bool(self._columns))

    def _heads_table(self, line: Line) -> bool:
        """Whether the line after ``line`` is the delimiter row of a table."""
        if line.next >= len(self._text) or line.next in self._headings:
            return False
        return is_delimiter_row(line_at(self._text, line.next, self._quotes).body)

    def _comment(self, line: Line) -> int:
        """Where the comments that begin the line end; 0 when none does.

        All in a row are taken at once, since a line read anew behind each would be read as
        often as it holds comments.
        """
        end, at = 0, line.start
        while self._text.startswith(("%%", "<!--"), at):
            opener, closer = ("%%", "%%") if self._text[at] == "%" else ("<!--", "-->")
            found = self._text.find(closer, at + len(opener)) if closer in self._closers else -1
            if found < 0:
                self._closers.discard(closer)
                break
            end = at = found + len(closer)
            while self._text.startswith((" ", "\t", ">"), at):
                at += 1
        return end
