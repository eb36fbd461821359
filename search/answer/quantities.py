"""Compares properties that are numbers or dates: which notes have this much, or the most."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.store.records import StoredNote
from index.text.terms import fold

_VALUE = re.compile(
    r"^\D{0,3}(?P<number>\d[\d,]*(?:\.\d+)?)\D{0,4}$|^(?P<date>\d{4}(?:-\d\d){1,2})$"
)
_NUMBER = re.compile(r"(?<![\w.\-])\d[\d,]*(?:\.\d+)?(?![\w\-]|\.\d)", re.ASCII)
_MOST = re.compile(
    r"最[高大多长重贵快热]|\b(?:highest|largest|biggest|longest|best|top|(?<!at )most)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"最[低小少短轻慢]|最便宜|\b(?:lowest|smallest|shortest|least|fewest|worst)\b", re.IGNORECASE
)
_LATEST = re.compile(r"最[新近晚]|\b(?:latest|newest|most recent)", re.IGNORECASE)
_EARLIEST = re.compile(r"最[早旧]|\b(?:earliest|oldest)\b", re.IGNORECASE)
_BOUNDS: tuple[tuple[re.Pattern[str], Callable[[float, float], bool]], ...] = (
    (
        re.compile(r"至少|不低于|不少于|以上|\bat least\b|\bor (?:more|higher)\b", re.IGNORECASE),
        lambda value, bound: value >= bound,
    ),
    (
        re.compile(r"超过|[大高多]于|\b(?:more|higher|longer) than\b|\bover\b", re.IGNORECASE),
        lambda value, bound: value > bound,
    ),
    (
        re.compile(r"不到|[小低少]于|以下|\b(?:less|fewer|lower) than\b|\bunder\b", re.IGNORECASE),
        lambda value, bound: value < bound,
    ),
)
_FEWEST = 2
"""Notes that must have such a value, or there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The notes that a question about a measured property asks for."""

    notes: frozenset[int]
    keys: frozenset[str]
    """The property's keys, folded."""
    is_extreme: bool
    """Whether they are those with the most or least of it."""


def measured(question: str, keys: Collection[str], notes: Iterable[StoredNote]) -> Measured | None:
    """The notes with the most, the least, so much, or more or less of what ``keys`` name.

    None where the question asks for no such thing, or too few notes have such a property.
    """
    number = _NUMBER.search(question)
    values = {note.id: value for note in notes if (value := _value(note, keys)) is not None}
    kinds = {type(value) for value in values.values()}
    if len(kinds) != 1 or len(values) < _FEWEST:
        return None
    choose = extreme(question, of_dates=str in kinds)
    if choose is not None:
        best = choose(values.values())
        found = {note for note, value in values.items() if value == best}
    elif number is not None:
        found = _bounded(question, float(number[0].replace(",", "")), values)
    else:
        return None
    return Measured(frozenset(found), frozenset(keys), choose is not None) if found else None


def extreme(question: str, *, of_dates: bool) -> Callable[[Iterable[Any]], Any] | None:
    """What takes the most or the least of values, as the question asks; None where it does not."""
    most, least = (_LATEST, _EARLIEST) if of_dates else (_MOST, _LEAST)
    return max if most.search(question) else min if least.search(question) else None


def _bounded(question: str, bound: float, values: Mapping[int, float | str]) -> set[int]:
    meets = next((test for words, test in _BOUNDS if words.search(question)), float.__eq__)
    return {
        note for note, value in values.items() if isinstance(value, float) and meets(value, bound)
    }


def _value(note: StoredNote, keys: Collection[str]) -> float | str | None:
    """A note's number, or its date as it is written, under one of the keys."""
    for entry in note.properties:
        if fold(entry.key) in keys and len(entry.values) == 1:
            return quantity(entry.values[0])
    return None


def quantity(text: str) -> float | str | None:
    """The number that a text is, or its date as it is written."""
    match = _VALUE.match(text.strip("\"'`* "))
    if match and match["number"]:
        return float(match["number"].replace(",", ""))
    return match["date"] if match else None
