"""Builds the shapes of an answer: quotes, a table of things, a complete list, or none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from search.answer.agenda.dated_lists import dated_list
from search.answer.agenda.day_answers import day_answer
from search.answer.citations import listed, note_by_note
from search.answer.comparison import coordinated, table
from search.answer.composition import Choice, by_parts, choose, scored, whole
from search.answer.context import Inquiry, none
from search.answer.disagreements import contrary
from search.answer.evidence.answerability import LEAST, refused
from search.answer.evidence.read_units import ReadUnit, read_units
from search.answer.evidence.scorer import answerable
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.selection import choose_each, of_one_note
from search.answer.evidence.spans import Unit
from search.answer.messages import say
from search.answer.property_answers import by_properties
from search.answer.question.intent import names, voice
from search.answer.question.subquestions import Facet, facets
from search.answer.records.compared_names import compared_names
from search.answer.records.compared_records import compared_records
from search.answer.records.copies import with_copies
from search.answer.records.row_answers import by_rows
from search.answer.records.section_answers import by_section
from search.answer.records.sibling_answers import about_asked, unknown
from search.answer.siblings.asked_aspect import is_dated
from search.query.keywords import asks
from search.result import Answer

_NOTES = 5
"""Notes that a plain answer may quote."""
_ROW_NOTES = 6
_ROOM, _ROOM_OF_MANY = 440, 520
"""Characters of quotes in a plain answer, and where several things or steps are asked."""
_LEAST = 0.65
"""Share of the best score below which a unit is not quoted: lower ones add more length than facts,
higher ones cost facts (questions of several parts on the largest vault, from 0.45 to 0.8)."""


def answer(inquiry: Inquiry) -> Answer:
    """The answer in the shape that the question wants."""
    if inquiry.text and not asks(inquiry.text):
        return none(inquiry.text, inquiry.asked.lang, "nothing")
    if (told := day_answer(inquiry)) is not None:
        return told
    ranked = inquiry.gatherer.ranked(_ROW_NOTES if inquiry.wants_rows else _NOTES, reading=False)
    if not ranked:
        narrowed = inquiry.gatherer.within is not None
        return none(inquiry.text, inquiry.asked.lang, "filtered" if narrowed else "nothing")
    told = _structured(inquiry, ranked) or _quoted(inquiry)
    return with_copies(inquiry, told, inquiry.gatherer.scores)


def _structured(inquiry: Inquiry, near: Mapping[int, float]) -> Answer | None:
    """What properties, rows, lists and the names of things tell; no passage is read for it."""
    strange = unknown(inquiry, near)
    if strange is not None:
        return strange
    ranked = about_asked(inquiry, near)
    if not ranked:
        return inquiry.none(near, 0.0)
    together = coordinated(inquiry.text, inquiry.named(ranked))
    first, second = (by_properties, by_rows) if together else (by_rows, by_properties)
    told = first(inquiry, ranked) or second(inquiry, ranked) or by_section(inquiry, ranked)
    if told is None and not together:
        told = compared_records(inquiry, ranked) or compared_names(inquiry, ranked)
    if told is None and inquiry.wants_rows:
        told = dated_list(inquiry, ranked)
    if told is None and (inquiry.wants_rows or together):
        told = table(inquiry, ranked)
    return told


def _quoted(inquiry: Inquiry) -> Answer:
    """The best units of the nearest notes, whose passages are read where there is a reader."""
    near = inquiry.gatherer.ranked(_NOTES)
    ranked = about_asked(inquiry, near)
    if not ranked:
        return inquiry.none(near, 0.0)
    parts = facets(inquiry.text)
    if inquiry.gatherer.read and not any(part.follows for part in parts):
        return _read(inquiry, ranked, parts)
    return _part_by_part(inquiry, ranked, parts)


def _read(inquiry: Inquiry, ranked: Mapping[int, float], parts: Sequence[Facet]) -> Answer:
    """The units that the reader finds to answer each part, or all of it, the best one first."""
    read = read_units(inquiry.gatherer)
    if not read:
        return inquiry.none(ranked, 0.0)
    sure, is_refused = _judged(inquiry, ranked, read)
    if is_refused:
        return inquiry.none(ranked, sure)
    choices = scored(_of_asked(inquiry, read) if inquiry.asked.kind == "opinion" else read)
    best: list[Choice] = []
    if parts:
        own = [read_units(inquiry.gatherer, part.text) for part in parts]
        best, choices = by_parts(choices, own)
    chosen = choose(choices, best, several=inquiry.wants_rows)
    chosen += _read_other_side(inquiry, chosen, ranked)
    passages = list(inquiry.gatherer.read.values())
    units = [_dated(inquiry, whole(each, passages)) for each in chosen]
    return _quoting(inquiry, note_by_note(units, units), sure)


def _dated(inquiry: Inquiry, unit: Unit) -> Unit:
    """The unit under its heading, where a date is wanted and only that gives one."""
    heading = unit.heading[-1] if unit.heading else ""
    is_told = is_dated(unit.text) or not is_dated(heading)
    return unit if is_told or not inquiry.asked.wants_date else replace(unit, lead=heading)


def _of_asked(inquiry: Inquiry, read: Sequence[ReadUnit]) -> Sequence[ReadUnit]:
    """The units that name whose opinion is asked for, or whose notes do, if there are any."""
    asked, gatherer = names(inquiry.asked), inquiry.gatherer
    notes = {each.unit.note_id for each in read}
    voices = {note for note in notes if voice(inquiry.asked, gatherer.notes[note])}
    own = [each for each in read if each.unit.note_id in voices or asked & each.terms]
    return own or read


def _judged(
    inquiry: Inquiry, ranked: Mapping[int, float], read: Sequence[ReadUnit]
) -> tuple[float, bool]:
    """How likely the notes answer, as the reader sees it, and whether they are said not to."""
    signs = inquiry.read_signs(ranked, read)
    sure = answerable(inquiry.features(signs))
    return sure, refused(sure, signs, across=inquiry.is_across(read))


def _part_by_part(inquiry: Inquiry, ranked: Mapping[int, float], asked: Sequence[Facet]) -> Answer:
    """The units that speak to each part of the question in turn, then to all of it."""
    weighed, *parts = inquiry.gatherer.weighed(ranked, asked)
    if read := read_units(inquiry.gatherer):
        sure, is_refused = _judged(inquiry, ranked, read)
    else:
        sure = inquiry.sure(ranked, weighed)
        is_refused = sure < LEAST
    if is_refused or not weighed:
        return inquiry.none(ranked, sure)
    many = len(parts) > 1 or inquiry.asked.kind == "howto"
    room = _ROOM_OF_MANY if many else _ROOM
    if inquiry.asked.kind == "howto":
        weighed = of_one_note(weighed)
    chosen = choose_each(weighed, parts, room, least=_LEAST)
    chosen += _other_side(inquiry, chosen, weighed)
    units = [each.unit for each in chosen]
    first, more = units[: len(parts)], units[len(parts) :]  # the best of each part, then the rest
    ordered = [*note_by_note(first, units), *note_by_note(more, units)]
    return _quoting(inquiry, ordered, sure)


def _quoting(inquiry: Inquiry, units: Sequence[Unit], sure: float) -> Answer:
    """The answer that quotes these units, and says which of their notes disagree."""
    whose = inquiry.asked.kind == "opinion"
    text = listed(units, inquiry.citations, attributed=whose, ranked=True)
    quoted = list(dict.fromkeys(unit.note_id for unit in units))
    return inquiry.made(text + _disagreements(inquiry, quoted), (), sure)


def _read_other_side(
    inquiry: Inquiry, chosen: Sequence[Choice], near: Collection[int]
) -> list[Choice]:
    """The best unit of each near note that is linked as saying the contrary of a quoted one."""
    others = _contrary_to(frozenset(each.unit.note_id for each in chosen), near, inquiry)
    if not others:
        return []
    inquiry.gatherer.read_also(others)
    choices = scored(read_units(inquiry.gatherer))
    best = {each.unit.note_id: each for each in reversed(choices) if each.unit.note_id in others}
    return list(best.values())


def _other_side(
    inquiry: Inquiry, chosen: Sequence[Weighed], weighed: Sequence[Weighed]
) -> list[Weighed]:
    """The same of units that were weighed."""
    near = {each.unit.note_id for each in weighed if each.score >= _LEAST * weighed[0].score}
    others = _contrary_to(frozenset(each.unit.note_id for each in chosen), near, inquiry)
    best = {each.unit.note_id: each for each in reversed(weighed) if each.unit.note_id in others}
    return list(best.values())


def _contrary_to(quoted: frozenset[int], near: Collection[int], inquiry: Inquiry) -> frozenset[int]:
    """Those of the near notes that are linked as saying the contrary of a quoted one."""
    pairs = contrary(quoted.union(near), inquiry.gatherer.state.catalogue)
    both = frozenset(note for pair in pairs if not quoted.isdisjoint(pair) for note in pair)
    return both - quoted


def _disagreements(inquiry: Inquiry, quoted: Sequence[int]) -> str:
    """A line for each two of the quoted notes that are linked as saying the contrary."""
    pairs = contrary(quoted, inquiry.gatherer.state.catalogue)
    titles = ((inquiry.notes[one].title, inquiry.notes[other].title) for one, other in pairs)
    lang = inquiry.asked.lang
    return "".join(f"\n\n{say(lang, 'contrary', one=a, other=b)}" for a, b in titles)
