"""Defines rows of the store as plain values."""

import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from index.markdown.note import DaySection, Note, Passage, PassageKind, Property, Task, TaskState


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the store knows of a file, enough to tell whether it must be read again."""

    note_id: int
    digest: str
    recipe: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage about to be written, with the hash of context and text as they are embedded."""

    passage: Passage
    context: str
    terms: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as the reader sees it, without its text."""

    id: int
    path: str
    title: str
    date: str | None
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    properties: tuple[Property, ...]
    tasks: tuple[Task, ...] = ()
    days: tuple[DaySection, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the reader sees it."""

    id: int
    note_id: int
    start: int
    end: int
    heading: tuple[str, ...]
    kind: PassageKind
    text: str


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link from one note to another; ``target_path`` is None where no note is meant."""

    source_id: int
    target: str
    target_path: str | None
    alias: str | None
    relation: str | None
    explanation: str | None
    section: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was passed over, or why the file was."""

    path: str
    message: str
    skipped: bool


Facts = tuple[list[Any], list[Any], list[Any]]
"""Properties, tasks and days of a note as plain lists, which JSON can hold."""


def facts(note: Note | StoredNote) -> Facts:
    """What a note says of itself, as it is written down."""
    return (_rows(note.properties), _rows(note.tasks), _rows(note.days))


def read_facts(
    properties: Iterable[Any], tasks: Iterable[Any], days: Iterable[Any]
) -> tuple[tuple[Property, ...], tuple[Task, ...], tuple[DaySection, ...]]:
    """The same as it was."""
    return (
        # Interned, since many notes have the same keys.
        tuple(Property(sys.intern(key), tuple(values), *rest) for key, values, *rest in properties),
        tuple(_task(*row) for row in tasks),
        tuple(DaySection(*row) for row in days),
    )


def _task(
    state: TaskState, text: str, start: int, end: int, heading: list[str], *dates: str | None
) -> Task:
    return Task(state, text, start, end, tuple(heading), *dates)


def _rows(values: Iterable[Property | Task | DaySection]) -> list[Any]:
    return [astuple(value) for value in values]
