"""Collects what notes state under each key: properties, and numbers listed by name inside one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from index.store.records import StoredNote
from index.text.terms import fold

StatedValues = Mapping[str, Mapping[int, tuple[str, ...]]]
"""By folded key and note."""

_KEPT = 50_000
_PARTS = re.compile(r"[，,；;、]\s*")
_PART = re.compile(
    r"(?P<name>[^\W\d_](?:[^\W\d_]| ){0,30}?)\s*[:：=]?\s*(?P<number>\d[\d,.]*\S{0,4})"
)
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")


def stated_values(notes: Iterable[StoredNote]) -> StatedValues:
    """What all notes state; a part of a value stands under its own name."""
    found: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for note in notes:
        own: dict[str, list[str]] = {}
        for entry in note.properties:
            own.setdefault(_key(entry.key), []).extend(entry.values)
            for value in entry.values:
                for name, number in parts(value).items():
                    own.setdefault(_key(name), [number])
        for key, values in own.items():
            found[key][note.id] = tuple(values)
    return found


@lru_cache(_KEPT)
def parts(value: str) -> Mapping[str, str]:
    """Names and their numbers, where a value lists several: Stars 50862，Forks 21812."""
    pieces = _PARTS.split(_ASIDE.sub("", value))
    if len(pieces) < 2:
        return {}
    found = (match for piece in pieces if (match := _PART.fullmatch(piece.strip())))
    return {match["name"].strip(): match["number"] for match in found}


@lru_cache(_KEPT)
def _key(name: str) -> str:
    return fold(name)
