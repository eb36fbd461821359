"""Which of the weighed units are quoted: the best that fit, none that says it again."""

from collections.abc import Sequence

from search.answer.evidence import Weighed

_SAME = 0.6
"""Share of common terms from which a shorter unit says what a chosen one says."""


_SPOKEN_TO = 0.08
"""What a unit loses for each chosen one that speaks to the same part of the question."""


def choose(
    weighed: Sequence[Weighed],
    room: int,
    *,
    least: float = 0.0,
    most: int = 12,
    parts: Sequence[frozenset[str]] = (),
) -> list[Weighed]:
    """Units best first while their texts fit into ``room`` characters.

    ``least`` is the share of the best score below which nothing is quoted; ``parts`` are the
    terms of the questions in a question, which take turns.
    """
    left = [each for each in weighed if each.score >= least * weighed[0].score]
    chosen: list[Weighed] = []
    used = 0
    turns = [0] * max(len(parts), 1)
    while left and len(chosen) < most:
        best = max(left, key=lambda each: each.score - _SPOKEN_TO * turns[_part(each, parts)])
        left.remove(best)
        length = len(best.unit.text)
        if used + length > room or any(_repeats(best, other) for other in chosen):
            continue
        chosen.append(best)
        used += length
        turns[_part(best, parts)] += 1
    return chosen


def _part(weighed: Weighed, parts: Sequence[frozenset[str]]) -> int:
    """Which part of the question a unit speaks to: the one that shares most with it."""
    shares = [len(part & weighed.terms) / (len(part) or 1) for part in parts]
    return shares.index(max(shares)) if shares else 0


def _repeats(one: Weighed, other: Weighed) -> bool:
    shared = len(one.terms & other.terms)
    smaller = min(len(one.terms), len(other.terms))
    return smaller > 0 and shared >= _SAME * smaller and len(one.terms) <= 1.3 * len(other.terms)
