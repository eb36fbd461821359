"""Several ranked lists → one; pure arithmetic.

The parts of a ranking that can be told apart, and switched off one by one to measure them.
"""

from collections.abc import Mapping
from typing import Literal, TypeVar, get_args

Name = TypeVar("Name", bound=str)

Signal = Literal[
    "keyword", "semantic", "translation", "property", "tag", "link", "literal", "rerank", "reader"
]
SIGNALS: frozenset[Signal] = frozenset(get_args(Signal))


def convex(
    lists: Mapping[Name, Mapping[int, float]], weights: Mapping[Name, float]
) -> dict[int, float]:
    """Weighted sum of scores on fixed scales.

    Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.
    What is missing from a list, or points away, counts 0 there.
    """
    fused: dict[int, float] = {}
    for name, scores in lists.items():
        for key, score in scores.items():
            fused[key] = fused.get(key, 0.0) + weights[name] * max(score, 0.0)
    return fused
