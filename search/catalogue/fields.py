"""Holds what notes are filed under: properties, tags and folders, by the ways each is written."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.store.records import StoredNote
from index.text.terms import fold
from search.catalogue.variants import Form, generic_words, name_tokens, name_variants

LONGEST_VALUE = 12
"""Words, or Chinese characters, of a property's value; longer ones are sentences."""
NAMING = frozenset({"title", "aliases", "alias", "tags", "tag"})
"""Keys that name the note, or that are counted as tags."""
_NO_NAME = re.compile(r"://|^[\d\W]*$|^\d{4}-\d\d")
"""Addresses, numbers and dates."""
_SHARED = 2
"""Values that two keys must have in common to be the same property in other words."""
_OVERLAP = 0.3
"""And the share of the values of the one that has fewer."""
_MOST_GROUPS = 100
"""Properties up to which a value that they share tells that two of them are one."""
_KEPT = 100_000
"""Values of which it is remembered whether they are names: an edit changes few of a vault's."""


@dataclass(frozen=True, slots=True)
class MetadataField:
    """One way of filing: a property (all its keys), the tags or the folders."""

    kind: str
    """``property``, ``tag`` or ``folder``."""
    names: tuple[str, ...]
    """The property's keys."""
    common: frozenset[str]
    """Words that most of its values have."""
    notes: Mapping[Form, frozenset[int]]
    """Notes by each form of each value."""
    exact: Mapping[Form, frozenset[str]]
    """How the values behind a form are written, capitals kept."""
    first: frozenset[str]
    """The first words of all forms."""


def metadata_fields(
    notes: Iterable[StoredNote], tagged: Mapping[str, Iterable[int]]
) -> tuple[MetadataField, ...]:
    """All ways in which these notes are filed; values that stand only once are no way."""
    notes = list(notes)
    by_key: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    folders: dict[str, set[int]] = defaultdict(set)
    for note in notes:
        for entry in note.properties:
            if fold(entry.key) in NAMING:
                continue
            for value in entry.values:
                if _is_name(value):
                    by_key[entry.key][value.strip("`\"' ")].add(note.id)
        for folder in note.path.split("/")[:-1]:
            folders[folder].add(note.id)
    properties = [_merged(keys, by_key) for keys in _same(by_key)]
    filed = [_field("property", keys, values) for keys, values in properties]
    filed = [drawer for drawer in filed if drawer.notes]
    tags = _field("tag", (), {name: set(ids) for name, ids in tagged.items()})
    return (*filed, tags, _field("folder", (), folders))


@lru_cache(_KEPT)
def _is_name(value: str) -> bool:
    return not _NO_NAME.search(value) and len(name_tokens(value)) <= LONGEST_VALUE


def _same(by_key: Mapping[str, Mapping[str, set[int]]]) -> list[tuple[str, ...]]:
    """Keys in groups: 开源协议, 许可证 and License hold the same values."""
    groups: list[tuple[list[str], set[str]]] = []
    holding: dict[str, list[int]] = defaultdict(list)  # the groups of each value
    for key, values in sorted(by_key.items(), key=lambda each: (-len(each[1]), each[0])):
        several = sum(map(len, values.values())) > 1
        own = {fold(value) for value in values} if several else set()
        shared = Counter(group for value in own for group in holding.get(value, ()))
        fitting = (
            group
            for group, count in shared.items()
            if count >= _SHARED and count > _OVERLAP * min(len(own), len(groups[group][1]))
        )
        group = min(fitting, default=len(groups))
        if group == len(groups):
            groups.append(([], set()))
        keys, known = groups[group]
        keys.append(key)
        for value in own - known:
            if len(holding[value]) < _MOST_GROUPS:
                holding[value].append(group)
        known |= own
    return [tuple(keys) for keys, _ in groups]


def _merged(
    keys: tuple[str, ...], by_key: Mapping[str, Mapping[str, set[int]]]
) -> tuple[tuple[str, ...], dict[str, set[int]]]:
    values: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        for value, ids in by_key[key].items():
            values[value] |= ids
    return keys, values


def _field(kind: str, names: tuple[str, ...], values: Mapping[str, set[int]]) -> MetadataField:
    shared = generic_words(values) if kind == "property" else frozenset()
    notes: dict[Form, set[int]] = defaultdict(set)
    exact: dict[Form, set[str]] = defaultdict(set)
    fewest = 1 if kind != "property" or _sorts(values) else 2
    for value, ids in values.items():
        for form in name_variants(value, shared):
            notes[form] |= ids
            exact[form].add(value)
    kept = {form: frozenset(ids) for form, ids in notes.items() if len(ids) >= fewest}
    return MetadataField(
        kind,
        names,
        shared,
        kept,
        {form: frozenset(exact[form]) for form in kept},
        frozenset(form[0] for form in kept),
    )


def _sorts(values: Mapping[str, set[int]]) -> bool:
    """Whether a property sorts notes into kinds: two or more notes to a value."""
    return sum(map(len, values.values())) >= 2 * len(values)
