"""A note into passages: exact slices along its structure, sized in the model's tokens."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.context import CountTokens, context, context_room, embedded, fitted
from index.cuts import BONDS, Unit, pack
from index.linked import explanations, only_links
from index.note import Heading, Note, Passage, PassageKind
from index.pieces import Piece, bonded, counted, trimmed
from index.structure import Block, blocks

__all__ = ["TARGET", "context", "embedded", "split"]

TARGET = 256
"""Tokens of a passage with its context that a cut aims at: two or three paragraphs, small
enough to be about one thing and to be quoted, large enough to make sense alone."""

STRETCH = 1.25
"""A passage may be this much longer than the target when that saves a cut."""


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under one heading, or what is kept apart like one: pieces in order."""

    heading: tuple[str, ...]
    pieces: tuple[Piece, ...]


def split(note: Note, count_tokens: CountTokens, limit: int) -> tuple[Passage, ...]:
    """The passages of ``note``, in order, without overlap; none for a note that says nothing.

    Every passage is an exact slice, and no passage with its context (``embedded``) is longer
    than ``limit`` tokens. Headings, comments, images, embeds and sections of nothing but
    links are in no passage; the explanation of a typed link in such a section is one.
    """
    sections = [section for section in _sections(note) if section.pieces]
    if not sections:
        return ()
    paths = [section.heading for section in sections]
    words = fitted(note.title, paths, count_tokens, context_room(limit))
    sizes = [_sizes(limit, tokens) for _, tokens in words]
    pieces = [section.pieces for section in sections]
    units = counted(note.text, pieces, [size[1:] for size in sizes], count_tokens)
    return tuple(
        _passage(note, section, run)
        for section, own, (target, most, _) in zip(sections, units, sizes, strict=True)
        for run in pack(own, target, most)
    )


def _sizes(limit: int, context_tokens: int) -> tuple[int, int, int]:
    """Tokens of text that a passage should have, may have, and can have at all."""
    room = max(limit - context_tokens, 1)
    target = max(min(TARGET - context_tokens, room), 1)
    return target, min(int(target * STRETCH), room), room


def _passage(note: Note, section: _Section, run: Sequence[Unit]) -> Passage:
    start, end = run[0].start, run[-1].end
    sizes: dict[PassageKind, int] = {}
    for unit in run:
        sizes[unit.kind] = sizes.get(unit.kind, 0) + unit.tokens
    kind = max(sizes, key=sizes.__getitem__)
    return Passage(start, end, note.text[start:end], section.heading, kind)


def _sections(note: Note) -> Iterator[_Section]:
    yield _Section((), tuple(_properties(note)))
    body = list(blocks(note.text, note.body_start, note.headings))
    starts = [note.body_start, *(heading.end for heading in note.headings)]
    ends = [*(heading.start for heading in note.headings), len(note.text)]
    for start, end, path in zip(starts, ends, _paths(note.headings), strict=True):
        if only_links(note, start, end):
            for first, last in explanations(note, start, end):
                yield _Section(path, (Piece(*trimmed(note.text, first, last), "link"),))
        else:
            own = body[_first(body, start) : _first(body, end)]
            yield _Section(path, tuple(bonded(note.text, own)))


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
