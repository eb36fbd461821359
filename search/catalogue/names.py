"""Collects the names that one can type: of notes, headings, folders, tags and properties."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.store.records import StoredNote
from index.text.terms import letters
from search.catalogue.catalogue import Catalogue
from search.catalogue.fields import NAMING
from search.store.interface import StoredRecords

NameKind = Literal["note", "alias", "heading", "folder", "tag"]
Headings = Mapping[int, tuple[StoredNote, tuple[str, ...]]]
"""By note id the record that they were read for, and the headings in reading order."""

MOST_PASSAGES = 200_000
"""Above this many passages headings are left out: reading them all would take too long."""
_AT_ONCE = 500
_MOST_KEYS, _MOST_VALUES = 100, 50
_LONGEST = 60
"""Characters of a value that somebody would type; longer ones are text."""
_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Name:
    """Something that can be typed for."""

    kind: NameKind
    path: str
    """Of the note or the folder; empty for a tag."""
    title: str
    """Of the note; empty for folders and tags."""
    name: str
    letters: str
    """The name's letters and digits, folded."""
    count: int = 1
    """How many notes it leads to."""


@dataclass(frozen=True, slots=True)
class PropertyUse:
    """A key, in how many notes it stands, and its most frequent values with theirs."""

    key: str
    count: int
    values: tuple[tuple[str, int], ...]


def names(catalogue: Catalogue, headings: Headings) -> Iterator[Name]:
    """All names of a vault."""
    for note in catalogue.notes.values():
        yield _of_note("note", note, note.title)
        stem = note.path.rpartition("/")[2].rpartition(".")[0]
        for alias in dict.fromkeys((*note.aliases, stem)):
            if folded(alias) != folded(note.title):
                yield _of_note("alias", note, alias)
    for path, count in _folders(catalogue).items():
        yield Name("folder", path, "", path, folded(path.rpartition("/")[2]), count)
    for key, notes in catalogue.tagged_below.items():
        tag = catalogue.tag_names[key]
        yield Name("tag", "", "", tag, folded(tag), len(notes))
    for note, own in headings.values():
        for heading in own:
            yield _of_note("heading", note, heading)


def headings(catalogue: Catalogue, store: StoredRecords, before: Headings) -> Headings:
    """The headings of all notes; those of notes that are as they were ``before`` are kept."""
    kept = {
        note.id: before[note.id]
        for note in catalogue.notes.values()
        if note.id in before and before[note.id][0] is note
    }
    if store.counts("")["passages"] > MOST_PASSAGES:
        return {}
    new = [note for note in catalogue.notes if note not in kept]
    for start in range(0, len(new), _AT_ONCE):
        own: dict[int, dict[str, None]] = {note: {} for note in new[start : start + _AT_ONCE]}
        for passage in store.passages_of(list(own)):
            own[passage.note_id] |= dict.fromkeys(passage.heading)
        for note, found in own.items():
            record = catalogue.notes[note]
            kept[note] = record, tuple(name for name in found if name != record.title)
    return kept


@lru_cache(_KEPT)
def folded(name: str) -> str:
    """The letters and digits of a name, folded; remembered, for an edit changes few names."""
    return letters(name)


def _of_note(kind: NameKind, note: StoredNote, name: str) -> Name:
    return Name(kind, note.path, note.title, name, folded(name))


def _folders(catalogue: Catalogue) -> Counter[str]:
    """Every folder with how many notes lie in it or below."""
    counts: Counter[str] = Counter()
    for folder, notes in Counter(catalogue.folders.values()).items():
        parts = folder.split("/") if folder else []
        for i in range(len(parts)):
            counts["/".join(parts[: i + 1])] += notes
    return counts


def property_uses(catalogue: Catalogue) -> tuple[PropertyUse, ...]:
    """The most frequent properties, most frequent first."""
    keys: Counter[str] = Counter()
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for note in catalogue.notes.values():
        for entry in note.properties:
            if entry.key.casefold() in NAMING:
                continue
            keys[entry.key] += 1
            values[entry.key].update(v for v in set(entry.values) if 0 < len(v) <= _LONGEST)
    return tuple(
        PropertyUse(key, count, tuple(values[key].most_common(_MOST_VALUES)))
        for key, count in keys.most_common(_MOST_KEYS)
    )
