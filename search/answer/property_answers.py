"""Answers from properties: the notes with a value, or the values that things have."""

from collections.abc import Iterable, Mapping

from index.store.records import StoredNote
from index.text.terms import fold
from search.answer import properties
from search.answer import table_rows as row
from search.answer.citations import listed
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.scoring import Weighed
from search.answer.messages import say
from search.answer.properties import narrowed
from search.answer.question.families import Thing
from search.answer.question.subquestions import facets
from search.answer.records.thing_properties import by_values, names_of, stated_of
from search.answer.table_rows import Found
from search.catalogue.fields import NAMING
from search.catalogue.mentions import mentions
from search.catalogue.variants import Form, name_tokens
from search.condition import Condition
from search.conditions import grammar
from search.conditions.linking import link
from search.conditions.matching import matching, same_keys
from search.result import Answer

_MOST_LISTED = 100
"""A value that more notes have does not say by itself which are meant."""
_AGREEING = 0.33
"""Share of the nearest notes that must have the value named, or it is not what is meant; half
of that where several values are named together."""
_MOST_TOLD = 8
"""Notes of a list in which the sentence that says it is looked for."""
_NEAR_ENOUGH = 0.6
"""Score over the best note's from which a sentence alone puts a note on a list."""


def by_properties(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """An answer that properties give: the notes with a value, or a note's value."""
    catalogue = inquiry.gatherer.state.catalogue
    drawers = [d for d in catalogue.fields if d.kind == "property"]
    keys = properties.asked_keys(inquiry.gatherer.words(), drawers, inquiry.names.also)
    rare = properties.rare_keys(inquiry.gatherer.words(), inquiry.names.keys, inquiry.names.also)
    if (most := _most(inquiry, ranked)) is not None:
        return most
    if inquiry.asked.kind == "list":
        named = _named_values(inquiry)
        wanted = {name_tokens(c.value): same_keys(c.key, catalogue) for c in named}
        met = _in_folder(inquiry, _allowed(inquiry, matching(named, catalogue) or frozenset()))
        least = _AGREEING if len(wanted) == 1 else _AGREEING / 2
        agreed = len(met & ranked.keys()) / len(ranked)
        met = narrowed(inquiry, met, wanted)
        if 0 < len(met) <= _MOST_LISTED and agreed >= least:
            under = frozenset[str]().union(*wanted.values(), names_of(keys))
            return _listed(inquiry, met, wanted, under, ranked)
    if inquiry.asked.kind in ("timeline", "howto"):
        return None
    return by_values(inquiry, ranked, keys, rare)


def _most(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """The notes with the most or the least of the property named, in the folder named if one is.

    What else the question says of them is passed over.
    """
    most = grammar.superlative(inquiry.text)
    if most is None or inquiry.lexicon is None or inquiry.named(ranked) or facets(inquiry.text):
        return None
    kind = "date" if most.of_dates else "number"
    key = next((each.key for each in inquiry.asked_properties() if each.key.kind == kind), None)
    if key is None:
        return None
    named = [n for m in link(inquiry.text, inquiry.lexicon, ()) for n in m.names]
    conditions = [Condition("folder", each.value) for each in named if each.kind == "folder"][:1]
    conditions.append(Condition("property", key=key.key, op=most.op))
    found = matching(conditions, inquiry.gatherer.state.catalogue) or frozenset()
    under = frozenset(map(fold, key.names))
    units = [
        each.unit
        for note in sorted(_allowed(inquiry, found))
        for each in stated_of(inquiry, Thing("", frozenset((note,))), under)
    ]
    if not units:
        return None
    return inquiry.made(listed(units, inquiry.citations, attributed=True), (), CERTAIN)


def _named_values(inquiry: Inquiry) -> list[Condition]:
    """A condition for each value that the question names; a key's own name is no value."""
    found = []
    for mention in link(inquiry.text, inquiry.lexicon, ()) if inquiry.lexicon else ():
        values = [each for each in mention.names if each.kind == "property"]
        if values and not mention.keys:
            best = max(values, key=lambda each: (not each.is_translated, len(each.notes)))
            found.append(Condition("property", best.value, best.key))
    return found


def _allowed(inquiry: Inquiry, notes: frozenset[int]) -> frozenset[int]:
    within = inquiry.gatherer.within
    return notes if within is None else notes & within


def _in_folder(inquiry: Inquiry, notes: frozenset[int]) -> frozenset[int]:
    """Those of the notes that are filed in a folder that the question names, where any are."""
    folders = [d for d in inquiry.gatherer.state.catalogue.fields if d.kind == "folder"]
    filed = frozenset[int]().union(*(each.notes for each in mentions(inquiry.text, folders)))
    return notes & filed or notes


def _listed(
    inquiry: Inquiry,
    met: Iterable[int],
    wanted: Mapping[Form, frozenset[str]],
    keys: frozenset[str],
    ranked: Mapping[int, float],
) -> Answer:
    """Every note that meets the criteria, with the properties named and the sentence that says it.

    A near note of their kind that has no such property meets them where a sentence does.
    """
    notes = inquiry.notes
    met = frozenset(met)
    said = _saying(inquiry, {**dict.fromkeys(list(met)[:_MOST_TOLD], 1.0), **ranked}, wanted)
    usual = frozenset.intersection(*(_own_keys(notes[note]) for note in met))
    more = {
        note
        for note, score in ranked.items()
        if note not in met and note in said and score >= _NEAR_ENOUGH
        and len(usual & _own_keys(notes[note])) > len(usual - _own_keys(notes[note]) - keys)
        and keys.isdisjoint(_own_keys(notes[note]))
    }  # fmt: skip
    ordered = sorted(met | more, key=lambda n: (notes[n].date or "", notes[n].title))
    found = []
    for note in ordered:
        thing = Thing(notes[note].title, frozenset((note,)))
        told = [said[note]] if note in said else []
        found.append(Found(thing, [*stated_of(inquiry, thing, keys), *told], settled=True))
    made = row.rows(found, notes, inquiry.citations, inquiry.asked.lang)
    return inquiry.made(say(inquiry.asked.lang, "listed", count=len(found)), made, CERTAIN)


def _own_keys(note: StoredNote) -> frozenset[str]:
    return frozenset(fold(entry.key) for entry in note.properties) - NAMING


def _saying(
    inquiry: Inquiry, notes: Mapping[int, float], wanted: Iterable[Form]
) -> dict[int, Weighed]:
    """Of each note the best sentence that names all the values wanted."""
    words = {word for form in wanted for word in form}
    said: dict[int, Weighed] = {}
    for unit in inquiry.gatherer.by_words(notes):
        if not unit.is_property and words.issubset(name_tokens(unit.text)):
            said.setdefault(unit.note_id, Weighed(unit, 1.0, 0.0, frozenset()))
    return said
