"""Defines what a note is once it has been read: plain values handed from stage to stage.

Offsets count Unicode code points into the note's text exactly as it stands in the file
(a byte-order mark counts as one, line ends are kept), so ``note.text[start:end]`` is
always the very text that was meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

PassageKind = Literal["text", "list", "table", "code", "properties", "link"]
TaskState = Literal["open", "started", "done", "cancelled"]


@dataclass(frozen=True, slots=True)
class Property:
    """One key of the frontmatter or the body: its values and where the whole entry stands."""

    key: str
    values: tuple[str, ...]
    start: int
    end: int
    inline: bool = False
    """Whether it stands in the body."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: ``start`` to ``end`` is the line without its line end."""

    level: int
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written, with the relation and explanation that belong to it."""

    target: str
    """Path or name, without alias, heading or block; decoded for Markdown links."""
    fragment: str | None
    """What follows ``#``: a heading, or ``^block``."""
    alias: str | None
    embed: bool
    relation: str | None
    relation_start: int | None
    """Where the relation's text begins; none where a property of the note gives it."""
    explanation: str | None
    explanation_start: int | None
    """Where the explanation's text begins, so that it can be quoted exactly."""
    section: str | None
    """Title of the nearest heading above."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """A line with a box: ``text`` is the slice from the box to the line's end."""

    state: TaskState
    text: str
    start: int
    end: int
    heading: tuple[str, ...] = ()
    """Titles of the headings above, outermost first."""
    due: str | None = None
    """ISO 8601 day, as ``scheduled`` and ``closed`` are."""
    scheduled: str | None = None
    closed: str | None = None
    """When it was done or cancelled."""


@dataclass(frozen=True, slots=True)
class DaySection:
    """What a note says of one day: from its dated heading or line to where that ends."""

    date: str
    """ISO 8601 day."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """One note, read and parsed; nothing in it depends on other notes."""

    path: str
    """Relative to the vault, ``/`` between folders, exactly as the file is named."""
    text: str
    title: str
    date: str | None
    """ISO 8601 day, month or year: ``2025-12-18``, ``2025-12``, ``2025``."""
    properties: tuple[Property, ...]
    """Those of the frontmatter, then those of the body."""
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    """From frontmatter and inline ``#tags``; links into a tag folder are added later."""
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    body_start: int
    """Where the text after the frontmatter begins."""
    warnings: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    days: tuple[DaySection, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a note that is searched and shown: ``note.text[start:end] == text``."""

    start: int
    end: int
    text: str
    heading: tuple[str, ...] = field(default=())
    """Titles of the headings above, outermost first."""
    kind: PassageKind = "text"


def heading_paths(headings: Sequence[Heading]) -> Iterator[tuple[str, ...]]:
    """Titles of the headings above the text before the first heading, then after each."""
    above: list[Heading] = []
    yield ()
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        yield tuple(each.title for each in above)
