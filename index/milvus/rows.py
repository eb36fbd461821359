"""Turns the store's notes into rows of Milvus.

A note is one *record*, everything about it that is small, as JSON; its text; and its
passages. What is longer than Milvus takes in one string is cut into parts.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

import numpy as np

from index.milvus.client import Row
from index.milvus.schema import LONGEST, LONGEST_ENTRY, MOST_ENTRIES, with_vector
from index.store.reader import Reader
from index.store.records import StoredLink, StoredNote, StoredPassage, facts
from index.text.terms import fold

_PART = 8_000
"""Characters of one part: no more bytes than Milvus takes, even where folding lengthens."""
_OVERLAP = 500
"""Letters of the next part that a part can be searched by too, for what lies across."""
_PARTS = 1 << 16
_RECORD, _TEXT = 0, 1 << 15
"""First part numbers of a record and of a text."""


@dataclass(frozen=True, slots=True)
class Record:
    """A note without its text."""

    note: StoredNote
    tags: tuple[str, ...]
    """Its own and those that its links give."""
    body: str
    """JSON of all that a reader needs."""

    @property
    def digest(self) -> str:
        """Tells whether what stands in Milvus is this."""
        return hashlib.blake2b(_clean(self.body).encode(), digest_size=12).hexdigest()


def records(store: Reader) -> Iterator[Record]:
    """Every note of the store, by id."""
    folder = store.meta("tag_folder")
    links = {source: list(found) for source, found in groupby(store.links(), _source)}
    glosses = {note: list(found) for note, found in groupby(store.note_glosses(), _first)}
    for note in store.notes():
        own = links.get(note.id, ())
        tags = (*note.tags, *_tags_by_links(own, folder, note.path))
        body = {
            "path": note.path,
            "title": note.title,
            "date": note.date,
            "aliases": note.aliases,
            "tags": note.tags,
            "facts": facts(note),
            "links": [_link(link) for link in own],
            "glosses": [[g.english, g.chinese, g.bracketed] for _, g in glosses.get(note.id, ())],
        }
        yield Record(note, tags, json.dumps(body, ensure_ascii=False))


def document_rows(
    record: Record, text: str, passages: int, words: int, revision: int
) -> Iterator[Row]:
    """The parts of a note's record and of its text; the one with the digest last."""
    common: Row = {"note": record.note.id, "written": revision, "digest": ""}
    common |= {"passages": 0, "words": 0, "letters": ""}
    for number, start in enumerate(range(0, len(text), _PART)):
        letters = _letters(text[start : start + _PART + _OVERLAP])
        body = _clean(text[start : start + _PART])
        yield _part(common, "text", _TEXT + number, body) | {"letters": letters}
    body = _clean(record.body)
    for start in range((len(body) - 1) // _PART * _PART, -1, -_PART):
        row = _part(common, "record", _RECORD + start // _PART, body[start : start + _PART])
        first = {"digest": record.digest, "passages": passages, "words": words}
        yield row if start else row | first


def passage_row(
    passage: StoredPassage, record: Record, terms: str, vector: bytes | None, dimensions: int
) -> Row:
    """A passage with what it can be found and filtered by; zeros where it has no vector."""
    note = record.note
    zeros = np.zeros(dimensions, dtype=np.float16)
    floats = zeros if vector is None else np.frombuffer(vector, dtype=np.float16)
    return {
        "id": passage.id,
        "note": passage.note_id,
        "start": passage.start,
        "end": passage.end,
        "heading": _short(json.dumps([h[:_PART] for h in passage.heading], ensure_ascii=False)),
        "kind": passage.kind,
        "text": _short(passage.text),
        "terms": _short(terms),
        "vector": floats.astype(np.float32),
        "path": _short(note.path),
        "title": _short(fold(note.title)),
        "date": _short(note.date or ""),
        "tags": _entries(tag_prefixes(record.tags)),
        "folders": _entries(folders(note.path)),
        "properties": _properties(note),
    }


def term_row(term: str, frequency: int) -> Row:
    """In how many passages a term stands."""
    return with_vector({"term": _clean(term)[:120], "frequency": frequency})


def tag_prefixes(tags: Iterable[str]) -> Iterator[str]:
    """Each tag folded, and the tags above it: a/b is found as a, too."""
    for tag in tags:
        steps = fold(tag).split("/")
        yield from ("/".join(steps[:count]) for count in range(1, len(steps) + 1))


def folders(path: str) -> Iterator[str]:
    """Folded folders as they may be named: any run of steps of the way to the note."""
    steps = fold(path).split("/")
    yield "/".join(steps)  # what begins at the top may end in the note's own name
    for start in range(len(steps) - 1):
        yield from ("/".join(steps[start:end]) for end in range(start + 1, len(steps)))


def _tags_by_links(links: Sequence[StoredLink], folder: str, path: str) -> Iterator[str]:
    targets = (link.target_path or "" for link in links if folder)
    return (
        PurePosixPath(target).stem
        for target in targets
        if target.startswith(f"{folder}/") and target != path
    )


def _link(link: StoredLink) -> list[str | int | None]:
    return [
        link.target, link.target_path, link.alias, link.relation, link.explanation,
        link.section, link.start, link.end,
    ]  # fmt: skip


def _properties(note: StoredNote) -> Mapping[str, str]:
    """Folded values by folded key, as one string that a value is looked for in."""
    found: dict[str, str] = {}
    for entry in note.properties:
        values = "\n".join(fold(value) for value in entry.values)
        key = fold(entry.key)
        found[key] = _clean(f"{found[key]}\n{values}" if key in found else values)[:_PART]
    return found


def _part(common: Row, kind: str, number: int, body: str) -> Row:
    place = common["note"] * _PARTS + number
    return with_vector({**common, "id": place, "part": number, "kind": kind, "body": body})


def _letters(text: str) -> str:
    return _short("".join(filter(str.isalnum, fold(text))))


def _entries(values: Iterable[str]) -> list[str]:
    cut = (_short(value, LONGEST_ENTRY) for value in values)
    return list(dict.fromkeys(cut))[:MOST_ENTRIES]


def _short(text: str, most: int = LONGEST) -> str:
    clean = _clean(text)
    if len(clean) * 4 <= most:
        return clean
    return clean.encode()[:most].decode("utf-8", "ignore")


def _clean(text: str) -> str:
    """As it can be sent: halves of characters, which no program shows, become question marks."""
    return text.encode("utf-8", "replace").decode()


def _source(link: StoredLink) -> int:
    return link.source_id


def _first(row: tuple[int, object]) -> int:
    return row[0]
