"""Rows of the store as plain values."""

from dataclasses import dataclass

from index.markdown.note import Passage, PassageKind, Property


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
