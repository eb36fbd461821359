"""Holds the vault at a glance: notes, tags and links in memory, as of one generation."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain, groupby

from index.store.records import StoredLink, StoredNote
from index.text.terms import fold
from search.catalogue.fields import MetadataField, metadata_fields
from search.catalogue.stated_values import StatedValues, stated_values
from search.result import Filters
from search.store.interface import StoredRecords


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything small that a question needs; replaced as a whole when the index changes."""

    generation: int
    notes: Mapping[int, StoredNote]
    by_path: Mapping[str, int]
    tags: Mapping[int, tuple[str, ...]]
    """Tags of each note: its own and those that its links into the tag folder give."""
    tagged: Mapping[str, frozenset[int]]
    """Notes of each tag, by folded name."""
    tag_notes: Mapping[str, int]
    """The note that explains a tag, by folded name, where there is one."""
    links: Mapping[int, tuple[StoredLink, ...]]
    """Every link, by the note it stands in."""
    links_out: Mapping[int, tuple[tuple[int, StoredLink], ...]]
    """Links to other notes, those into the tag folder left out."""
    links_in: Mapping[int, tuple[tuple[int, StoredLink], ...]]
    tag_folder: str
    folders: Mapping[int, str]
    """The folder of each note, empty at the top."""
    fields: tuple[MetadataField, ...]
    """What notes are filed under, by the ways it is written."""
    tagged_below: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Notes of each tag and of the tags below it, by folded name."""
    tag_keys: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Folded names of each note's tags and of those that these lie below, each once."""
    tag_names: Mapping[str, str] = field(default_factory=dict)
    """Each tag as it is written, by folded name."""
    stated: StatedValues = field(default_factory=dict)
    """What notes state under each key."""

    def within(self, filters: Filters) -> frozenset[int] | None:
        """Ids of the notes that pass; None when nothing is filtered."""
        if filters == Filters():
            return None
        found = set(self.notes)
        for tag in filters.tags:
            found &= self.tagged_below.get(fold(tag), frozenset())
        return frozenset(note for note in found if _passes(self.notes[note], filters))


def load(store: StoredRecords, before: Catalogue | None = None) -> Catalogue:
    """The catalogue of now; the caller holds one reading transaction.

    Of the notes and links that were there ``before`` only those that have changed are read.
    """
    notes, links = _read(store, before)
    by_path = {note.path: note.id for note in notes.values()}
    folder = store.meta("tag_folder")
    out: dict[int, list[tuple[int, StoredLink]]] = defaultdict(list)
    into: dict[int, list[tuple[int, StoredLink]]] = defaultdict(list)
    tags = {note.id: list(note.tags) for note in notes.values()}
    for link in chain.from_iterable(links.values()):
        target = by_path.get(link.target_path or "")
        if target is None or target == link.source_id:
            continue
        if folder and notes[target].path.startswith(folder + "/"):
            tags[link.source_id].append(_tag_name(notes[target]))
            if link.relation is None:
                continue
        out[link.source_id].append((target, link))
        into[target].append((link.source_id, link))
    tagged: dict[str, set[int]] = defaultdict(set)
    below: dict[str, set[int]] = defaultdict(set)
    written: dict[str, str] = {}
    keys: dict[int, tuple[str, ...]] = {}
    same: dict[str, str] = {}  # one string for what many notes have
    for note_id, names in tags.items():
        own: dict[str, None] = {}
        for name in names:
            tagged[fold(name)].add(note_id)
            for part in with_above(name):
                folded = fold(part)
                key = same.setdefault(folded, folded)
                below[key].add(note_id)
                written.setdefault(key, part)
                own[key] = None
        keys[note_id] = tuple(own)
    return Catalogue(
        generation=store.generation,
        notes=notes,
        by_path=by_path,
        tags={note_id: tuple(dict.fromkeys(names)) for note_id, names in tags.items()},
        tagged={name: frozenset(ids) for name, ids in tagged.items()},
        tag_notes={
            fold(_tag_name(note)): note.id
            for note in notes.values()
            if folder and note.path.startswith(folder + "/")
        },
        links=links,
        links_out={note: tuple(links) for note, links in out.items()},
        links_in={note: tuple(links) for note, links in into.items()},
        tag_folder=folder,
        folders={note.id: note.path.rpartition("/")[0] for note in notes.values()},
        fields=metadata_fields(notes.values(), tagged),
        tagged_below={name: frozenset(ids) for name, ids in below.items()},
        tag_keys=keys,
        tag_names=written,
        stated=stated_values(notes.values()),
    )


def _read(
    store: StoredRecords, before: Catalogue | None
) -> tuple[dict[int, StoredNote], dict[int, tuple[StoredLink, ...]]]:
    """Notes and their links, by the notes' ids in order."""
    since = before.generation if before else 0
    new = {note.id: note for note in store.notes(since)}
    kept = store.note_ids() - new.keys()
    notes = {i: note for i, note in before.notes.items() if i in kept} if before else {}
    links = {i: some for i, some in before.links.items() if i in kept} if before else {}
    written = groupby(store.links(since), lambda link: link.source_id)
    links |= {note: tuple(some) for note, some in written}
    return dict(sorted((notes | new).items())), dict(sorted(links.items()))


def with_above(tag: str) -> Iterator[str]:
    """A tag and those it lies below: ``a``, ``a/b``, ``a/b/c``."""
    return accumulate(tag.split("/"), "{}/{}".format)


def _tag_name(note: StoredNote) -> str:
    name = note.path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _passes(note: StoredNote, filters: Filters) -> bool:
    date = note.date or ""
    return (
        (filters.paths is None or note.path in filters.paths)
        and all(_under(note.path, folder) for folder in filters.folders)
        and (filters.after is None or date >= filters.after)
        and (filters.before is None or "" < date[: len(filters.before)] <= filters.before)
        and (filters.title is None or fold(filters.title) in fold(note.title))
        and all(_has(note, key, value) for key, value in filters.properties)
    )


def _under(path: str, folder: str) -> bool:
    wanted = fold(folder).strip("/")
    return (fold(path) + "/").startswith(wanted + "/") or f"/{wanted}/" in fold(path)


def _has(note: StoredNote, key: str, value: str) -> bool:
    wanted = fold(value)
    return any(
        fold(entry.key) == fold(key) and any(wanted in fold(text) for text in entry.values)
        for entry in note.properties
    )
