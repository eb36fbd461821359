"""Gathers what stands together in a note: its properties, then the pieces under each heading.

Sections that hold nothing but links: they become links, not passages.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.markdown.blocks import Block, blocks
from index.markdown.lines import trimmed
from index.markdown.masks import COMMENTS, mask, without_comments
from index.markdown.note import Link, Note, heading_paths
from index.passages.packing import CUT_COSTS
from index.passages.units import Piece, with_cut_costs

MOST_LABEL_LETTERS = 8
"""Letters a link's line may hold besides link, relation and explanation: their labels."""

_LETTER = re.compile(r"[^\W_]")
_LINE = re.compile(r"[^\r\n]+")
_NUMBERING = re.compile(r"^[ \t>]*\d{1,9}[.)][ \t]")


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
    for start, end, path in zip(starts, ends, heading_paths(note.headings), strict=True):
        if is_link_list(note, start, end):
            for first, last in explanations(note, start, end):
                yield Section(path, (Piece(*trimmed(note.text, first, last), "link"),))
        else:
            own = body[_first(body, start) : _first(body, end)]
            yield Section(path, tuple(with_cut_costs(note.text, own)))


def _first(body: Sequence[Block], position: int) -> int:
    return bisect_left(body, position, key=lambda block: block.start)


def _properties(note: Note) -> Iterator[Piece]:
    """The frontmatter's entries, unless the title is all there is to read in it."""
    own = (entry for entry in note.properties if not entry.inline)
    entries = sorted(own, key=lambda entry: entry.start)
    if all(entry.key.casefold() == "title" or not any(entry.values) for entry in entries):
        return
    for entry in entries:
        start, end = trimmed(note.text, entry.start, entry.end)
        if start < end:
            yield Piece(start, end, "properties", CUT_COSTS["line"])


def links_between(note: Note, start: int, end: int) -> Sequence[Link]:
    """The note's links that begin in ``text[start:end]``, in order."""
    first = bisect_left(note.links, start, key=lambda link: link.start)
    return note.links[first : bisect_left(note.links, end, key=lambda link: link.start)]


def is_link_list(note: Note, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds links and typed links and says nothing else."""
    links = links_between(note, start, end)
    if all(link.embed for link in links):
        return False
    rest = _without_links(note, links, start, end)
    ends = [line.end() + start for line in _LINE.finditer(rest)]
    allowed = dict.fromkeys(ends, 0)
    for link in links:
        if link.relation:
            allowed[ends[bisect_left(ends, link.end)]] += MOST_LABEL_LETTERS
    return all(
        len(_LETTER.findall(_NUMBERING.sub("", line[0]))) <= allowed[line.end() + start]
        for line in _LINE.finditer(rest)
    )


def explanations(note: Note, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the explanations that the typed links of ``text[start:end]`` carry."""
    for link in links_between(note, start, end):
        if link.explanation and link.explanation_start is not None:
            yield link.explanation_start, link.explanation_start + len(link.explanation)


def _without_links(note: Note, links: Sequence[Link], start: int, end: int) -> str:
    """``text[start:end]`` with links, relations, explanations and comments made blank."""
    spans = [(link.start, link.end) for link in links]
    spans += _relations(links)
    spans += explanations(note, start, end)
    within = [(first - start, last - start) for first, last in spans if start <= first]
    return without_comments(mask(note.text[start:end], within), COMMENTS)


def _relations(links: Sequence[Link]) -> Iterator[tuple[int, int]]:
    for link in links:
        if link.relation and link.relation_start is not None:
            yield link.relation_start, link.relation_start + len(link.relation)
