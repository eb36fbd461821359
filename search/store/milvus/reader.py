"""Reads notes and passages as Milvus holds them.

Records of all notes are kept in memory and read again where they have changed; texts and
passages are asked for when they are needed.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from index.markdown.note import PassageKind
from index.milvus import schema
from index.milvus.client import Milvus, Row
from index.milvus.schema import Tables
from index.store.records import Problem, StoredLink, StoredNote, StoredPassage, read_facts
from index.text.bilingual import TermPair
from search.store.milvus.filter_expressions import of_notes

_SHOWN = ("id", "note", "start", "end", "heading", "kind", "text")
_AT_ONCE = 1000
"""Ids named in one condition."""
_REMEMBERED = 500_000
"""Passages whose notes are kept in mind."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A record as it was read."""

    note: StoredNote
    links: tuple[StoredLink, ...]
    glosses: tuple[TermPair, ...]
    passages: int


class MilvusRecords:
    """One vault in Milvus; safe to share between threads."""

    def __init__(self, db: Milvus) -> None:
        self._db = db
        self._newest: dict[str, str] = {}
        self._threads = threading.local()
        self._known: dict[int, _Known] = {}
        self._read: tuple[str, int] = ("", 0)
        self._owners: dict[int, int] = {}
        self._lock = threading.Lock()

    @property
    def generation(self) -> int:
        """Asks Milvus; what ``meta`` and ``tables`` tell is of this moment."""
        if getattr(self._threads, "read", None) is None:
            self._newest = schema.state(self._db)
        return self.notes_generation

    @property
    def notes_generation(self) -> int:
        """Any change may have been one of notes."""
        return int(self._state.get("generation", "0"))

    def meta(self, key: str, default: str = "") -> str:
        """A value that the store's writer keeps by name."""
        return self._state.get(key) or default

    @property
    def tables(self) -> Tables:
        """The collections that are searched."""
        return Tables.of(self._db.place.vault, self._state.get("kind", ""))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Takes in the records that have changed, and stays at the state that they are of."""
        with self._lock:
            self._threads.read = self._newest = schema.state(self._db, newest=True)
            try:
                self._catch_up()
                yield
            finally:
                self._threads.read = None

    @property
    def _state(self) -> dict[str, str]:
        read: dict[str, str] | None = getattr(self._threads, "read", None)
        return self._newest if read is None else read

    def note_ids(self) -> set[int]:
        """Ids of all notes as of the last ``reading``."""
        return set(self._known)

    def notes(self, since: int = 0) -> Iterator[StoredNote]:
        """All notes as of the last ``reading``: they are in memory already."""
        return (known.note for _, known in sorted(self._known.items()))

    def links(self, since: int = 0) -> list[StoredLink]:
        """All links as of the last ``reading``."""
        return [link for _, known in sorted(self._known.items()) for link in known.links]

    def glosses(self) -> list[tuple[TermPair, int]]:
        """Every term given in two languages and in how many notes it is given so."""
        counts = Counter(gloss for known in self._known.values() for gloss in known.glosses)
        return sorted(counts.items(), key=lambda each: (-each[1], each[0].english, each[0].chinese))

    def size(self, notes: Iterable[int]) -> int:
        """How many passages these notes have."""
        return sum(self._known[note].passages for note in notes if note in self._known)

    def text(self, note_id: int) -> str:
        """The whole text of a note; empty when unknown."""
        one = f'note == {note_id} and kind == "text"'
        rows = self._db.query(self.tables.documents, one, ["part", "body"])
        return _joined(rows)

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by id; unknown ids are left out."""
        rows = self._rows(ids, lambda some: f"id in {some}", _SHOWN)
        return {row["id"]: _passage(row) for row in rows}

    def passages_of(self, note_ids: Sequence[int]) -> list[StoredPassage]:
        """All passages of these notes in reading order."""
        found = map(_passage, self._rows(note_ids, of_notes, _SHOWN))
        return sorted(found, key=lambda passage: (passage.note_id, passage.start))

    def passage_ids(self, note_ids: Sequence[int]) -> list[int]:
        """Ids of all passages of these notes."""
        return [row["id"] for row in self._rows(note_ids, of_notes, ("id",))]

    def notes_of(self, passage_ids: Sequence[int]) -> dict[int, int]:
        """The note id of each passage; unknown passages are left out."""
        unknown = [passage for passage in passage_ids if passage not in self._owners]
        self.remember(self._rows(unknown, lambda some: f"id in {some}", ("id", "note")))
        owners = self._owners
        return {passage: owners[passage] for passage in passage_ids if passage in owners}

    def remember(self, rows: Iterable[Row]) -> None:
        """Keep in mind which notes these passages are of."""
        new = {row["id"]: row["note"] for row in rows}
        kept = self._owners if len(self._owners) < _REMEMBERED else {}
        self._owners = {**kept, **new} if new else kept

    def problems(self) -> list[Problem]:
        """Files that were passed over or complained of, of very many the first."""
        return schema.problems(self._db)

    def counts(self, model: str) -> dict[str, int]:
        """How many notes, passages and passages with a vector."""
        names = ("notes", "passages", "embedded")
        return {name: int(self._state.get(name, "0")) for name in names}

    def _rows(
        self, ids: Sequence[int], among: Callable[[list[int]], str], fields: Sequence[str]
    ) -> Iterator[Row]:
        for start in range(0, len(ids), _AT_ONCE):
            some = [int(each) for each in ids[start : start + _AT_ONCE]]
            yield from self._db.query(self.tables.passages, among(some), fields)

    def _catch_up(self) -> None:
        kind, since = self._read
        if not self._state:
            return
        if kind != self._state.get("kind"):
            self._known, self._owners, since = {}, {}, 0
        table = self.tables.documents
        parts: dict[int, list[Row]] = {}
        new = f'kind == "record" and written > {since}'
        for page in self._db.pages(table, new, ("note", "part", "body", "passages")):
            for row in page:
                parts.setdefault(row["note"], []).append(row)
        known = self._known | {note: _read(note, rows) for note, rows in parts.items()}
        if len(known) != int(self._state.get("notes", "0")):
            pages = self._db.pages(table, 'digest != ""', ("note",))
            there = {row["note"] for page in pages for row in page}
            known = {note: each for note, each in known.items() if note in there}
        self._known = known
        self._read = self._state.get("kind", ""), int(self._state.get("generation", "0"))


def _read(note: int, rows: Collection[Row]) -> _Known:
    body = json.loads(_joined(rows))
    links = (StoredLink(note, *link) for link in body["links"])
    stored = StoredNote(
        note,
        body["path"],
        body["title"],
        body["date"],
        tuple(body["aliases"]),
        tuple(body["tags"]),
        *read_facts(*body["facts"]),
    )
    glosses = tuple(TermPair(*gloss) for gloss in body["glosses"])
    return _Known(stored, tuple(links), glosses, sum(row["passages"] for row in rows))


def _joined(rows: Iterable[Row]) -> str:
    return "".join(row["body"] for row in sorted(rows, key=lambda row: int(row["part"])))


def _passage(row: dict[str, Any]) -> StoredPassage:
    return StoredPassage(
        row["id"],
        row["note"],
        row["start"],
        row["end"],
        tuple(json.loads(row["heading"])),
        cast(PassageKind, row["kind"]),
        row["text"],
    )
