"""Finds the notes that fulfil conditions."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from index.markdown.note import Property
from index.store.records import StoredLink, StoredNote
from index.text.terms import fold
from search.catalogue.catalogue import Catalogue
from search.catalogue.stated_values import parts
from search.condition import Condition
from search.conditions.days import notes_of
from search.conditions.tasks import notes_with
from search.conditions.values import (
    COMPARISONS,
    alike,
    amount,
    by_number,
    closest,
    compares,
    day,
    holds,
)
from search.result import Filters

OWN_DATE = "date"
"""The key under which a note's own date is compared where no property has that name."""
_MOST_NEAR = 3
"""Values that are named as the nearest to one that no note has."""


def matching(conditions: Iterable[Condition], catalogue: Catalogue) -> frozenset[int] | None:
    """Ids of the notes that fulfil all the conditions; None where nothing is asked of notes.

    The most and the least are those of the notes that fulfil the rest.
    """
    found: set[int] | None = None
    conditions = list(conditions)
    for condition in conditions:
        if condition.is_summary or condition.kind == "word":
            continue
        own = fulfilling(condition, catalogue)
        found = set(own) if found is None else found & own
    for condition in conditions:
        if condition.op in ("max", "min"):
            found = set(_extreme(condition, catalogue, found))
    return None if found is None else frozenset(found)


def counted(conditions: Iterable[Condition], catalogue: Catalogue) -> tuple[Condition, ...]:
    """The conditions, each with how many notes fulfil it by itself."""
    return tuple(
        condition
        if condition.kind == "word" or condition.is_summary
        else replace(condition, matched=len(fulfilling(condition, catalogue)))
        for condition in conditions
    )


def fulfilling(condition: Condition, catalogue: Catalogue) -> frozenset[int]:
    """Ids of the notes that fulfil one condition by itself.

    A property other than a value is one that is there; what is negated need not be.
    """
    found = frozenset(_positive(condition, catalogue))
    return frozenset(catalogue.notes) - found if condition.negated else found


def nearest(condition: Condition, catalogue: Catalogue) -> tuple[str, ...]:
    """The values, tags or folders of the vault that come nearest to the one wanted, or the notes
    that are linked the other way round."""
    match condition.kind:
        case "tag":
            found = alike(condition.value, catalogue.tag_names.values())
        case "folder":
            found = alike(condition.value, filter(None, {*catalogue.folders.values()}))
        case "link":
            found = [catalogue.notes[note].title for note in turned(condition, catalogue)]
        case "property":
            said = stated(condition.key, catalogue)
            if condition.op in COMPARISONS:
                found = list(dict.fromkeys(closest(said, condition.value).values()))
            else:
                found = alike(condition.value, by_number(said.values()))
        case _:
            found = []
    return tuple(found[:_MOST_NEAR])


def turned(condition: Condition, catalogue: Catalogue) -> list[int]:
    """Ids of the notes that stand to the one named as it was asked to stand to others."""
    other = replace(condition, is_backward=not condition.is_backward)
    return sorted(fulfilling(other, catalogue))


def as_filters(conditions: Iterable[Condition], filters: Filters) -> Filters:
    """The filters and those conditions that a store can filter by; it may let more pass."""
    for each in conditions:
        if each.negated or len(each.alternatives) > 1:
            continue
        if each.kind == "tag":
            filters = replace(filters, tags=(*filters.tags, each.value))
        elif each.kind == "folder":
            filters = replace(filters, folders=(*filters.folders, each.value))
    return filters


def same_keys(key: str, catalogue: Catalogue) -> frozenset[str]:
    """The folded names of a property, or of several parted by ``|``.

    They are its own and those that hold the same values.
    """
    found: set[str] = set()
    for wanted in map(fold, key.split("|")):
        groups = (frozenset(map(fold, each.names)) for each in catalogue.fields)
        found |= next((names for names in groups if wanted in names), {wanted})
    return frozenset(found)


def stated(key: str, catalogue: Catalogue) -> dict[int, tuple[str, ...]]:
    """What notes (ids) say under a key, in its other names too; their own date under ``date``."""
    found: dict[int, tuple[str, ...]] = {}
    for name in same_keys(key, catalogue):
        for note, values in catalogue.stated.get(name, {}).items():
            found[note] = found.get(note, ()) + values
    if not found and fold(key) == OWN_DATE:
        return {note.id: (note.date,) for note in catalogue.notes.values() if note.date}
    return found


def under(entry: Property, keys: Collection[str]) -> bool:
    """Whether an entry states one of these keys (folded): its own, or a name within its value."""
    return fold(entry.key) in keys or any(
        fold(name) in keys for value in entry.values for name in parts(value)
    )


def _positive(condition: Condition, catalogue: Catalogue) -> Iterable[int]:
    match condition.kind:
        case "property":
            return _with_property(condition, catalogue)
        case "link":
            return _linked(condition, catalogue)
        case "date":
            return notes_of(condition.first, condition.last, catalogue)
        case "task":
            return notes_with(condition, catalogue)
    each = (_filters(condition, value) for value in condition.alternatives)
    return frozenset().union(*(catalogue.within(one) or () for one in each))


def _filters(condition: Condition, value: str) -> Filters:
    if condition.kind == "tag":
        return Filters(tags=(value,))
    return Filters(title=value) if condition.kind == "title" else Filters(folders=(value,))


def _with_property(condition: Condition, catalogue: Catalogue) -> Iterable[int]:
    for note, values in stated(condition.key, catalogue).items():
        if condition.op in COMPARISONS:
            held = any(compares(value, condition.op, condition.value) for value in values)
        else:
            common = _common(condition.key, catalogue)
            held = any(holds(values, wanted, common) for wanted in condition.alternatives)
            held = held != (condition.op == "!=")
        if held:
            yield note


def _common(key: str, catalogue: Catalogue) -> frozenset[str]:
    wanted = fold(key.partition("|")[0])
    fields = (each for each in catalogue.fields if each.kind == "property")
    return next((f.common for f in fields if wanted in map(fold, f.names)), frozenset())


def _linked(condition: Condition, catalogue: Catalogue) -> Iterable[int]:
    links, ends = catalogue.links_out, catalogue.links_in
    if condition.is_backward:
        links, ends = ends, links
    named = linked_notes(condition, (catalogue.notes[note] for note in ends))
    for note, around in links.items():
        if any(other in named and is_of_relation(link, condition) for other, link in around):
            yield note


def linked_notes(condition: Condition, notes: Iterable[StoredNote]) -> frozenset[int]:
    """Ids of those of some notes that a condition on links names."""
    wanted = {fold(name) for name in condition.alternatives}
    return frozenset(
        note.id
        for note in notes
        for stem in (note.path.rpartition("/")[2].rpartition(".")[0],)
        if any(fold(name) in wanted for name in (note.title, note.path, stem, *note.aliases))
    )


def is_of_relation(link: StoredLink, condition: Condition) -> bool:
    """Whether a link is of the relation that a condition asks for."""
    keys = condition.key.split("|")
    return not all(keys) or fold(link.relation or "") in map(fold, keys)


def _extreme(
    condition: Condition, catalogue: Catalogue, among: Collection[int] | None
) -> Iterable[int]:
    """Of some notes, or all, those with the most or the least under a key.

    Where it is a number in most notes, numbers are compared, else dates.
    """
    said = stated(condition.key, catalogue)
    said = {note: values for note, values in said.items() if among is None or note in among}
    numbers = {n: v for n, all_ in said.items() for v in map(amount, all_) if v is not None}
    days = {n: v for n, all_ in said.items() for v in map(day, all_) if v is not None}
    best = max if condition.op == "max" else min
    if len(numbers) >= len(days) and numbers:
        most = best(numbers.values())
        return [note for note, value in numbers.items() if value == most]
    if days:
        last = best(days.values())
        return [note for note, value in days.items() if value == last]
    return ()
