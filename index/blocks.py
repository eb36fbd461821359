"""A scan over a note's lines: its headings, and the text that is not code or comment.

Block structure follows CommonMark where it decides what is code: fences, also in lists
and quotes, indented code, code spans. It takes one pass and no recursion, so that the
time is proportional to the text however it is nested.
"""

import re
from dataclasses import dataclass, field

from .note import Heading

LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++\Z")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_FENCE = re.compile(r"(`{3,})[^`\r\n]*$|(~{3,})[^\r\n]*$")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_BACKTICKS = re.compile(r"(?<!\\)`+")
_AFTER_OPEN_FENCE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)(?=#{2,6}[ \t])")
_DEEPEST = 100
_MOST_REPAIRS = 10
_LONGEST_HEADING = 1_000


@dataclass(frozen=True, slots=True)
class Blocks:
    """``visible`` is as long as the text, with code and comments blanked out."""

    headings: tuple[Heading, ...]
    visible: str


@dataclass(frozen=True, slots=True)
class _Fence:
    mark: str
    quoted: bool
    column: int
    end: int
    """Where its opening line ends."""


@dataclass(slots=True)
class _Scan:
    text: str
    headings: list[Heading] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    """Columns at which the contents of the open list items begin."""
    fence: _Fence | None = None
    paragraph: tuple[int, int] | None = None
    paragraph_lines: int = 0

    def lines(self, start: int) -> None:
        """Take all lines from ``start`` on."""
        for match in LINE.finditer(self.text, start):
            end = match.end()
            while end > match.start() and self.text[end - 1] in "\r\n":
                end -= 1
            self.line(match.start(), end)
        self._close_paragraph()

    def resume(self, start: int) -> None:
        """Take the lines from ``start`` on again, with the open fence ended before them."""
        self.fence, self.items = None, []
        self.hidden = [span for span in self.hidden if span[0] < start]
        self.lines(start)

    def line(self, start: int, end: int) -> None:
        """Take the line at ``start`` to ``end``, without its line end."""
        quote = _QUOTE.match(self.text, start, end)
        at = quote.end() if quote else start
        at, column = _indent(self.text, at, end)
        if self.fence and self._in_fence(start, at, end, column, bool(quote)):
            return
        if at == end:
            self._close_paragraph()
            return
        if not self.paragraph or column == 0:
            self._leave_items(column)
        base = self.items[-1] if self.items else 0
        if column - base >= 4 and not self.paragraph:
            self.hidden.append((start, end))
            return
        self._block(start, at, end, column, bool(quote))

    def _block(self, start: int, at: int, end: int, column: int, quoted: bool) -> None:
        if self._setext(start, at, end, quoted):
            return
        if _RULE.match(self.text, at, end):
            self._close_paragraph()
            return
        at, column = self._enter_items(at, end, column)
        if fence := _FENCE.match(self.text, at, end):
            self._close_paragraph()
            base = self.items[-1] if self.items else 0
            self.fence = _Fence(fence[1] or fence[2], quoted, base, end)
            self.hidden.append((at, end))
        elif not quoted and end - at <= _LONGEST_HEADING and self._atx(start, at, end):
            return
        elif at < end:
            self.paragraph = (self.paragraph[0] if self.paragraph else at, end)
            self.paragraph_lines += 1

    def _in_fence(self, start: int, at: int, end: int, column: int, quoted: bool) -> bool:
        """Whether the line belongs to the open fence; closes the fence when it ends."""
        fence = self.fence
        assert fence is not None
        if fence.quoted != quoted and (fence.quoted or column < fence.column):
            self.fence = None
            return False
        if at < end and column < fence.column:
            self.fence = None
            return False
        self.hidden.append((start, end))
        mark = self.text[at:end].rstrip()
        if mark and not mark.strip(fence.mark[0]) and len(mark) >= len(fence.mark):
            self.fence = None
        return True

    def _leave_items(self, column: int) -> None:
        while self.items and column < self.items[-1]:
            self.items.pop()

    def _enter_items(self, at: int, end: int, column: int) -> tuple[int, int]:
        for _ in range(_DEEPEST):
            marker = _ITEM.match(self.text, at, end)
            if not marker:
                break
            self._close_paragraph()
            self._leave_items(column)
            inner, width = _indent(self.text, marker.end(), end)
            column += marker.end() - at
            if width > 4 or inner == end:
                inner, width = min(marker.end() + 1, end), 1
            column += width
            self.items.append(column)
            at = inner
        return at, column

    def _atx(self, start: int, at: int, end: int) -> bool:
        match = _HEADING.match(self.text, at, end)
        if not match:
            return False
        self._close_paragraph()
        self.headings.append(Heading(len(match[1]), match[2] or "", start, end))
        self.hidden.extend(_code_spans(self.text, at, end))
        return True

    def _setext(self, start: int, at: int, end: int, quoted: bool) -> bool:
        """A title is one line here: longer paragraphs over a rule are no title."""
        if not self.paragraph or self.paragraph_lines != 1 or quoted or self.items:
            return False
        begin, stop = self.paragraph
        if stop - begin > _LONGEST_HEADING or not _UNDERLINE.match(self.text, at, end):
            return False
        level = 1 if self.text[at] == "=" else 2
        self._close_paragraph()
        self.headings.append(Heading(level, self.text[begin:stop].strip(), begin, end))
        return True

    def _close_paragraph(self) -> None:
        if self.paragraph:
            self.hidden.extend(_code_spans(self.text, *self.paragraph))
        self.paragraph, self.paragraph_lines = None, 0


def scan(text: str, start: int = 0) -> Blocks:
    """Headings and visible text of ``text`` from ``start`` on; what is before is blank.

    A heading underlined with ``===`` or ``---`` reaches to the end of its underline. A
    fence that is never closed ends at the next heading of level 2 or below, so that one
    slip of the pen does not hide the rest of the note.
    """
    state = _Scan(text)
    state.lines(start)
    for _ in range(_MOST_REPAIRS):
        if not state.fence:
            break
        resumed = _AFTER_OPEN_FENCE.search(text, state.fence.end)
        if not resumed:
            break
        state.resume(resumed.end())
    visible = blank(text, [(0, start), *state.hidden])
    comments = [*_between(visible, "%%", "%%"), *_between(visible, "<!--", "-->")]
    visible = blank(visible, comments)
    visible = blank(visible, _between(visible, "$$", "$$"))
    shown = tuple(one for one in state.headings if not visible[one.start : one.end].isspace())
    return Blocks(shown, visible)


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with each span turned to spaces, its line ends kept; spans may overlap."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        pieces += (text[done:start], re.sub(r"[^\r\n]", " ", text[start:end]))
        done = end
    return "".join([*pieces, text[done:]])


def _indent(text: str, at: int, end: int) -> tuple[int, int]:
    """Where the blank run from ``at`` ends, and how many columns wide it is."""
    column = 0
    while at < end and text[at] in " \t":
        column += 4 - column % 4 if text[at] == "\t" else 1
        at += 1
    return at, column


def _code_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if text.find("`", start, end) < 0:
        return []
    runs = [match.span() for match in _BACKTICKS.finditer(text, start, end)]
    following: dict[int, int] = {}
    closer: list[int | None] = [None] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        width = runs[at][1] - runs[at][0]
        closer[at] = following.get(width)
        following[width] = at
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(runs):
        close = closer[at]
        if close is None:
            at += 1
            continue
        spans.append((runs[at][0], runs[close][1]))
        at = close + 1
    return spans


def _between(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Pairs of marks with what they enclose; a mark that is never closed hides nothing."""
    spans: list[tuple[int, int]] = []
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        spans.append((start, end + len(closing)))
        start = text.find(opening, end + len(closing))
    return spans
