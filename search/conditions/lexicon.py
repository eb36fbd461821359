"""The names that conditions can be read from: keys, values, tags and folders of the vault.

Each by the ways it may be written, in the other language too: English names are looked up in
the dictionary here, Chinese ones when an English question is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Literal

from index.text.terms import fold
from search.catalogue.catalogue import Catalogue
from search.catalogue.fields import MetadataField
from search.catalogue.variants import Form, name_tokens, name_variants
from search.conditions.property_keys import (
    PropertyKey,
    Values,
    key_forms,
    properties,
    stem_forms,
)
from search.conditions.relations import Relations, relations
from search.query.dictionary import Dictionary

NameKind = Literal["property", "tag", "folder"]

_TRANSLATED = 3
"""Words of the longest name that is translated."""


@dataclass(frozen=True, slots=True)
class Named:
    """A value, tag or folder of the vault."""

    kind: NameKind
    value: str
    """As the notes write it."""
    notes: frozenset[int]
    key: str = ""
    """The property that it is a value of."""
    is_part: bool = False
    """Whether the form is only a part of the value: a first name."""
    is_translated: bool = False
    """Whether the form is in the other language than the name."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names of a vault by form; a form may mean several things."""

    names: Mapping[Form, tuple[Named, ...]]
    keys: Mapping[Form, tuple[PropertyKey, ...]]
    stems: Mapping[Form, tuple[PropertyKey, ...]]
    """Keys by what is left of them without their last word or character: 购买 of 购买日期, and 买;
    these count only beside a number, a date or a superlative."""
    properties: tuple[PropertyKey, ...]
    common: frozenset[str]
    """Words of values that say only of what kind they are: license."""
    dictionary: Dictionary
    glossary: Mapping[str, tuple[str, ...]]
    relations: Relations

    def chinese(self, words: Iterable[str]) -> list[Form]:
        """What English words may stand as: as a whole, else word by word."""
        words = tuple(words)
        whole = list(_chinese(words, self.dictionary))
        whole += [name_tokens(each) for each in self.glossary.get(" ".join(words), ())]
        if whole or not 1 < len(words) <= _TRANSLATED:
            return whole
        parts = [[*dict.fromkeys(_chinese((word,), self.dictionary))] for word in words]
        return [tuple(chain(*each)) for each in product(*parts)]


def lexicon(
    catalogue: Catalogue, dictionary: Dictionary, glossary: Mapping[str, tuple[str, ...]]
) -> Lexicon:
    """The names of one state of the vault."""
    known, values = properties(catalogue)
    names: dict[Form, list[Named]] = defaultdict(list)
    for named, forms in _named(catalogue, values):
        for form in forms:
            names[form].append(named)
        for form in _chinese(name_tokens(named.value), dictionary):
            names[form].append(replace(named, is_translated=True))
        if named.kind == "tag":
            for form in _glossed(named.value, dictionary, glossary):
                names[form].append(replace(named, is_translated=True))
    for form, named in _first_names(values):
        names.setdefault(form, []).append(named)
    keys: dict[Form, list[PropertyKey]] = defaultdict(list)
    stems: dict[Form, list[PropertyKey]] = defaultdict(list)
    for each in known:
        for form in {form for name in each.names for form in key_forms(name)}:
            keys[form].append(each)
        for name in each.names:
            for form in _chinese(name_tokens(name), dictionary):
                keys[form].append(each)
        for form in {form for name in each.names for form in stem_forms(name, each.kind)}:
            stems[form].append(each)
    return Lexicon(
        {form: _merged(found) for form, found in names.items()},
        {form: tuple(dict.fromkeys(found)) for form, found in keys.items()},
        {form: tuple(dict.fromkeys(found)) for form, found in stems.items()},
        known,
        frozenset[str]().union(*(field.common for field in catalogue.fields)),
        dictionary,
        glossary,
        relations(catalogue, dictionary),
    )


def _merged(found: Iterable[Named]) -> tuple[Named, ...]:
    """Spellings of one value of a property as one, by the shortest of them."""
    groups: dict[tuple[str, str, bool], list[Named]] = defaultdict(list)
    for each in found:
        called = each.key if each.kind == "property" else each.value
        groups[each.kind, called, each.is_translated].append(each)
    merged = []
    for group in groups.values():
        first = min(group, key=lambda each: (each.is_part, len(each.value), each.value))
        notes = first.notes.union(*(each.notes for each in group))
        merged.append(replace(first, notes=notes))
    return tuple(merged)


def _named(
    catalogue: Catalogue, values: Values
) -> Iterator[tuple[Named, frozenset[Form] | tuple[Form, ...]]]:
    common = {fold(n): field.common for field in catalogue.fields for n in field.names}
    for key, own in values.items():
        shared = common.get(fold(key), frozenset())
        for value, ids in own.items():
            forms = name_variants(value, shared)
            bare = value.replace(key, " ").strip()  # MIT 许可证, under 许可证
            if bare and bare != value:
                forms |= name_variants(bare, shared)
            yield Named("property", value, frozenset(ids), key), forms
    for tag in catalogue.tagged:
        last = name_tokens(tag.rpartition("/")[2])
        named = Named("tag", catalogue.tag_names[tag], catalogue.tagged_below[tag])
        yield named, (name_tokens(tag), last)
    for folder in _folders(catalogue.fields):
        yield folder, (name_tokens(folder.value),)


def _folders(fields: Iterable[MetadataField]) -> Iterator[Named]:
    for field in fields:
        if field.kind == "folder":
            for form, written in field.exact.items():
                for name in written:
                    if name_tokens(name) == form:
                        yield Named("folder", name, field.notes[form])


def _first_names(values: Values) -> Iterator[tuple[Form, Named]]:
    """Words that only one value of a property has, where the value has few."""
    for key, own in values.items():
        holders: dict[str, list[str]] = defaultdict(list)
        for value in own:
            for word in set(name_tokens(value)):
                holders[word].append(value)
        for word, having in holders.items():
            if len(having) == 1 and word.isascii() and word.isalpha() and len(word) > 2:
                (value,) = having
                if 1 < len(name_tokens(value)) <= _TRANSLATED:
                    named = Named("property", value, frozenset(own[value]), key, is_part=True)
                    yield (word,), named


def _chinese(words: Form, dictionary: Dictionary) -> Iterator[Form]:
    if len(words) <= _TRANSLATED and all(word.isascii() and word.isalpha() for word in words):
        for meaning in dictionary.chinese(" ".join(words)):
            yield name_tokens(meaning)


def _glossed(
    tag: str, dictionary: Dictionary, glossary: Mapping[str, tuple[str, ...]]
) -> Iterator[Form]:
    """What the notes give a tag as in Chinese, where that is no word of its own."""
    for meaning in glossary.get(" ".join(name_tokens(tag)), ()):
        if not dictionary.has_word(meaning):
            yield name_tokens(meaning)
