"""Splits a note into passages: exact slices along its structure, sized in the model's tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.markdown.note import Note, Passage, PassageKind
from index.passages.embedding_text import CountTokens, context_room, fitted
from index.passages.packing import Unit, pack
from index.passages.sections import sections
from index.passages.units import split_to_fit

TARGET = 256
"""Tokens of a passage with its context that a cut aims at: two or three paragraphs, small
enough to be about one thing and to be quoted, large enough to make sense alone."""

STRETCH = 1.4
"""A passage may be this much longer than the target when that saves a cut."""

SURE = 0.75
"""Counts of parts add up to the count of the whole only nearly; passages estimated below
this share of the limit are not counted again."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Units that make one passage, with the words that go before it."""

    heading: tuple[str, ...]
    words: str
    units: tuple[Unit, ...]

    @property
    def most_tokens(self) -> int:
        """Its units' tokens, and one for each character between them."""
        between = self.units[-1].end - self.units[0].start
        return between + sum(unit.tokens - (unit.end - unit.start) for unit in self.units)


def split(note: Note, count_tokens: CountTokens, limit: int) -> tuple[Passage, ...]:
    """The passages of ``note``, in order, without overlap; none for a note that says nothing.

    Every passage is an exact slice, and no passage with its context is longer
    than ``limit`` tokens. Headings, comments, images, embeds and sections of nothing but
    links are in no passage; the explanation of a typed link in such a section is one.
    """
    parts = list(sections(note))
    headings = [part.heading for part in parts]
    contexts = fitted(note.title, headings, count_tokens, context_room(limit))
    sizes = [_sizes(limit, tokens) for _, tokens in contexts]
    pieces = [part.pieces for part in parts]
    units = split_to_fit(note.text, pieces, [size[1:] for size in sizes], count_tokens)
    done: list[_Run] = []
    doubtful: list[_Run] = []
    for part, (words, tokens), own, size in zip(parts, contexts, units, sizes, strict=True):
        for packed in pack(own, *size[:2]):
            run = _Run(part.heading, words, tuple(packed))
            (done if run.most_tokens + tokens <= SURE * limit else doubtful).append(run)
    done += _within(note.text, doubtful, count_tokens, limit)
    return tuple(
        _passage(note.text, run) for run in sorted(done, key=lambda run: run.units[0].start)
    )


def _sizes(limit: int, context_tokens: int) -> tuple[int, int, int]:
    """Tokens of text that a passage should have, may have, and can have at all."""
    room = max(limit - context_tokens, 1)
    target = max(min(TARGET - context_tokens, room), 1)
    return target, min(int(target * STRETCH), room), room


def _within(
    text: str, runs: Sequence[_Run], count_tokens: CountTokens, limit: int
) -> Iterator[_Run]:
    """The runs, those halved that turn out longer than ``limit`` when counted as a whole."""
    while runs:
        counts = count_tokens(
            [run.words + text[run.units[0].start : run.units[-1].end] for run in runs]
        )
        halves: list[_Run] = []
        for run, tokens in zip(runs, counts, strict=True):
            if tokens <= limit or run.units[-1].end - run.units[0].start < 2:
                yield run
            else:
                halves += (_Run(run.heading, run.words, units) for units in _halved(run.units))
        runs = halves


def _halved(units: tuple[Unit, ...]) -> tuple[tuple[Unit, ...], ...]:
    if len(units) > 1:
        return units[: len(units) // 2], units[len(units) // 2 :]
    whole = units[0]
    middle = (whole.start + whole.end) // 2
    return (replace(whole, end=middle),), (replace(whole, start=middle),)


def _passage(text: str, run: _Run) -> Passage:
    start, end = run.units[0].start, run.units[-1].end
    sizes: dict[PassageKind, int] = {}
    for unit in run.units:
        sizes[unit.kind] = sizes.get(unit.kind, 0) + unit.tokens
    kind = max(sizes, key=sizes.__getitem__)
    return Passage(start, end, text[start:end], run.heading, kind)
