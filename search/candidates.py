"""A question → candidate passages, each with both its scores.

Each side names its best passages; what only one side named gets its score from the other
too, so that a passage is never judged by half. Scores stay on one scale for the whole
vault: a search within some notes gives a passage what the open search would.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import Lexical
from index.reader import Reader
from index.vectors import VectorIndex
from search.keywords import Keywords
from search.result import Filters

_CANDIDATES = 200
"""Passages that each side names: with 100 to 300 the same notes reach the first ten."""
_FEW = 2000
"""Up to this many passages within the filters, all of them are candidates."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What both sides look for; a side that is not asked has nothing to look for."""

    keywords: Keywords
    vector: NDArray[np.float32] | None
    filters: Filters | None = None
    """What the notes are narrowed by, for a store that filters by itself."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scores by passage id."""

    keyword: Mapping[int, float]
    """BM25 over the score of a passage that holds every word often."""
    semantic: Mapping[int, float]
    """Cosines."""


def gather(
    asked: Asked,
    lexical: Lexical,
    vectors: VectorIndex | None,
    store: Reader,
    within: Collection[int] | None,
    also: Collection[int] = (),
    k: int = 0,
) -> Candidates:
    """Candidates for ``k`` results in the whole vault or ``within`` some notes (ids).

    Passages of the notes in ``also`` are looked for besides, by their words.
    """
    most = max(_CANDIDATES, k)
    clauses = asked.keywords.clauses
    notes = None if within is None else sorted(within)
    passages = None if notes is None else store.passage_ids(notes)
    if passages is not None and len(passages) <= _FEW:
        keyword = dict(lexical.search(clauses, len(passages), notes))
        semantic = _cosines(asked, vectors, passages)
    else:
        keyword = dict(lexical.search(clauses, most, notes))
        semantic = _nearest(asked, vectors, passages, most)
        if also:
            keyword |= dict(lexical.search(clauses, most, sorted(also)))
        unread = [passage for passage in semantic if passage not in keyword]
        keyword |= lexical.scores(clauses, unread)
        semantic |= _cosines(asked, vectors, [p for p in keyword if p not in semantic])
    scale = asked.keywords.ceiling or 1.0
    return Candidates({p: score / scale for p, score in keyword.items()}, semantic)


def _nearest(
    asked: Asked, vectors: VectorIndex | None, allowed: Sequence[int] | None, k: int
) -> dict[int, float]:
    if asked.vector is None or vectors is None:
        return {}
    return dict(vectors.search(asked.vector, k, allowed))


def _cosines(
    asked: Asked, vectors: VectorIndex | None, passages: Sequence[int]
) -> dict[int, float]:
    if asked.vector is None or vectors is None:
        return {}
    return vectors.scores(asked.vector, passages)
