"""Answers that set records of one note side by side: its sections, rows or labelled lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from index.text.terms import fold, terms
from search.answer.citations import listed
from search.answer.comparison import JOINED
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit
from search.answer.messages import say
from search.answer.properties import quoted_unit
from search.answer.question.families import Thing
from search.answer.records.sibling_answers import asked_names
from search.answer.siblings.note_records import Record, families, records
from search.answer.siblings.scope import named_records
from search.answer.siblings.sibling_names import stands
from search.answer.table_rows import Found, rows
from search.result import Answer

_MARK = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)、])[ \t]+(?:\[.\][ \t]+)?)?")
_NEAR = 3
"""Notes in which the records are looked for."""
_MOST = 6
_ROOM = 320
"""Characters that are quoted of a section."""


def compared_records(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """A row for each record that the question compares; None where it names fewer than two."""
    asked = asked_names(inquiry)
    for note in list(ranked)[:_NEAR]:
        for family in families(records(inquiry.gatherer.texts.beginning(note))):
            named = named_records(family, asked)
            called = [_called(record, asked.folded) for record in named]
            if not 2 <= len(named) <= _MOST or not all(called) or len(set(called)) < len(called):
                continue
            if inquiry.asked.kind != "compare" and not _are_joined(asked.folded, called):
                continue
            units = [_units(inquiry, note, record, called) for record in named]
            if all(units):
                return _answer(inquiry, note, called, units)
    return None


def _answer(
    inquiry: Inquiry, note: int, names: Sequence[str], units: Sequence[Sequence[Unit]]
) -> Answer:
    """A row for each record; rows of a table stand as one under its head."""
    if units[0][0].head:
        text = listed([unit for own in units for unit in own], inquiry.citations)
        return inquiry.made(text, (), CERTAIN)
    found = [
        Found(Thing(name, frozenset((note,))), [quoted_unit(unit) for unit in own], settled=True)
        for name, own in zip(names, units, strict=True)
    ]
    quoted = rows(found, inquiry.notes, inquiry.citations, inquiry.asked.lang)
    made = tuple(replace(row, date=None) for row in quoted)  # which is the note's
    text = say(inquiry.asked.lang, "things", count=len(made))
    return replace(inquiry.made(text, made, CERTAIN), kind="compare")


def _called(record: Record, folded: str) -> str:
    """The name by which a question gives a record."""
    given = (name for name in record.names if stands(name, folded))
    return max(given, key=len, default="")


def _are_joined(folded: str, names: Sequence[str]) -> bool:
    """Whether all the names stand side by side in a question."""
    places = sorted((folded.find(fold(name)), len(fold(name))) for name in names)
    return all(
        JOINED.fullmatch(folded, at + length, after)
        for (at, length), (after, _) in pairwise(places)
    )


def _units(inquiry: Inquiry, note: int, record: Record, names: Sequence[str]) -> list[Unit]:
    """The record where it is a line; of a section what speaks of the aspect, else its beginning."""
    if not record.family[0].startswith("h"):
        text = inquiry.gatherer.texts.beginning(note)
        mark = _MARK.match(text, record.start, record.end)
        start = mark.end() if mark else record.start
        end = record.start + len(text[record.start : record.end].rstrip())
        return [Unit(note, 0, start, end, text[start:end], (), head=record.head)]
    inside = [
        unit
        for passage in inquiry.gatherer.texts.passages(note)
        for unit in inquiry.gatherer.units(passage)
        if record.start <= unit.start and unit.end <= record.end
    ]
    named = {term for name in names for term in terms(name)}
    aspect = [c for c in inquiry.gatherer.words().clauses if named.isdisjoint(c)]
    about = [u for u in inside if any(not frozenset(terms(u.stated)).isdisjoint(c) for c in aspect)]
    chosen: list[Unit] = []
    for unit in about or inside:
        if chosen and sum(len(each.text) for each in chosen) + len(unit.text) > _ROOM:
            break
        chosen.append(unit)
    return chosen
