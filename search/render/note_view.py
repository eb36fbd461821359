"""Builds one note as the page shows it: the file as it is now, and its place among the others.

Notes that speak of the same thing as a note, whether or not they are linked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.errors import NotFound, WenguError
from index.links.resolver import Resolver
from index.markdown.note import Link, Note
from index.markdown.parse import parse
from index.vault.read_note import Unreadable
from search.catalogue.catalogue import Catalogue
from search.catalogue.graph import carrying
from search.render.attachments import Attachments
from search.render.embeds import excerpt, without_places
from search.render.html import MOST_CHARACTERS, Section, render
from search.render.stored_note import as_stored
from search.result import PropertyView
from search.snapshot import OpenIndex, Snapshot

_LISTED = 8
_OPENING = 400
"""Characters of a note that say what it is about."""


@dataclass(frozen=True, slots=True)
class Related:
    """A note near another by meaning; ``score`` is a cosine."""

    path: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class LinkOut:
    """A link to another note; ``path`` is None where it means none."""

    path: str | None
    title: str
    relation: str | None
    explanation: str | None
    resolved: bool
    tag: bool


@dataclass(frozen=True, slots=True)
class LinkIn:
    """A link from another note."""

    path: str
    title: str
    relation: str | None
    explanation: str | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """The answer of ``/api/notes/{path}``."""

    path: str
    vault: str
    """The name of the folder of notes, which Obsidian knows it by."""
    title: str
    date: str | None
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    properties: tuple[PropertyView, ...]
    html: str
    outline: tuple[Section, ...]
    links_out: tuple[LinkOut, ...]
    links_in: tuple[LinkIn, ...]
    related: tuple[Related, ...]


class NoteViewer:
    """Shows notes; keeps what resolves their links for as long as the index is the same."""

    def __init__(self, index: OpenIndex) -> None:
        self._index = index
        self._resolver: tuple[int, Resolver] | None = None

    def view(self, path: str) -> NoteView:
        """The note at ``path``.

        Raises:
            NotFound: no such note is indexed, or its file is gone or cannot be read.
            NotReady: nothing is indexed yet.
        """
        state = self._index.snapshot()
        note_id = _known(path, state)
        note, resolver = self._read(path), self._resolve_with(state)
        rendered = render(note, _Places(resolver, self._index.settings.notes, path, self._read))
        return NoteView(
            path=path,
            vault=self._index.settings.notes.name,
            title=note.title,
            date=note.date,
            tags=state.catalogue.tags[note_id],
            aliases=note.aliases,
            properties=tuple(
                PropertyView(p.key, p.values) for p in note.properties if not p.inline
            ),
            html=rendered.html,
            outline=rendered.outline,
            links_out=_links_out(note, resolver, state.catalogue),
            links_in=_links_in(note_id, state.catalogue),
            related=related(note_id, state, self._index),
        )

    def source(self, path: str) -> str:
        """The text of the note's file.

        Raises:
            NotFound: no such note is indexed, or its file is gone or cannot be read.
            NotReady: nothing is indexed yet.
        """
        _known(path, self._index.snapshot())
        try:
            return self._index.text_now(path)
        except Unreadable as error:
            raise NotFound(f"{path} {error.reason}; update the index") from error

    def _read(self, path: str) -> Note:
        text = self.source(path)
        if len(text) <= MOST_CHARACTERS:
            return parse(path, text, self._index.settings.date_keys)
        state = self._index.snapshot()
        note_id = _known(path, state)
        catalogue = state.catalogue
        return as_stored(catalogue.notes[note_id], catalogue.links.get(note_id, ()), text)

    def _resolve_with(self, state: Snapshot) -> Resolver:
        kept = self._resolver
        if kept is None or kept[0] != state.catalogue.generation:
            kept = self._resolver = (
                state.catalogue.generation,
                Resolver(state.catalogue.by_path),
            )
        return kept[1]


def _known(path: str, state: Snapshot) -> int:
    note_id = state.catalogue.by_path.get(path)
    if note_id is None:
        raise NotFound(f"there is no note at {path}; search for it, or update the index")
    return note_id


_DEPTH = 2
"""How deep embeds are shown in each other."""
_EMBEDS = 30
"""How many are shown in one note, those in others together."""


class _Places:
    """Where links of one note lead, and what it embeds."""

    def __init__(
        self,
        resolver: Resolver,
        notes: Path,
        source: str,
        read: Callable[[str], Note],
        around: "_Places | None" = None,
    ) -> None:
        self._resolver, self._notes, self._source, self._read = resolver, notes, source, read
        self._attachments = Attachments(notes, source)
        self._depth: int = around._depth + 1 if around else 0
        self._left: list[int] = around._left if around else [_EMBEDS]

    def note(self, target: str) -> str | None:
        return self._resolver.resolve(target, self._source)

    def file(self, target: str) -> str | None:
        return self._attachments.find(target)

    def embed(self, target: str, fragment: str) -> str | None:
        path = self.note(target) if target else self._source
        if path is None or self._depth == _DEPTH or self._left[0] == 0:
            return None
        self._left[0] -= 1
        try:
            part = excerpt(self._read(path), fragment)
        except WenguError:
            return None
        if part is None:
            return None
        inside = _Places(self._resolver, self._notes, path, self._read, self)
        return without_places(render(part, inside, seconds=1.0).html)


def _links_out(note: Note, resolver: Resolver, catalogue: Catalogue) -> tuple[LinkOut, ...]:
    """Each note linked to once for each relation, in reading order."""
    found: dict[tuple[str, str | None], LinkOut] = {}
    for link in note.links:
        path = resolver.resolve(link.target, note.path)
        if path != note.path:
            found.setdefault((path or link.target, link.relation), _link_out(link, path, catalogue))
    typed = {key for key, relation in found if relation}
    return tuple(out for (key, relation), out in found.items() if relation or key not in typed)


def _link_out(link: Link, path: str | None, catalogue: Catalogue) -> LinkOut:
    note_id = catalogue.by_path.get(path or "")
    title = catalogue.notes[note_id].title if note_id is not None else link.alias or link.target
    folder = catalogue.tag_folder
    is_tag = bool(folder and path and path.startswith(folder + "/"))
    return LinkOut(path, title, link.relation, link.explanation, path is not None, is_tag)


def _links_in(note_id: int, catalogue: Catalogue) -> tuple[LinkIn, ...]:
    found: dict[tuple[int, str | None], LinkIn] = {}
    for source, link in catalogue.links_in.get(note_id, ()):
        note = catalogue.notes[source]
        found.setdefault(
            (source, link.relation), LinkIn(note.path, note.title, link.relation, link.explanation)
        )
    for source in carrying(note_id, catalogue):
        note = catalogue.notes[source]
        found.setdefault((source, None), LinkIn(note.path, note.title, None, None))
    return tuple(found.values())


def related(note_id: int, state: Snapshot, index: OpenIndex) -> tuple[Related, ...]:
    """The nearest notes that the note neither links to nor is linked from, tags left out."""
    catalogue = state.catalogue
    passages = index.store.passages_of([note_id])
    if not state.engine.model or not passages:
        return ()
    opening = " ".join(passage.text for passage in passages[:3])[:_OPENING]
    vector = index.passage_vectors([f"{catalogue.notes[note_id].title}\n{opening}"])[0]
    near = state.engine.nearest(vector, 20 * _LISTED)
    stored = index.store.passages([passage for passage, _ in near])
    known = {note_id} | {other for other, _ in catalogue.links_out.get(note_id, ())}
    known |= {other for other, _ in catalogue.links_in.get(note_id, ())}
    known |= set(catalogue.tag_notes.values())
    best: dict[int, float] = {}
    for passage, score in near:
        if passage in stored and stored[passage].note_id not in known:
            best.setdefault(stored[passage].note_id, score)
    # What has been written since this snapshot waits for the next one.
    notes = ((catalogue.notes.get(other), score) for other, score in best.items())
    listed = [Related(note.path, note.title, round(score, 4)) for note, score in notes if note]
    return tuple(listed[:_LISTED])
