"""Decides where a section is cut into passages: a table of costs and a search over it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.markdown.note import PassageKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece that is not cut any further, ``text[start:end]``.

    ``cut_cost`` says how badly a cut before it would hurt, from 0 to 1; ``gap_tokens`` estimates
    the tokens of what stands between it and the unit before.
    """

    start: int
    end: int
    kind: PassageKind
    tokens: int
    cut_cost: float = 0.0
    gap_tokens: int = 0


CUT_COSTS = {
    "block": 0.05,  # paragraph, list, table or fence after another
    "item": 0.25,  # outermost items of one list
    "nested": 0.45,  # items below an item
    "row": 0.4,
    "child": 0.7,  # from an item to the first item or paragraph below it
    "sentence": 0.5,
    "line": 0.6,  # of code
    "lead": 0.9,  # after "such as these:" or a line all in bold
    "clause": 0.8,
    "letter": 1.0,
}

_DISTANCE = 3.0
"""What a passage of no length at all would cost, on the scale of the bonds."""


def pack(units: Sequence[Unit], target: int, most: int) -> Iterator[Sequence[Unit]]:
    """Runs of units near ``target`` tokens, cut where the bond is weak.

    None exceeds ``most`` tokens unless a single unit does. What is left is shared out
    evenly, so that the last run is no mere remainder.
    """
    left = sum(unit.tokens for unit in units)
    start = 0
    while start < len(units):
        runs = max(round(left / target), -(-left // most), 1)
        end = _best_end(units, start, max(left / runs, 1), most)
        yield units[start:end]
        left -= sum(unit.tokens for unit in units[start:end])
        start = end


def _best_end(units: Sequence[Unit], start: int, aim: float, most: int) -> int:
    """The end of the run from ``start`` that costs least in bond and distance from ``aim``."""
    best, least = start + 1, float("inf")
    size = 0
    for end in range(start + 1, len(units) + 1):
        last = units[end - 1]
        size += last.tokens + (last.gap_tokens if end > start + 1 else 0)
        if size > most and end > start + 1:
            break
        bond = units[end].cut_cost if end < len(units) else 0.0
        cost = bond + _DISTANCE * (1 - size / aim) ** 2
        if cost <= least:
            best, least = end, cost
    return best
