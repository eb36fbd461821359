"""Answers in rows: the versions of a family, the things named, else a row for each note."""

import re
from collections.abc import Iterator, Mapping, Sequence

from index.text.terms import fold, terms
from search.answer import table_rows
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.answerability import LEAST
from search.answer.evidence.features import asked_clauses
from search.answer.evidence.labels import parallel
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.selection import choose_each
from search.answer.evidence.term_weights import Words
from search.answer.messages import say
from search.answer.properties import entries, quoted_unit
from search.answer.question.families import Thing
from search.answer.question.subquestions import facets
from search.answer.table_rows import Found
from search.catalogue.fields import NAMING
from search.catalogue.variants import name_tokens
from search.result import Answer, Row

_FOCUS = 2.0
"""Within one thing's notes the aspect's words count this much more: all of it is about the
thing, little of it about the aspect."""
_ALIKE = 0.2
"""Cosine from which a unit is about the aspect though it shares no word with it."""
_NEAR = 0.4
"""Share of the best score below which a note has no row."""
_LEAST = 0.6
"""And of the best in its own note below which a unit is not quoted."""
_NEAREST = 3
"""Notes that may be of a family though their titles give no version."""
JOINED = re.compile(
    r"[\W_]*(?:和|与|跟|及|或者?|还是|以及|比|\b(?:and|or|versus|vs|with|than)\b)?[\W_]*"
    r"(?:\b(?:on|in|at|for|of|by)\b)?[\W_]*(?:\b(?:the|my|our|that of)\b)?[\W_]*"
)
"""What stands between the names of things that are asked about together."""
_LATIN, _PART = re.compile(r"[a-z]+"), re.compile(r"[a-z]+|[^a-z]+")
_ENDS = re.compile(r"[?!。;]")
"""What ends a question: the next one is about something else. Of a folded text."""
_FIELD = re.compile(r"[\w -]+::\s")
_MOST_KEYS = 6
"""Properties that are set side by side where nothing else is asked."""
_OPENING = 240
"""Characters of what a note says first, where nothing else of it is asked."""
_AS_NEAR = 0.9
"""Share of the best note's score from which another one is as good as the best."""


def table(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """A row for each thing that is compared, in order of date; None where fewer than two are.

    Without a reader of passages a row for each note that tells takes their place.
    """
    things = compared(inquiry, ranked)
    found, sure = about(inquiry, things) if things else [], CERTAIN
    telling = sum(bool(each.weighed) for each in found)
    if inquiry.gatherer.reader and telling < (2 if inquiry.wants_rows else max(len(found), 2)):
        return None
    if not any(each.weighed for each in found):
        things = []
        said = inquiry.gatherer.weighed(ranked, facets(inquiry.text), titled=False)
        sure = inquiry.sure(ranked, said[0])
        if sure < LEAST:
            return inquiry.none(ranked, sure)
        found = _by_note(inquiry, said)
    else:
        sure = CERTAIN * (1 + telling / len(found)) / 2
    if inquiry.asked.kind != "list":
        found = table_rows.ordered(found, inquiry.notes)
    return inquiry.made(*with_intro(inquiry, found, things), sure)


def compared(inquiry: Inquiry, ranked: Mapping[int, float]) -> list[Thing]:
    """The things that the question compares; none where it compares notes."""
    if inquiry.asked.kind == "list":
        return []
    versions = inquiry.names.versions(inquiry.text) or _changing(inquiry, ranked)
    things = versions or without_kinds(inquiry, inquiry.named(ranked))
    things += inquiry.names.titled(inquiry.text, things) if things else []
    things += _relative(inquiry, ranked, versions)
    return things if len(things) > 1 else []


def _changing(inquiry: Inquiry, ranked: Mapping[int, float]) -> list[Thing]:
    """The versions of what is said to change, where the nearest notes are about them."""
    if inquiry.asked.kind != "timeline":
        return []
    subject = inquiry.names.subject(inquiry.text)
    near = [thing for thing in subject if not thing.notes.isdisjoint(ranked)]
    return subject if len(near) > 1 else []


def _relative(
    inquiry: Inquiry, ranked: Mapping[int, float], versions: Sequence[Thing]
) -> list[Thing]:
    """One of the best notes, with those beside it, of the family by title, but of no version."""
    if not versions:
        return []
    family = frozenset.intersection(*(thing.family for thing in versions))
    known = frozenset[int]().union(*(thing.notes for thing in versions))
    near = list(ranked)[:_NEAREST]
    titles = {note: frozenset(terms(inquiry.notes[note].title)) for note in near}
    others = [note for note in near if note not in known and family and family <= titles[note]]
    if not others or ranked[others[0]] < _AS_NEAR:
        return []
    return [Thing(inquiry.notes[others[0]].title, frozenset(others))]


def coordinated(text: str, things: Sequence[Thing]) -> list[Thing]:
    """The things that a question names side by side: A and B, 甲、乙和丙.

    What is asked of the first may be said again before another: who has A and who has B.
    """
    folded = fold(text)
    found: list[Thing] = []
    asked: frozenset[str] = frozenset()
    end = 0
    for thing in things:
        at = folded.find(fold(thing.name), end)
        if not found:
            asked = frozenset(_LATIN.findall(folded[: max(at, 0)]))
        between = [part for part in _PART.findall(folded[end:at]) if part not in asked]
        apart = at < 0 or not JOINED.fullmatch("".join(between)) or _ENDS.search(folded, end, at)
        if found and apart:
            if len(found) > 1:
                break
            found = []
        if at >= 0:
            found.append(thing)
            end = at + len(fold(thing.name))
    return found if len(found) > 1 else []


def without_kinds(inquiry: Inquiry, things: list[Thing]) -> list[Thing]:
    """The things less those whose name is also a property's value, where two others are left.

    Of three stores and "the Rust one" it tells which store is meant.
    """
    drawers = inquiry.gatherer.state.catalogue.fields
    values = {form for each in drawers if each.kind == "property" for form in each.notes}
    plain = [thing for thing in things if name_tokens(thing.name) not in values]
    return plain if len(plain) > 1 else things


def filed_under(inquiry: Inquiry, things: Sequence[Thing]) -> frozenset[str]:
    """What the notes of the things are filed under: the service of the ledger service."""
    catalogue = inquiry.gatherer.state.catalogue
    notes = [note for thing in things for note in thing.notes]
    filed = (text for note in notes for text in (*catalogue.tags[note], catalogue.folders[note]))
    return frozenset(term for text in filed for term in terms(text))


def about(inquiry: Inquiry, things: Sequence[Thing]) -> list[Found]:
    """What each thing's own notes say of the aspect: the question less the things' names."""
    names = [thing.name for thing in things]
    if not asked_clauses(inquiry.asked, inquiry.gatherer.words(), names):
        return _described(inquiry, things)
    aspect = inquiry.aspect(things)
    groups = [thing.notes for thing in things]
    weighed = inquiry.gatherer.weighed_each(groups, aspect, _FOCUS)
    words = inquiry.gatherer.words(aspect)
    weighed = parallel(weighed, words)
    return [
        Found(thing, [each for each in units if _speaks(each, words)], aspect=words)
        for thing, units in zip(things, weighed, strict=True)
    ]


def _described(inquiry: Inquiry, things: Sequence[Thing]) -> list[Found]:
    """What the note of each thing says first, and the properties in which they differ."""
    notes = [
        min(thing.notes, key=lambda n: (len(inquiry.notes[n].title), inquiry.notes[n].path))
        for thing in things
    ]
    said = [
        {fold(e.key): e.values for e in inquiry.notes[note].properties if fold(e.key) not in NAMING}
        for note in notes
    ]
    shared = [key for key in said[0] if all(key in own for own in said)]
    differing = [key for key in shared if any(own[key] != said[0][key] for own in said)]
    return [
        Found(
            thing,
            [
                *_opening(inquiry, note),
                *entries(
                    inquiry.notes[note], differing[:_MOST_KEYS], inquiry.gatherer.texts.whole(note)
                ),
            ],
            settled=True,
        )
        for thing, note in zip(things, notes, strict=True)
    ]


def _opening(inquiry: Inquiry, note: int) -> Iterator[Weighed]:
    """What a note says first, as far as one takes it in."""
    passages = inquiry.gatherer.texts.passages(note)
    units = (unit for passage in passages for unit in inquiry.gatherer.units(passage))
    room = _OPENING
    for unit in units:
        if unit.is_property or unit.is_code or _FIELD.match(unit.text):
            continue
        room -= len(unit.text)
        if room < 0 and room + len(unit.text) < _OPENING:
            return
        yield quoted_unit(unit)


def _speaks(each: Weighed, words: Words) -> bool:
    """Whether a unit is about the aspect at all."""
    if each.unit.is_property or each.unit.is_code:  # values have a table of their own
        return False
    held = each.terms | frozenset(terms(" ".join(each.unit.heading)))
    return words.share(held) > 0 or each.meaning >= _ALIKE


def with_intro(
    inquiry: Inquiry, found: Sequence[Found], things: Sequence[Thing]
) -> tuple[str, tuple[Row, ...]]:
    """The sentence over a table, and its rows."""
    lang = inquiry.asked.lang
    numbers = inquiry.asked.wants_number
    made = table_rows.rows(found, inquiry.notes, inquiry.citations, lang, numbers)
    if inquiry.asked.kind == "list":
        return say(lang, "ranked", count=len(made)), made
    if not things or inquiry.asked.kind != "timeline":
        return say(lang, "things", count=len(made)), made
    aspect = inquiry.gatherer.words(inquiry.aspect(things))
    return table_rows.change(made, aspect, lang), made


def _by_note(inquiry: Inquiry, said: Sequence[Sequence[Weighed]]) -> list[Found]:
    """A row for each note that tells, of what it says to the question and each of its parts."""
    best: dict[int, float] = {}
    for each in said[0]:
        best.setdefault(each.unit.note_id, each.score)
    near = [note for note in best if best[note] >= _NEAR * max(best.values())]
    room = table_rows.room(len(near))
    found = []
    for note in near:
        own, *parts = ([each for each in units if each.unit.note_id == note] for units in said)
        chosen = choose_each(own, parts, room, least=_LEAST) or own[:1]
        thing = Thing(inquiry.notes[note].title, frozenset((note,)))
        found.append(Found(thing, chosen, settled=True))
    return found
