"""The properties of a vault: the keys that each goes by, and what kind of values it holds."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.text.terms import fold, terms
from search.catalogue.catalogue import Catalogue
from search.catalogue.fields import NAMING
from search.catalogue.stated_values import parts
from search.catalogue.variants import Form, name_tokens
from search.conditions.values import amount, day
from search.query.english import base_forms

ValueKind = Literal["number", "date", "name"]

_LONGEST = 6
"""Words of the longest value that somebody would name."""
_CHARACTERS = 12
"""And characters, where it is Chinese."""
_OF_DATES = ("日期", "时间", "年份", "date", "time", "year", "day", "on", "at")
_OF_NUMBERS = ("数", "量", "值", "率", "额")
"""Endings of keys that say what kind of value they hold, not of what."""
_ASIDE = re.compile(r"(?<=\S)[（(，,；;。].*", re.DOTALL)
_KEPT = 50_000
"""Values that are remembered: an edit changes few of a vault's."""
_PATH = re.compile(r"`|\w/\w")
"""In addresses and paths, which nobody names in a question."""


@dataclass(frozen=True, slots=True)
class PropertyKey:
    """A property, by all the keys that it goes by."""

    key: str
    """The most frequent of its keys, as the notes write it."""
    names: tuple[str, ...]
    kind: ValueKind
    notes: frozenset[int]
    units: frozenset[str]
    """What stands behind its numbers."""


Values = Mapping[str, Mapping[str, set[int]]]
"""Notes by key and value."""


def properties(catalogue: Catalogue) -> tuple[tuple[PropertyKey, ...], Values]:
    groups = {fold(name): field.names[0] for field in catalogue.fields for name in field.names}
    values: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    kinds: dict[str, Counter[ValueKind]] = defaultdict(Counter)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    notes: dict[str, set[int]] = defaultdict(set)
    units: dict[str, set[str]] = defaultdict(set)
    for note in catalogue.notes.values():
        for entry in note.properties:
            if fold(entry.key) in NAMING:
                continue
            for key, value in _stated(entry.key, entry.values):
                group = fold(groups.get(fold(key), key))
                kind = _kind(value)
                kinds[group][kind] += 1
                written[group][key] += 1
                notes[group].add(note.id)
                if kind == "number":
                    units[group] |= {t for t in name_tokens(value) if not t[0].isdigit()}
                elif kind == "name" and _is_name(value):
                    values[group][_ASIDE.sub("", value).strip("`\"'[] ")].add(note.id)
    found = tuple(
        PropertyKey(
            written[group].most_common(1)[0][0], tuple(written[group]),
            kinds[group].most_common(1)[0][0], frozenset(notes[group]), frozenset(units[group]),
        )
        for group in kinds
    )  # fmt: skip
    return found, {each.key: values[fold(groups.get(fold(each.key), each.key))] for each in found}


def _stated(key: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        yield key, value
        yield from parts(value).items()


@lru_cache(_KEPT)
def _kind(value: str) -> ValueKind:
    if day(value) is not None:
        return "date"
    return "number" if amount(value) is not None else "name"


@lru_cache(_KEPT)
def _is_name(value: str) -> bool:
    words = name_tokens(value)
    longest = _LONGEST if all(word.isascii() for word in words) else _CHARACTERS
    return 0 < len(words) <= longest and not _PATH.search(value)


def key_forms(key: str) -> Iterator[Form]:
    words = name_tokens(key)
    yield words
    last = terms(key)[-1:]
    if last and not last[0].isascii() and len(last[0]) > 1:
        yield name_tokens(last[0])
    if len(words) == 1 and words[0].isascii():
        yield from ((form,) for form in base_forms(words[0]) if len(form) > 2)


def stem_forms(key: str, kind: ValueKind) -> Iterator[Form]:
    folded = fold(key)
    endings = _OF_DATES if kind == "date" else _OF_NUMBERS if kind == "number" else ()
    for ending in endings:
        stem = folded.removesuffix(ending).strip(" _-")
        if stem and stem != folded:
            words = name_tokens(stem)
            yield words
            if kind == "date" and not words[0].isascii():
                yield from ((character,) for character in words)
            if len(words) == 1 and words[0].isascii():
                yield from ((form,) for form in base_forms(words[0]) if len(form) > 2)
    if kind == "date":
        words = name_tokens(key)
        yield tuple(word for word in words if word not in _OF_DATES) or words
