"""Ranked passages → ranked notes, and which passages to show of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from search.signals import Signal

_MORE_PASSAGES = (1.0, 0.1, 0.05)
"""What a note's best, second and third passage add to its score."""
_SHOWN = 3
"""Passages of one note that come before passages of notes further down."""

Boosts = Mapping[int, Mapping[Signal, float]]
"""What each note (id) gets beyond its passages, by signal."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage and what each signal gave it."""

    passage_id: int
    note_id: int
    score: float
    signals: Mapping[Signal, float]


@dataclass(frozen=True, slots=True)
class Noted:
    """A note at its passages, best first."""

    note_id: int
    score: float
    passages: tuple[Scored, ...]


def by_note(ranked: Sequence[Scored], boosts: Boosts) -> list[Noted]:
    """Notes, best first: their passages' scores at a discount, and their boosts."""
    members: dict[int, list[Scored]] = {}
    for scored in ranked:
        members.setdefault(scored.note_id, []).append(scored)
    notes = [_noted(note, found, boosts.get(note, {})) for note, found in members.items()]
    return sorted(notes, key=lambda noted: (-noted.score, noted.note_id))


def passages(notes: Sequence[Noted]) -> list[Scored]:
    """The notes' passages, best first; a note's further ones only after all others' first."""
    first = chain.from_iterable(noted.passages[:_SHOWN] for noted in notes)
    rest = chain.from_iterable(noted.passages[_SHOWN:] for noted in notes)
    return [*sorted(first, key=_order), *sorted(rest, key=_order)]


def _noted(note: int, found: Sequence[Scored], boosts: Mapping[Signal, float]) -> Noted:
    extra = sum(boosts.values())
    score = sum(w * each.score for w, each in zip(_MORE_PASSAGES, found, strict=False)) + extra
    boosted = (
        replace(each, score=each.score + extra, signals={**each.signals, **boosts})
        for each in found
    )
    return Noted(note, score, tuple(boosted))


def _order(scored: Scored) -> tuple[float, int]:
    return -scored.score, scored.passage_id
