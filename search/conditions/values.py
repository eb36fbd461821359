"""Compares the values of properties: as numbers, as dates, or as names."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import SequenceMatcher

from index.text.dates import stated_date
from index.text.numerals import SCALES
from index.text.terms import fold
from search.catalogue.variants import Form, name_tokens, name_variants

_AMOUNT = re.compile(
    r"\D{0,4}?(?P<number>-?\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[kKmMbB万亿千](?![A-Za-z]))?\D{0,8}"
)
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
}
COMPARISONS = frozenset(_COMPARED)


def amount(value: str) -> float | None:
    """The number that a value is, with its unit or none; None where it holds more."""
    match = _AMOUNT.fullmatch(value.strip("\"'` "))
    if match is None:
        return None
    number = float(match["number"].replace(",", ""))
    return number * SCALES.get((match["scale"] or "").lower(), 1)


def day(value: str) -> str | None:
    """The day, month or year that a value is, in ISO form."""
    plain = value.strip("\"'` ")
    return None if amount(plain) is not None and len(plain) != 4 else stated_date(plain)


def compares(value: str, op: str, bound: str) -> bool:
    """Whether a value stands so to a bound: both as numbers, or both as dates.

    A date is after a year or month when it lies behind all of it.
    """
    limit = day(bound)
    date = day(value)
    if limit is not None and date is not None and not (len(limit) == 4 and len(date) == 4):
        start = date[: len(limit)]
        return {">": start > limit, ">=": start >= limit, "<": start < limit}.get(
            op, start <= limit
        )
    number, least = amount(value), amount(bound)
    return number is not None and least is not None and _COMPARED[op](number, least)


def holds(values: Iterable[str], wanted: str, common: frozenset[str] = frozenset()) -> bool:
    """Whether one of the values is the one wanted, in any spelling, or has its words in a row.

    ``common`` are words that say only what kind of value it is: license.
    """
    named = name_tokens(wanted)
    forms = name_variants(wanted, common) if named else frozenset()
    number = amount(wanted)
    return any(
        not forms.isdisjoint(name_variants(value, common)) or _within(named, name_tokens(value))
        if named
        else value.strip() == wanted.strip()
        for value in values
    ) or (number is not None and any(amount(value) == number for value in values))


def _within(part: Form, whole: Form) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def by_number(said: Iterable[Iterable[str]]) -> list[str]:
    """Each value once, that of the most notes first."""
    counted = Counter(value for values in said for value in values)
    return [value for value, _ in counted.most_common()]


def alike(wanted: str, values: Iterable[str]) -> list[str]:
    """The values, those that are written most like the one wanted first."""
    likeness = {v: SequenceMatcher(None, fold(v), fold(wanted)).ratio() for v in values}
    return sorted(likeness, key=lambda value: -likeness[value])


def closest(said: Mapping[int, Iterable[str]], bound: str) -> dict[int, str]:
    """Of what notes (ids) say the values that lie least far from a bound."""
    apart = {
        (note, value): distance
        for note, values in said.items()
        for value in values
        if (distance := _distance(value, bound)) is not None
    }
    least = min(apart.values(), default=0.0)
    return {note: value for (note, value), distance in apart.items() if distance == least}


def _distance(value: str, bound: str) -> float | None:
    one, other = day(value), day(bound)
    if one and other:
        return abs(_ordinal(one) - _ordinal(other))
    number, limit = amount(value), amount(bound)
    return abs(number - limit) if number is not None and limit is not None else None


def _ordinal(day: str) -> int:
    return date.fromisoformat(f"{day}-01-01"[: len("2026-01-01")]).toordinal()
