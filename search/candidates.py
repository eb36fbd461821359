"""A question → candidate passages, each with both its scores.

Each side names its best passages; what only one side named gets its score from the other
too, so that a passage is never judged by half. Scores stay on one scale for the whole
vault: a search within some notes gives a passage what the open search would.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import Clause
from index.reader import Reader
from search.snapshot import Snapshot

_CANDIDATES = 300
"""Passages that each side names; beyond it nothing reached the first ten."""
_FEW = 2000
"""Up to this many passages within the filters, all of them are candidates."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What both sides look for; a side that is not asked has nothing to look for."""

    clauses: Sequence[Clause]
    vector: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scores by passage id, and the best score of each side in the whole vault."""

    keyword: Mapping[int, float]
    semantic: Mapping[int, float]
    best_keyword: float
    best_semantic: float

    @property
    def ids(self) -> list[int]:
        return sorted(self.keyword.keys() | self.semantic.keys())


def gather(
    asked: Asked, state: Snapshot, store: Reader, within: Collection[int] | None
) -> Candidates:
    """Candidates in the whole vault or within some notes (ids)."""
    if within is None:
        return _open(asked, state)
    notes = sorted(within)
    passages = store.passage_ids(notes)
    if len(passages) <= _FEW:
        keyword = state.lexical.search(asked.clauses, len(passages), notes)
        return Candidates(dict(keyword), _cosines(asked, state, passages), *_best(asked, state))
    keyword = state.lexical.search(asked.clauses, _CANDIDATES, notes)
    semantic = _nearest(asked, state, passages)
    return Candidates(*_completed(asked, state, keyword, semantic), *_best(asked, state))


def _open(asked: Asked, state: Snapshot) -> Candidates:
    keyword = state.lexical.search(asked.clauses, _CANDIDATES)
    semantic = _nearest(asked, state)
    best = _first(keyword), _first(semantic)
    return Candidates(*_completed(asked, state, keyword, semantic), *best)


def _completed(
    asked: Asked,
    state: Snapshot,
    keyword: list[tuple[int, float]],
    semantic: list[tuple[int, float]],
) -> tuple[dict[int, float], dict[int, float]]:
    words, meaning = dict(keyword), dict(semantic)
    words |= state.lexical.scores(asked.clauses, [p for p in meaning if p not in words])
    meaning |= _cosines(asked, state, [p for p in words if p not in meaning])
    return words, meaning


def _nearest(
    asked: Asked, state: Snapshot, allowed: Sequence[int] | None = None
) -> list[tuple[int, float]]:
    if asked.vector is None or state.vectors is None:
        return []
    return state.vectors.search(asked.vector, _CANDIDATES, allowed)


def _cosines(asked: Asked, state: Snapshot, passages: Sequence[int]) -> dict[int, float]:
    if asked.vector is None or state.vectors is None:
        return {}
    return state.vectors.scores(asked.vector, passages)


def _best(asked: Asked, state: Snapshot) -> tuple[float, float]:
    semantic = 0.0
    if asked.vector is not None and state.vectors is not None:
        semantic = _first(state.vectors.search(asked.vector, 1))
    return _first(state.lexical.search(asked.clauses, 1)), semantic


def _first(ranked: Sequence[tuple[int, float]]) -> float:
    return ranked[0][1] if ranked else 0.0
