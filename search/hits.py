"""Chosen passages and notes → results as they are shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.records import StoredPassage
from index.words import letters
from search.catalogue import Catalogue
from search.engine import Records
from search.grouping import WHOLE, Scored
from search.highlight import Word, segments
from search.literal import find, line_around, nearest
from search.result import Hit
from search.signals import Signal


def hits(
    chosen: Iterable[tuple[Scored, float]],
    catalogue: Catalogue,
    store: Records,
    typed: str,
    words: Sequence[Word],
) -> Iterator[Hit]:
    """Results in order, with their rank, text and marked matches; what has gone is left out."""
    listed = list(chosen)
    stored = store.passages([scored.passage_id for scored, _ in listed])
    rank = 0
    for scored, score in listed:
        passage = stored.get(scored.passage_id)
        if scored.passage_id == WHOLE:
            passage = _standing_for(scored.note_id, typed, store)
        if passage is not None:
            rank += 1
            yield _hit(rank, passage, catalogue, score, scored.signals, words)


def _standing_for(note_id: int, typed: str, store: Records) -> StoredPassage | None:
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
    return StoredPassage(WHOLE, note_id, start, end, heading, "text", text[start:end])


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
