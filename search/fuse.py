"""Several ranked lists → one; pure arithmetic."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=str)


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
