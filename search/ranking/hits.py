"""Turns chosen passages and notes into results as they are shown.

Text as typed, letter by letter: where it stands in a note, however it is spaced or spelt.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.store.records import StoredPassage
from index.text.terms import fold_with_offsets, letters
from search.catalogue.catalogue import Catalogue
from search.ranking.fusion import Signal
from search.ranking.grouping import WHOLE_NOTE, ScoredPassage
from search.ranking.highlight import Word, segments
from search.result import Hit
from search.store.interface import StoredRecords

_PART = 50_000
"""Characters of a note that are looked through at a time."""


def hits(
    chosen: Iterable[tuple[ScoredPassage, float]],
    catalogue: Catalogue,
    store: StoredRecords,
    typed: str,
    words: Sequence[Word],
) -> Iterator[Hit]:
    """Results in order, with their rank, text and marked matches; what has gone is left out."""
    listed = list(chosen)
    stored = store.passages([scored.passage_id for scored, _ in listed])
    rank = 0
    for scored, score in listed:
        passage = stored.get(scored.passage_id)
        if scored.passage_id == WHOLE_NOTE:
            passage = _representative_passage(scored.note_id, typed, store)
        if passage is not None:
            rank += 1
            yield _hit(rank, passage, catalogue, score, scored.signals, words)


def _representative_passage(note_id: int, typed: str, store: StoredRecords) -> StoredPassage | None:
    """Of a note: the passage, or else the line, with the text as typed; else its opening."""
    passages = store.passages_of([note_id])
    text = store.text(note_id)
    place = find(text, typed) if letters(typed) else None
    if place is None:
        prose = (passage for passage in passages if passage.kind != "properties")
        return next(prose, passages[0] if passages else None)
    at = nearest([passage.start for passage in passages], place[0])
    if passages and passages[at].start <= place[0] and place[1] <= passages[at].end:
        return passages[at]
    start, end = line_around(text, *place)
    heading = passages[at].heading if passages and passages[at].start <= start else ()
    return StoredPassage(WHOLE_NOTE, note_id, start, end, heading, "text", text[start:end])


def _hit(
    rank: int,
    passage: StoredPassage,
    catalogue: Catalogue,
    score: float,
    signals: Mapping[Signal, float],
    words: Sequence[Word],
) -> Hit:
    note = catalogue.notes[passage.note_id]
    return Hit(
        rank=rank,
        path=note.path,
        title=note.title,
        heading=passage.heading,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        date=note.date,
        tags=catalogue.tags[note.id],
        score=round(score, 4),
        signals={str(name): round(value, 4) for name, value in signals.items()},
        segments=segments(passage.text, words),
        kind=passage.kind,
    )


def find(text: str, wanted: str) -> tuple[int, int] | None:
    """Start and end of the first place in ``text`` with the letters of ``wanted`` in a row."""
    sought = letters(wanted)
    before = 0
    for start, end in _parts(text):  # each is looked at with the one before it
        if sought in letters(text[before:end]):
            place = _place(text[before:end], sought)
            if place is not None:
                return before + place[0], before + place[1]
        before = start
    return None


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The text in parts, as far as may be up to the ends of lines: long ones fill the memory."""
    start = 0
    while start < len(text):
        line_end = text.find("\n", start + _PART, start + 2 * _PART)
        end = line_end + 1 or min(start + 2 * _PART, len(text))
        yield start, end
        start = end


def _place(text: str, sought: str) -> tuple[int, int] | None:
    folded, offsets = fold_with_offsets(text)
    kept = [place for place, character in enumerate(folded) if character.isalnum()]
    at = "".join(folded[place] for place in kept).find(sought)
    if at < 0 or not kept:
        return None
    last = at + max(len(sought), 1) - 1
    return offsets[kept[at]], offsets[kept[last]] + 1


def line_around(text: str, start: int, end: int, most: int = 400) -> tuple[int, int]:
    """The line that holds ``start`` to ``end``, cut to ``most`` characters around them."""
    first = max(text.rfind("\n", 0, start) + 1, start - most // 2)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + most // 2)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def nearest(starts: list[int], position: int) -> int:
    """Index of the last of the sorted ``starts`` that is not behind ``position``."""
    return max(bisect_left(starts, position + 1) - 1, 0)
