"""Chosen passages and notes → results as they are shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.reader import Reader
from index.records import StoredPassage
from search.catalogue import Catalogue
from search.grouping import Scored
from search.highlight import segments
from search.literal import find, line_around, nearest
from search.result import Hit
from search.signals import Signal


def hits(
    chosen: Iterable[tuple[Scored, float]],
    catalogue: Catalogue,
    store: Reader,
    words: Sequence[str],
) -> Iterator[Hit]:
    """Results in order, with their rank, text and marked matches; what has gone is left out."""
    listed = list(chosen)
    stored = store.passages([scored.passage_id for scored, _ in listed])
    known = [(scored, score) for scored, score in listed if scored.passage_id in stored]
    for rank, (scored, score) in enumerate(known, 1):
        passage = stored[scored.passage_id]
        yield _hit(rank, passage, catalogue, score, scored.signals, words)


def literal_hit(
    rank: int, note_id: int, typed: str, catalogue: Catalogue, store: Reader
) -> Hit | None:
    """A note that holds the text as typed: at the passage, or else the line, that has it."""
    text = store.text(note_id)
    place = find(text, typed)
    if place is None:
        return None
    passages = store.passages_of([note_id])
    at = nearest([passage.start for passage in passages], place[0])
    signals: dict[Signal, float] = {"keyword": 0.0}
    if passages and passages[at].start <= place[0] and place[1] <= passages[at].end:
        return _hit(rank, passages[at], catalogue, 0.0, signals, (typed,))
    start, end = line_around(text, *place)
    heading = passages[at].heading if passages and passages[at].start <= start else ()
    line = StoredPassage(0, note_id, start, end, heading, "text", text[start:end])
    return _hit(rank, line, catalogue, 0.0, signals, (typed,))


def _hit(
    rank: int,
    passage: StoredPassage,
    catalogue: Catalogue,
    score: float,
    signals: Mapping[Signal, float],
    words: Sequence[str],
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
    )


def renumbered(found: Iterable[Hit]) -> tuple[Hit, ...]:
    """The same results with ranks from 1."""
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(found, 1))
