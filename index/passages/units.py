"""Cuts blocks into units that fit: finer and finer, only where something is too long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.markdown.blocks import Block
from index.markdown.lines import trimmed
from index.markdown.masks import atomic_spans, masked
from index.markdown.note import PassageKind
from index.markdown.sentences import sentences
from index.passages.embedding_text import CountTokens
from index.passages.packing import CUT_COSTS, Unit

MOST_CHARACTERS_A_TOKEN = 8
"""Text longer than this for each token of room is taken to be too long without counting, so
that nothing huge is handed to a tokenizer."""

_CLAUSE = re.compile(r"[，、；：,;:—]+[”’」』）】》)\]\"']*(?=\s|[^\s\d])|[\r\n]+")
_WORD = re.compile(r"\s+")
_LINE = re.compile(r"[\r\n]+")
_LEAD = re.compile(r"[：:][*_~=\s]*\Z|(?:\A|[\r\n])[ \t>]*(\*\*|__)[^*_\r\n]+\1[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a part of one that was too long; ``level`` counts how often it was cut."""

    start: int
    end: int
    kind: PassageKind
    cut_cost: float = 0.0
    level: int = 0


def with_cut_costs(text: str, section: Sequence[Block]) -> Iterator[Piece]:
    """The blocks of one section with how much each belongs to the one before."""
    before: Block | None = None
    for block in section:
        bond = _cut_cost(text, before, block) if before else 0.0
        yield Piece(*trimmed(text, block.start, block.end), block.kind, bond)
        before = block


def _cut_cost(text: str, before: Block, block: Block) -> float:
    if block.joined:
        if block.kind == "table":
            return CUT_COSTS["row"]
        if block.depth > before.depth or block.kind == "code":
            return CUT_COSTS["child"]
        return CUT_COSTS["nested" if block.depth else "item"]
    tail = text[max(before.start, before.end - 200) : before.end]
    return CUT_COSTS["lead" if _LEAD.search(tail) else "block"]


def split_to_fit(
    text: str,
    sections: Sequence[Sequence[Piece]],
    sizes: Sequence[tuple[int, int]],
    count_tokens: CountTokens,
) -> list[list[Unit]]:
    """The units of each section, none over its room; ``sizes`` are (most, room) in tokens.

    Prose longer than the first is cut into sentences; everything else only when it does not
    fit the room at all. All sections are counted together, once for each level of cutting.
    """
    done: list[list[tuple[Piece, int]]] = [[] for _ in sections]
    pending = [(index, piece) for index, own in enumerate(sections) for piece in own]
    while pending:
        tokens = _tokens(text, pending, sizes, count_tokens)
        finer: list[tuple[int, Piece]] = []
        for (index, piece), size in zip(pending, tokens, strict=True):
            if size <= _allowed(piece, *sizes[index]) or piece.end - piece.start < 2:
                done[index].append((piece, size))
            else:
                finer += ((index, part) for part in _parts(text, piece, sizes[index][1]))
        pending = finer
    return [list(_units(text, own)) for own in done]


def _tokens(
    text: str,
    pending: Sequence[tuple[int, Piece]],
    sizes: Sequence[tuple[int, int]],
    count_tokens: CountTokens,
) -> list[int]:
    """Tokens of each piece; one more than its room for what is too long to be counted."""
    short = [
        piece.end - piece.start <= MOST_CHARACTERS_A_TOKEN * sizes[index][1]
        for index, piece in pending
    ]
    texts = [text[p.start : p.end] for (_, p), ok in zip(pending, short, strict=True) if ok]
    counts = iter(count_tokens(texts) if texts else [])
    return [
        next(counts) if ok else sizes[index][1] + 1
        for (index, _), ok in zip(pending, short, strict=True)
    ]


def _allowed(piece: Piece, most: int, room: int) -> int:
    prose = piece.kind not in ("code", "table")
    return most if prose and piece.level == 0 else room


def _parts(text: str, piece: Piece, room: int) -> Iterator[Piece]:
    """``piece`` cut one level finer; blank parts are dropped."""
    body = text[piece.start : piece.end]
    name, cuts = _cuts(body, piece, room)
    level = piece.level + 1
    bond = piece.cut_cost
    for first, last in zip([0, *cuts], [*cuts, len(body)], strict=True):
        start, end = trimmed(text, piece.start + first, piece.start + last)
        if start < end:
            yield replace(piece, start=start, end=end, cut_cost=bond, level=level)
            bond = CUT_COSTS[name]


def _cuts(body: str, piece: Piece, room: int) -> tuple[str, list[int]]:
    """What the next finer cut is called, and where it falls in ``body``."""
    if piece.level == 0 and piece.kind in ("code", "properties"):
        return "line", [found.end() for found in _LINE.finditer(body)]
    if piece.level == 0:
        return "sentence", list(_sentence_cuts(body))
    if piece.level <= 2:
        pattern = _CLAUSE if piece.level == 1 else _WORD
        return "clause", [found.end() for found in pattern.finditer(masked(body))]
    return "letter", _letter_cuts(body, min(room, -(-len(body) // 2)))


def _sentence_cuts(body: str) -> Iterator[int]:
    """Before each sentence but the first, and before the marks that begin its line."""
    spans = sentences(body)
    for (_, end), (start, _) in pairwise(spans):
        line_ends = [found.end() for found in _LINE.finditer(body, end, start)]
        yield line_ends[-1] if line_ends else start


def _letter_cuts(body: str, length: int) -> list[int]:
    """Cuts every ``length`` letters, and around links rather than inside them."""
    cuts: list[int] = []
    position = 0
    for start, end in [*atomic_spans(body), (len(body), len(body))]:
        cuts += range(position + length, start, length)
        cuts += [edge for edge in (start, end) if 0 < edge < len(body)]
        position = end
    if not cuts:
        cuts += range(length, len(body), length)
    return sorted(set(cuts))


def _units(text: str, own: Sequence[tuple[Piece, int]]) -> Iterator[Unit]:
    end = -1
    for piece, tokens in sorted(own, key=lambda each: each[0].start):
        gap = text[end : piece.start] if end >= 0 else ""
        between = len(gap) // 8 + len(gap.strip()) // 2
        yield Unit(piece.start, piece.end, piece.kind, tokens, piece.cut_cost, between)
        end = piece.end
