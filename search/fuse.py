"""Several ranked lists → one; pure arithmetic."""

from collections.abc import Mapping


def normalised(scores: Mapping[int, float], best: float) -> dict[int, float]:
    """Scores over the best one there is; what points away counts 0."""
    return {key: max(score, 0.0) / best for key, score in scores.items()} if best > 0 else {}


def convex(
    lists: Mapping[str, Mapping[int, float]], weights: Mapping[str, float]
) -> dict[int, float]:
    """Weighted sum of normalised scores (Bruch et al., "An Analysis of Fusion Functions", 2023).

    What is missing from a list counts 0 there.
    """
    fused: dict[int, float] = {}
    for name, scores in lists.items():
        for key, score in scores.items():
            fused[key] = fused.get(key, 0.0) + weights[name] * score
    return fused
