"""Finds tasks: lines with a box, as Markdown, the Obsidian Tasks plugin and Logseq write them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.markdown.note import Heading, Task, TaskState, heading_paths
from index.text.dates import full_date

_LINE = re.compile(
    r"^(?:[ \t]*+>)*+[ \t]*+(?:(?P<item>[-*+]|\d{1,9}[.)])[ \t]++)?"
    r"(?P<whole>(?:\[(?P<mark>[ xX/<>!-])\][ \t]++|(?P<sign>[☐☑✔☒])[ \t]*+"
    r"|(?P<word>TODO|LATER|WAITING|NOW|DOING|DONE|CANCELLED|CANCELED)[ \t]++)\S[^\r\n]*+)",
    re.MULTILINE,
)
_STATES: dict[str, TaskState] = {
    "x": "done", "X": "done", "☑": "done", "✔": "done", "DONE": "done",
    "-": "cancelled", "☒": "cancelled", "CANCELLED": "cancelled", "CANCELED": "cancelled",
    "/": "started", "DOING": "started", "NOW": "started",
}  # fmt: skip
"""What a box says; any other is open."""
_DAY = r"[ \t]*+(?P<day>[\w年月日號号./-]{8,14})"
_DUE = re.compile(
    r"(?:[📅📆🗓]\ufe0f?|\b(?:due|deadline)(?: date)?:{1,2}|(?:截止|到期)(?:日期?)?[:：]{1,2})"
    + _DAY,
    re.IGNORECASE,
)
_SCHEDULED = re.compile(
    r"(?:[⏳⌛]\ufe0f?|\b(?:scheduled|planned):{1,2}|(?:计划|安排)(?:日期?|于)?[:：]{1,2})" + _DAY,
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:[✅❌]\ufe0f?|\b(?:completion|completed|done|finished|cancelled)(?: on)?:{1,2}"
    r"|(?:完成|取消)(?:日期?|于)?[:：]{1,2})" + _DAY,
    re.IGNORECASE,
)


def tasks(visible: str, text: str, headings: Sequence[Heading]) -> Iterator[Task]:
    """The tasks of a note in order; ``visible`` is its text less code and comments."""
    starts = [heading.start for heading in headings]
    paths = list(heading_paths(headings))
    for match in _LINE.finditer(visible):
        if match["word"] and not match["item"]:
            continue
        start, end = match.span("whole")
        end = start + len(text[start:end].rstrip())
        says = text[start:end]
        yield Task(
            _STATES.get(match["mark"] or match["sign"] or match["word"], "open"),
            says,
            start,
            end,
            paths[bisect_right(starts, start)],
            _day(_DUE, says),
            _day(_SCHEDULED, says),
            _day(_CLOSED, says),
        )


def _day(pattern: re.Pattern[str], line: str) -> str | None:
    match = pattern.search(line)
    return full_date(match["day"]) if match else None
