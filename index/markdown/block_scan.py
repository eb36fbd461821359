"""Scans a note's lines for its headings and for the text that is not code or comment.

It follows CommonMark where that decides what is code and what is a heading: fences, also
in lists and quotes, indented code, code spans. One pass and no recursion, so that the time
is proportional to the text however it is nested.
"""

import re
from dataclasses import dataclass, field

from index.markdown.lines import past_blank
from index.markdown.masks import code_spans, mask, without_comments
from index.markdown.note import Heading

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n?|\n|\Z)")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)++")
_FENCE = re.compile(r"(?:(`{3,}+)[^`\r\n]*+|(~{3,}+)[^\r\n]*+)\Z")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t]|\Z)")
_RULE = re.compile(r"(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
_UNDERLINE = re.compile(r"(?:=++|--++)[ \t]*+\Z")
_AFTER_OPEN_FENCE = re.compile(r"(?:\r\n?|\n)[ \t]*+(?:\r\n?|\n)(?=#{2,6}[ \t])")
_MOST_REPAIRS = 5
"""Fences without an end in one note, beyond which the rest is taken for code."""
_MOST_MARKERS = 50
"""List markers looked for on one line."""
_LONGEST_HEADING = 1_000


@dataclass(frozen=True, slots=True)
class Blocks:
    """``visible`` is as long as the text, with code and comments turned to spaces."""

    headings: tuple[Heading, ...]
    visible: str


def scan(text: str, start: int = 0) -> Blocks:
    """Headings and visible text of ``text`` from ``start`` on; what is before is blank.

    A heading underlined with ``===`` or ``---`` reaches to the end of its underline. A
    fence that is never closed ends at the next heading of level 2 or below, so that one
    slip of the pen does not hide the rest of the note.
    """
    state = _Scan(text)
    state.lines(start)
    for _ in range(_MOST_REPAIRS):
        after = state.fence and _AFTER_OPEN_FENCE.search(text, state.fence.end)
        if not after:
            break
        state.resume(after.end())
    visible = without_comments(mask(text, [(0, start), *state.hidden]))
    shown = tuple(one for one in state.headings if not visible[one.start : one.end].isspace())
    return Blocks(shown, visible)


@dataclass(frozen=True, slots=True)
class _Fence:
    mark: str
    quoted: bool
    column: int
    """Where the content of the list item around it begins, or 0."""
    end: int
    """Where its opening line ends."""


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    nested: bool
    """It stands in a list or quote."""
    lines: int = 1


@dataclass(slots=True)
class _Scan:
    text: str
    headings: list[Heading] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    """Columns at which the contents of the open list items begin."""
    fence: _Fence | None = None
    paragraph: _Paragraph | None = None

    def lines(self, start: int) -> None:
        """Take all lines from ``start`` on."""
        for match in _LINE.finditer(self.text, start):
            self._line(*match.span(1))
        self._close_paragraph()

    def resume(self, start: int) -> None:
        """Take the lines from ``start`` on again, with the open fence ended before them."""
        self.fence, self.items = None, []
        self.hidden = [span for span in self.hidden if span[0] < start]
        self.lines(start)

    def _line(self, start: int, end: int) -> None:
        if self.fence and self._in_fence(self.fence, start, end):
            return
        quote = _QUOTE.match(self.text, start, end)
        at, column = past_blank(self.text, quote.end() if quote else start, end)
        if at == end:
            self._close_paragraph()
            return
        if not self.paragraph or column == 0:
            self._leave_items(column)
        base = self.items[-1] if self.items else 0
        if column - base >= 4 and not self.paragraph:
            self.hidden.append((start, end))
        elif not self._underline(start, at, end, bool(quote)):
            self._block(start, at, end, column, bool(quote))

    def _block(self, start: int, at: int, end: int, column: int, quoted: bool) -> None:
        if _RULE.match(self.text, at, end):
            self._close_paragraph()
            return
        at, column = self._enter_items(at, end, column)
        if fence := _FENCE.match(self.text, at, end):
            self._close_paragraph()
            base = self.items[-1] if self.items else 0
            self.fence = _Fence(fence[1] or fence[2], quoted, base, end)
            self.hidden.append((at, end))
        elif found := _heading(self.text[at:end]):
            self._close_paragraph()
            self.hidden.extend(code_spans(self.text, at, end))
            if not quoted:  # a heading in a quote opens no section of the note
                self.headings.append(Heading(*found, start, end))
        elif at < end and self.paragraph:
            self.paragraph.end = end
            self.paragraph.lines += 1
        elif at < end:
            self.paragraph = _Paragraph(start, end, quoted or bool(self.items))

    def _in_fence(self, fence: _Fence, start: int, end: int) -> bool:
        """Whether the line belongs to the open fence, which ends here or earlier if not."""
        quote = _QUOTE.match(self.text, start, end) if fence.quoted else None
        at, column = past_blank(self.text, quote.end() if quote else start, end)
        if (fence.quoted and not quote) or (at < end and column < fence.column):
            self.fence = None
            return False
        self.hidden.append((start, end))
        if self.text.startswith(fence.mark, at, end):
            mark = self.text[at:end].rstrip()
            self.fence = fence if mark.strip(fence.mark[0]) else None
        return True

    def _leave_items(self, column: int) -> None:
        while self.items and column < self.items[-1]:
            self.items.pop()

    def _enter_items(self, at: int, end: int, column: int) -> tuple[int, int]:
        """Open an item for each list marker in front; where the line's content begins."""
        for _ in range(_MOST_MARKERS):
            marker = _ITEM.match(self.text, at, end)
            if not marker:
                break
            self._close_paragraph()
            self._leave_items(column)
            inner, width = past_blank(self.text, marker.end(), end)
            column += marker.end() - at
            if width > 4 or inner == end:
                inner, width = min(marker.end() + 1, end), 1
            column += width
            self.items.append(column)
            at = inner
        return at, column

    def _underline(self, start: int, at: int, end: int, quoted: bool) -> bool:
        """Whether the line underlines the paragraph above, which is a heading if it is one line."""
        above = self.paragraph
        if not above or above.nested or quoted or not _UNDERLINE.match(self.text, at, end):
            return False
        self._close_paragraph()
        if above.lines == 1 and above.end - above.start <= _LONGEST_HEADING:
            level = 1 if self.text[at] == "=" else 2
            title = self.text[above.start : above.end].strip()
            self.headings.append(Heading(level, title, above.start, end))
        return True

    def _close_paragraph(self) -> None:
        if self.paragraph:
            self.hidden.extend(code_spans(self.text, self.paragraph.start, self.paragraph.end))
        self.paragraph = None


def _heading(line: str) -> tuple[int, str] | None:
    """Level and title of a line such as ``## Title ##``."""
    if len(line) > _LONGEST_HEADING:
        return None
    rest = line.lstrip("#")
    level = len(line) - len(rest)
    if not 1 <= level <= 6 or (rest and rest[0] not in " \t"):
        return None
    title = rest.strip()
    bare = title.rstrip("#")
    return level, bare.rstrip() if not bare or bare[-1] in " \t" else title
