"""What stands together in a note: its properties, then the pieces under each heading."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.cuts import BONDS
from index.linked import explanations, only_links
from index.note import Heading, Note
from index.pieces import Piece, bonded, trimmed
from index.structure import Block, blocks


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces in order that passages may join; no passage reaches out of its section."""

    heading: tuple[str, ...]
    pieces: tuple[Piece, ...]


def sections(note: Note) -> Iterator[Section]:
    """The sections of ``note`` that have something to say, in order.

    A section of nothing but links gives one section for each explanation of a typed link.
    """
    return (section for section in _all(note) if section.pieces)


def _all(note: Note) -> Iterator[Section]:
    yield Section((), tuple(_properties(note)))
    body = list(blocks(note.text, note.body_start, note.headings))
    starts = [note.body_start, *(heading.end for heading in note.headings)]
    ends = [*(heading.start for heading in note.headings), len(note.text)]
    for start, end, path in zip(starts, ends, _paths(note.headings), strict=True):
        if only_links(note, start, end):
            for first, last in explanations(note, start, end):
                yield Section(path, (Piece(*trimmed(note.text, first, last), "link"),))
        else:
            own = body[_first(body, start) : _first(body, end)]
            yield Section(path, tuple(bonded(note.text, own)))


def _first(body: Sequence[Block], position: int) -> int:
    return bisect_left(body, position, key=lambda block: block.start)


def _paths(headings: Sequence[Heading]) -> Iterator[tuple[str, ...]]:
    """The heading path of the text before the first heading, then of that after each."""
    above: list[Heading] = []
    yield ()
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        yield tuple(each.title for each in above)


def _properties(note: Note) -> Iterator[Piece]:
    """The frontmatter's entries, unless the title is all there is to read in it."""
    entries = sorted(note.properties, key=lambda entry: entry.start)
    if all(entry.key.casefold() == "title" or not any(entry.values) for entry in entries):
        return
    for entry in entries:
        start, end = trimmed(note.text, entry.start, entry.end)
        if start < end:
            yield Piece(start, end, "properties", BONDS["line"])
