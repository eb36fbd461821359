"""Finds the notes that fulfil conditions."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from index.store.records import StoredNote
from index.text.terms import fold
from search.catalogue.catalogue import Catalogue
from search.catalogue.fields import NAMING
from search.condition import Condition
from search.conditions.days import notes_of
from search.conditions.tasks import notes_with
from search.conditions.values import COMPARISONS, amount, compares, day, holds
from search.result import Filters

OWN_DATE = "date"
"""The key under which a note's own date is compared where no property has that name."""


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
    """The folded names of a property: its own and those that hold the same values."""
    wanted = fold(key)
    for each in catalogue.fields:
        names = frozenset(map(fold, each.names))
        if wanted in names:
            return names
    return frozenset((wanted,))


def stated(note: StoredNote, keys: Collection[str]) -> list[str]:
    """What a note says under these keys (folded); its own date under ``date``."""
    values = [v for entry in note.properties if fold(entry.key) in keys for v in entry.values]
    return values or ([note.date] if note.date and OWN_DATE in keys else [])


def _positive(condition: Condition, catalogue: Catalogue) -> Iterable[int]:
    match condition.kind:
        case "property":
            return _with_property(condition, catalogue)
        case "link":
            return _linked(condition, catalogue)
        case "date":
            return notes_of(condition.first, condition.last, catalogue)
        case "task":
            return notes_with(condition.state, catalogue)
    each = (_filters(condition, value) for value in condition.alternatives)
    return frozenset().union(*(catalogue.within(one) or () for one in each))


def _filters(condition: Condition, value: str) -> Filters:
    if condition.kind == "tag":
        return Filters(tags=(value,))
    return Filters(title=value) if condition.kind == "title" else Filters(folders=(value,))


def _with_property(condition: Condition, catalogue: Catalogue) -> Iterable[int]:
    keys = same_keys(condition.key, catalogue)
    compared = condition.op in COMPARISONS
    for note in catalogue.notes.values():
        values = stated(note, keys)
        if compared and any(compares(v, condition.op, condition.value) for v in values):
            yield note.id
        elif not compared and values:
            held = any(holds(values, wanted) for wanted in condition.alternatives)
            if held != (condition.op == "!="):
                yield note.id


def _linked(condition: Condition, catalogue: Catalogue) -> Iterable[int]:
    wanted = {fold(name) for name in condition.alternatives}
    links = catalogue.links_in if condition.is_backward else catalogue.links_out
    for note, around in links.items():
        for other, link in around:
            there = catalogue.notes[other]
            called = {fold(name) for name in (there.title, there.path, *there.aliases)}
            called.add(fold(there.path.rpartition("/")[2].rpartition(".")[0]))
            relation = not condition.key or fold(link.relation or "") == fold(condition.key)
            if relation and not called.isdisjoint(wanted):
                yield note
                break


def _extreme(
    condition: Condition, catalogue: Catalogue, among: Collection[int] | None
) -> Iterable[int]:
    """Of some notes, or all, those with the most or the least under a key.

    Where it is a number in most notes, numbers are compared, else dates.
    """
    keys = same_keys(condition.key, catalogue)
    notes = catalogue.notes if among is None else among
    said = {note: stated(catalogue.notes[note], keys) for note in notes}
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


def own_keys(note: StoredNote) -> frozenset[str]:
    """The folded keys of a note's properties, less those that name it."""
    return frozenset(fold(entry.key) for entry in note.properties) - NAMING
