"""Merges several ranked lists into one; pure arithmetic.

The parts of a ranking that can be told apart, and switched off one by one to measure them.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from search.store.interface import Candidates, RetrievalRequest

Signal = Literal[
    "keyword", "semantic", "translation", "property", "tag", "link", "literal", "rerank", "reader"
]
SIGNALS: frozenset[Signal] = frozenset(get_args(Signal))
_WEIGHTS: Mapping[Signal, float] = {"keyword": 0.55, "semantic": 0.45}
"""Both sides on fixed scales: 0.5 to 0.65 rank alike, on Chinese notes and questions in both
languages. One side alone counts whole."""


def convex(lists: Mapping[Signal, Mapping[int, float]]) -> dict[int, float]:
    """Weighted sum of scores on fixed scales.

    Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.
    What is missing from a list, or points away, counts 0 there.
    """
    weights = _WEIGHTS if len(lists) > 1 else dict.fromkeys(lists, 1.0)
    fused: dict[int, float] = {}
    for name, scores in lists.items():
        for key, score in scores.items():
            fused[key] = fused.get(key, 0.0) + weights[name] * max(score, 0.0)
    return fused


def by_signal(asked: RetrievalRequest, found: Candidates) -> dict[Signal, Mapping[int, float]]:
    """The scores of candidates (passage ids) from each side that was asked."""
    lists: dict[Signal, Mapping[int, float]] = {}
    if asked.keywords.clauses:
        lists["keyword"] = found.keyword
    if asked.vector is not None:
        lists["semantic"] = found.semantic
    return lists
