"""Groups ranked passages into ranked notes, and chooses which passages to show of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.ranking.fusion import Signal

_MORE_PASSAGES = (1.0, 0.1, 0.05)
"""What a note's best, second and third passage add to its score."""
_SHOWN = 3
"""Passages of one note that come before passages of notes further down."""

WHOLE_NOTE = 0
"""Stands for a passage where a note was found as a whole; no passage has this id."""

Boosts = Mapping[int, Mapping[Signal, float]]
"""What each note (id) gets beyond its passages, by signal."""


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage and what each signal gave it."""

    passage_id: int
    note_id: int
    score: float
    signals: Mapping[Signal, float]


def gaining(scored: ScoredPassage, gained: Mapping[int, float], signal: Signal) -> ScoredPassage:
    """The passage with what a signal has added to it (by id), if anything."""
    more = gained.get(scored.passage_id)
    if more is None:
        return scored
    return replace(scored, score=scored.score + more, signals={**scored.signals, signal: more})


@dataclass(frozen=True, slots=True)
class ScoredNote:
    """A note at its passages, best first."""

    note_id: int
    score: float
    passages: tuple[ScoredPassage, ...]
    boosts: Mapping[Signal, float]
    """What it gets beyond its passages."""

    def shown(self, scored: ScoredPassage) -> ScoredPassage:
        """One of its passages with the note's boosts among its signals."""
        total = scored.score + sum(self.boosts.values())
        return replace(scored, score=total, signals={**scored.signals, **self.boosts})


def by_note(ranked: Sequence[ScoredPassage], boosts: Boosts) -> list[ScoredNote]:
    """Notes, best first: their passages' scores at a discount, and their boosts."""
    members: dict[int, list[ScoredPassage]] = {}
    for scored in ranked:
        members.setdefault(scored.note_id, []).append(scored)
    plain = [
        ScoredNote(note, sum(map(_discounted, _MORE_PASSAGES, found)), tuple(found), {})
        for note, found in members.items()
    ]
    return boosted(plain, boosts)


def boosted(notes: Iterable[ScoredNote], boosts: Boosts) -> list[ScoredNote]:
    """The notes with further boosts, in their new order; equal ones stay as they come."""
    more = (
        replace(
            noted,
            score=noted.score + sum(boosts[noted.note_id].values()),
            boosts={**noted.boosts, **boosts[noted.note_id]},
        )
        if noted.note_id in boosts
        else noted
        for noted in notes
    )
    return sorted(more, key=lambda noted: -noted.score)


def passages(notes: Sequence[ScoredNote], k: int) -> list[ScoredPassage]:
    """The ``k`` best passages; a note's fourth and later ones only after all others."""
    first = [n.shown(each) for n in notes for each in n.passages[:_SHOWN]]
    chosen = sorted(first, key=_order)[:k]
    if len(chosen) < k:
        rest = [n.shown(each) for n in notes for each in n.passages[_SHOWN:]]
        chosen += sorted(rest, key=_order)[: k - len(chosen)]
    return chosen


def _discounted(weight: float, scored: ScoredPassage) -> float:
    return weight * scored.score


def _order(scored: ScoredPassage) -> float:
    return -scored.score
