"""Collects the links around one note, and the tags of the vault, as the page draws them."""

from dataclasses import dataclass

from index.errors import NotFound
from index.text.terms import fold
from search.catalogue.catalogue import Catalogue

MOST_NODES = 120
"""More cannot be told apart on a screen; the nearest come first."""
MOST_CARRYING = 24
"""Of the notes with a tag; a tag may have thousands, and the newest say what it is about now."""


@dataclass(frozen=True, slots=True)
class Node:
    """A note and how many links away it is."""

    path: str
    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes, by path."""

    source: str
    target: str
    relation: str | None


@dataclass(frozen=True, slots=True)
class Graph:
    """The answer of ``/api/graph``."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, the note that explains it where there is one, and how many notes carry it."""

    name: str
    path: str | None
    count: int


def around(path: str, depth: int, catalogue: Catalogue) -> Graph:
    """Notes up to ``depth`` links from a note, either way, and every link among them.

    Raises:
        NotFound: no such note is indexed.
    """
    start = catalogue.by_path.get(path)
    if start is None:
        raise NotFound(f"there is no note at {path}; search for it, or update the index")
    depths, ring = {start: 0}, [start]
    for distance in range(1, depth + 1):
        ring = [near for note in ring for near in _neighbours(note, catalogue)]
        ring = [note for note in dict.fromkeys(ring) if note not in depths]
        depths |= dict.fromkeys(ring[: MOST_NODES - len(depths)], distance)
    notes = catalogue.notes
    nodes = tuple(Node(notes[n].path, notes[n].title, far) for n, far in depths.items())
    return Graph(nodes, _edges(depths, catalogue))


def tags(catalogue: Catalogue) -> tuple[Tag, ...]:
    """Every tag with how many notes carry it or one below it, most used first."""
    counts = {key: len(notes) for key, notes in catalogue.tagged_below.items()}
    return tuple(
        Tag(catalogue.tag_names[key], _explained_by(key, catalogue), count)
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def carrying(note: int, catalogue: Catalogue) -> list[int]:
    """Notes that carry the tag that this note explains, if it explains one; newest first."""
    names = [name for name, explained_by in catalogue.tag_notes.items() if explained_by == note]
    found = {other for name in names for other in catalogue.tagged_below.get(fold(name), ())} - {
        note
    }
    return sorted(found, key=lambda n: (catalogue.notes[n].date or "", -n), reverse=True)


def _neighbours(note: int, catalogue: Catalogue) -> list[int]:
    ways = (catalogue.links_out.get(note, ()), catalogue.links_in.get(note, ()))
    found = [other for way in ways for other, _ in way]
    found += carrying(note, catalogue)[:MOST_CARRYING]
    return [other for other in found if not _is_tag(other, catalogue)]


def _is_tag(note: int, catalogue: Catalogue) -> bool:
    folder = catalogue.tag_folder
    return bool(folder) and catalogue.notes[note].path.startswith(folder + "/")


def _edges(among: dict[int, int], catalogue: Catalogue) -> tuple[Edge, ...]:
    """A link that says its relation stands for those that do not."""
    found: dict[tuple[str, str], set[str]] = {}
    for note in among:
        for other, link in catalogue.links_out.get(note, ()):
            if other in among:
                pair = catalogue.notes[note].path, catalogue.notes[other].path
                found.setdefault(pair, set()).update([link.relation] if link.relation else [])
        for other in carrying(note, catalogue):
            if other in among:
                found.setdefault((catalogue.notes[other].path, catalogue.notes[note].path), set())
    return tuple(
        Edge(*pair, relation)
        for pair, relations in found.items()
        for relation in (sorted(relations) or (None,))
    )


def _explained_by(key: str, catalogue: Catalogue) -> str | None:
    note = catalogue.tag_notes.get(key)
    return None if note is None else catalogue.notes[note].path
