"""Writes what narrows a search in Milvus' own language.

Milvus compares folded text exactly or by pattern, the catalogue by its own rules; where
these differ, more passes here, and what should not have is taken out behind it.
"""

import json
from collections.abc import Collection, Iterator

from index.text.terms import fold
from search.result import Filters

_FEW = 5_000
"""Up to this many notes are named one by one."""
_LAST = "~"
"""Sorts behind all that a date is written with."""
_SPECIAL = str.maketrans(dict.fromkeys('%_\\"', "_"))
"""What means something in a pattern; an underscore stands for any character."""


def where(filters: Filters | None, within: Collection[int] | None) -> str:
    """The passages of notes ``within`` (ids); of very many, those that pass the filters."""
    if within is None:
        return ""
    if len(within) <= _FEW:
        return of_notes(within)
    return " and ".join(_conditions(filters or Filters()))


def of_notes(notes: Collection[int]) -> str:
    """The rows of these notes."""
    return f"note in {sorted(notes)}"


def literal(text: str) -> str:
    """A string as it is written in a condition."""
    return json.dumps(text, ensure_ascii=False)


def _conditions(filters: Filters) -> Iterator[str]:
    for tag in filters.tags:
        yield f"array_contains(tags, {literal(fold(tag))})"
    for folder in filters.folders:
        yield f"array_contains(folders, {literal(fold(folder).strip('/'))})"
    if filters.after is not None:
        yield f"date >= {literal(filters.after)}"
    if filters.before is not None:
        yield f'date > "" and date <= {literal(filters.before + _LAST)}'
    for key, value in filters.properties:
        yield f"properties[{literal(fold(key))}] like {_anywhere(value)}"
    if filters.title is not None:
        yield f"title like {_anywhere(filters.title)}"
    if filters.paths is not None and len(filters.paths) <= _FEW:
        yield f"path in {json.dumps(sorted(filters.paths), ensure_ascii=False)}"


def _anywhere(text: str) -> str:
    return f'"%{fold(text).translate(_SPECIAL)}%"'
