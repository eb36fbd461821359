"""Answers from conditions alone: every note that fulfils them, with the lines that say so."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from index.store.records import StoredNote
from index.text.terms import fold
from search.answer import properties
from search.answer.citations import listed
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.spans import Unit
from search.answer.messages import say
from search.answer.question.families import Thing
from search.answer.table_rows import Found, rows
from search.catalogue.catalogue import Catalogue
from search.condition import Condition
from search.conditions.matching import is_of_relation, linked_notes, same_keys, stated, under
from search.conditions.semantic_parser import Selection
from search.conditions.values import amount, day
from search.result import Answer

_MOST = 500
"""Rows of the longest list; the sentence over it tells how many there are."""
_MOST_LINES = 12
"""Lines of one note that say so: an index of everything links to a thing many times."""
_LINE = re.compile(r"(?<![^\s>-])[^\s>-][^\n\r]{0,300}(?<=\S)")
_TAG_KEYS = frozenset({"tags", "tag"})


def by_conditions(inquiry: Inquiry, selected: Selection) -> Answer:
    """The notes selected, all of them in rows; of the most and the least the notes themselves."""
    catalogue = inquiry.gatherer.state.catalogue
    keys = frozenset[str]().union(*(same_keys(key, catalogue) for key in selected.keys))
    ordered = _ordered(selected, catalogue)
    found = [
        Found(
            Thing(inquiry.notes[note].title, frozenset((note,))),
            _saying(inquiry, inquiry.notes[note], keys, selected.understood.conditions),
            settled=True,
        )
        for note in ordered[:_MOST]
    ]
    if selected.form == "extreme":
        quotes = [each.unit for one in found for each in one.weighed]
        text = listed(quotes, inquiry.citations, attributed=True)
        return inquiry.made(text, (), CERTAIN)
    made = rows(found, inquiry.notes, inquiry.citations, inquiry.asked.lang)
    text = say(inquiry.asked.lang, "listed", count=len(ordered))
    return replace(inquiry.made(text, made, CERTAIN), kind="list")


def _ordered(selected: Selection, catalogue: Catalogue) -> list[int]:
    """By what is compared, the most first; else by date and title."""
    notes = catalogue.notes
    plain = sorted(selected.notes, key=lambda n: (notes[n].date or "", notes[n].title, n))
    compared = [c for c in selected.understood.conditions if c.op in (">", ">=", "<", "<=")]
    if not compared:
        return plain
    values = stated(compared[0].key, catalogue)
    return sorted(plain, key=lambda note: _size(values.get(note, ())), reverse=True)


def _size(values: Iterable[str]) -> tuple[float, str]:
    for value in values:
        number, date = amount(value), day(value)
        if date is not None or number is not None:
            return (0.0 if number is None or date else number), date or ""
    return 0.0, ""


def _saying(
    inquiry: Inquiry, note: StoredNote, keys: Collection[str], conditions: Sequence[Condition]
) -> list[Weighed]:
    """The lines of a note that say what was asked of it, else the first that says anything."""
    lines = (line for each in conditions for line in _linking(inquiry, note.id, each))
    linking = list(islice(lines, _MOST_LINES))
    if linking:
        return linking
    text = inquiry.gatherer.texts.whole(note.id)
    entries = [entry for entry in note.properties if under(entry, keys)]
    if not entries and any(condition.kind == "tag" for condition in conditions):
        entries = [entry for entry in note.properties if fold(entry.key) in _TAG_KEYS]
    if entries:
        wanted = {fold(entry.key) for entry in entries}
        return properties.entries(note, wanted, text)
    line = _first_line(note, text)
    return [properties.quoted_unit(line)] if line else []


def _linking(inquiry: Inquiry, note: int, condition: Condition) -> Iterator[Weighed]:
    """The lines in which a note links so to the one named, or is linked by it."""
    if condition.kind != "link" or condition.negated:
        return
    catalogue = inquiry.gatherer.state.catalogue
    links = catalogue.links_in if condition.is_backward else catalogue.links_out
    around = links.get(note, ())
    named = linked_notes(condition, (catalogue.notes[other] for other, _ in around))
    for other, link in around:
        if other in named and is_of_relation(link, condition):
            text = inquiry.gatherer.texts.whole(link.source_id)
            start = text.rfind("\n", 0, link.start) + 1
            line = _LINE.search(text, start)
            if line:
                end = max(line.end(), link.end)
                unit = Unit(link.source_id, 0, line.start(), end, text[line.start() : end], ())
                yield properties.quoted_unit(unit)


def _first_line(note: StoredNote, text: str) -> Unit | None:
    """The first line of text behind frontmatter and headings, else the first of all."""
    at = max((entry.end for entry in note.properties), default=0)
    first = _LINE.search(text, at) or _LINE.search(text)
    lines = _LINE.finditer(text, first.start()) if first else ()
    plain = (line for line in lines if not line[0].startswith(("#", "---", "```")))
    line = next(plain, first)
    return Unit(note.id, 0, line.start(), line.end(), line[0], ()) if line else None
