"""Answers that are a whole list of a note: what is on it, or the steps under a heading."""

from collections.abc import Iterator, Mapping, Sequence

from index.text.terms import terms
from search.answer.citations import listed
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit
from search.answer.records.sibling_answers import asked_names
from search.answer.siblings.scope import Asked
from search.result import Answer

_NEAR = 2
"""Notes in which the list is looked for."""
_LONGEST = 900
"""Characters of a list that is quoted as a whole."""
_LISTED = 0.8
"""Share of a section's pieces that are items, for it to be a list."""


def by_section(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """All items of the list that the question names by title and heading, and asks nothing of."""
    if inquiry.asked.kind not in ("list", "howto", "fact"):
        return None
    asked = asked_names(inquiry)
    for note in list(ranked)[:_NEAR]:
        title = inquiry.notes[note].title
        for heading, units in _sections(inquiry, note):
            steps = inquiry.asked.kind == "howto"
            if _is_named(asked, title, heading) and _is_list(units, steps=steps):
                return inquiry.made(listed(units, inquiry.citations), (), CERTAIN)
    return None


def _sections(inquiry: Inquiry, note: int) -> Iterator[tuple[tuple[str, ...], list[Unit]]]:
    """The sections of a note with their pieces, those whose headings say more first."""
    found: dict[tuple[str, ...], list[Unit]] = {}
    for passage in inquiry.gatherer.passages(note):
        if passage.kind != "properties":
            found.setdefault(passage.heading, []).extend(inquiry.gatherer.units(passage))
    yield from sorted(found.items(), key=lambda each: -len(each[0]))


def _is_named(asked: Asked, title: str, heading: Sequence[str]) -> bool:
    """Whether title and heading are all that the question gives, and the heading is named."""
    held = frozenset(terms(" ".join((title, *heading))))
    under = [part for part in heading if part != title]
    own = frozenset(terms(under[-1])) if under else held
    every = frozenset().union(*asked.clauses)
    covered = all(not clause.isdisjoint(held) for clause in asked.clauses)
    return bool(asked.clauses) and covered and not own.isdisjoint(every)


def _is_list(units: Sequence[Unit], *, steps: bool) -> bool:
    if len(units) < 2 or sum(len(unit.text) for unit in units) > _LONGEST:
        return False
    items = sum(unit.is_step if steps else unit.is_item for unit in units)
    return items >= _LISTED * len(units)
