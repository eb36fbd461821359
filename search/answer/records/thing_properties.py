"""Answers with the values that things have: the property of one, or of several side by side."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from index.text.terms import fold, terms
from search.answer import properties
from search.answer.citations import listed
from search.answer.comparison import about, coordinated, filed_under, with_intro, without_kinds
from search.answer.context import CERTAIN, Inquiry
from search.answer.disagreements import differing
from search.answer.evidence.features import asked_clauses
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.selection import choose_each
from search.answer.messages import say
from search.answer.question.families import Thing
from search.answer.question.subquestions import facets
from search.answer.table_rows import Found
from search.catalogue.fields import MetadataField
from search.result import Answer

_ROOM = 300
"""Characters of quotes beside a property."""
_HEARD = 8
"""Sentences of a thing's notes that may state a property that its frontmatter lacks."""
_UNSTATED = 0.2
"""Confidence in an answer about a property that a thing does not have."""
_MOST_BESIDE = 4
_BESIDE = 0.6
"""Share of the best score below which a unit is not quoted beside a property."""


def by_values(
    inquiry: Inquiry,
    ranked: Mapping[int, float],
    keys: Sequence[MetadataField],
    rare: frozenset[str],
) -> Answer | None:
    """The values that the things named have; none where the only one has none."""
    things = without_kinds(inquiry, inquiry.named(ranked))
    measured = (name for each in inquiry.asked_properties() for name in each.key.names)
    under = names_of(keys) | rare | {fold(name) for name in measured}
    stated = {thing: stated_of(inquiry, thing, under) for thing in things}
    together = things if inquiry.asked.kind == "compare" else coordinated(inquiry.text, things)
    if len(together) > 1:
        told = {thing: stated[thing] for thing in together}
        return _compared(inquiry, told, keys) if any(told.values()) else None
    best = next(iter(ranked))  # other names may stand beside the one that is meant
    things = [t for t in things if best in t.notes] or [t for t in things if stated[t]]
    if not things or not (keys or (stated[things[0]] and not _rest(inquiry, things[:1], keys))):
        return None
    return _value(inquiry, things[0], stated[things[0]], keys, ranked)


def _compared(
    inquiry: Inquiry, stated: Mapping[Thing, Sequence[Weighed]], keys: Sequence[MetadataField]
) -> Answer:
    """A row for each thing: its properties, and what its notes say of whatever else is asked."""
    things = list(stated)
    more = len(_rest(inquiry, things, keys)) > 0
    found = [
        Found(each.thing, [*stated[each.thing], *_other(each, stated[each.thing])], settled=True)
        if stated[each.thing] and more
        else Found(each.thing, stated[each.thing] or each.weighed)
        for each in about(inquiry, things)
    ]
    return replace(inquiry.made(*with_intro(inquiry, found, things), CERTAIN), kind="compare")


def _other(found: Found, stated: Sequence[Weighed]) -> list[Weighed]:
    """The best piece that speaks of a thing, where it is none of those stated."""
    quoted = {(each.unit.note_id, each.unit.start) for each in stated}
    best = found.weighed[:1]
    return [each for each in best if (each.unit.note_id, each.unit.start) not in quoted]


def _rest(
    inquiry: Inquiry, things: Sequence[Thing], keys: Sequence[MetadataField]
) -> list[Mapping[str, float]]:
    """What is asked beside the properties named."""
    words = inquiry.gatherer.words()
    asked = asked_clauses(inquiry.asked, words, [thing.name for thing in things])
    own = [key for drawer in keys for key in drawer.names]
    also = inquiry.names.also
    terms_asked = {term for clause in words.clauses for term in clause}
    naming = {t for t in terms_asked if any(properties.names_key((t,), k, also) for k in own)}
    naming |= {part for key in own for part in terms(key)}
    naming |= {part for each in inquiry.asked_properties() for part in terms(each.source)}
    kinds = filed_under(inquiry, things)
    return [
        clause
        for clause in asked
        if kinds.isdisjoint(clause) and not any(term in name for term in clause for name in naming)
    ]


def _value(
    inquiry: Inquiry,
    thing: Thing,
    stated: Sequence[Weighed],
    keys: Sequence[MetadataField],
    ranked: Mapping[int, float],
) -> Answer | None:
    """What a thing's property states, with what notes say of whatever else is asked."""
    if not stated:
        if _rest(inquiry, [thing], keys):  # more is asked, which decides
            return None
        beside = about(inquiry, [thing])[0].weighed[:_HEARD]
        spoken = any(properties.states(r.unit.text, thing.name, keys) for r in beside)
        return None if spoken else inquiry.none(thing.notes, _UNSTATED)
    said: list[Weighed] = []
    if _rest(inquiry, [thing], keys):
        weighed, *parts = inquiry.gatherer.weighed(ranked, facets(inquiry.text))
        said = choose_each(weighed, parts, _ROOM, least=_BESIDE)[:_MOST_BESIDE]
    text = listed([each.unit for each in (*stated, *said)], inquiry.citations)
    about_it = [inquiry.notes[note] for note in thing.notes]
    differ = ", ".join(differing(about_it, names_of(keys)))
    if differ:
        text += f"\n\n{say(inquiry.asked.lang, 'differ', keys=differ)}"
    return inquiry.made(text, (), CERTAIN)


def stated_of(inquiry: Inquiry, thing: Thing, keys: Collection[str]) -> list[Weighed]:
    """What the notes of a thing state under these keys, folded."""
    return [
        entry
        for note in sorted(thing.notes)
        for entry in properties.entries(
            inquiry.notes[note], keys, inquiry.gatherer.texts.whole(note)
        )
    ]


def names_of(drawers: Iterable[MetadataField]) -> frozenset[str]:
    """All names of some properties, folded."""
    return frozenset(fold(key) for drawer in drawers for key in drawer.names)
