"""Rows of a comparison, a timeline or a list: a thing, its date, the sentence that states it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.records import StoredNote
from index.words import terms
from search.answer.choose import choose
from search.answer.clauses import Words
from search.answer.compose import Citations, quoted
from search.answer.evidence import Weighed
from search.answer.families import Thing
from search.answer.units import FENCES
from search.answer.words import say
from search.language import Language
from search.result import Row

ROOM = 1400
"""Characters of quotes in all rows together."""
_ROOM_OF_ONE = 420
_CLAUSE = re.compile(r"[，；;。]|,\s")
_GIST = 90
"""Characters of a quote in the sentence over the table."""
_SECOND = 0.8
"""Share of a row's best score from which a second sentence is worth quoting."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing and the units that speak of the aspect, best first."""

    thing: Thing
    weighed: Sequence[Weighed]
    settled: bool = False
    """Whether all of them are to be quoted."""


def rows(
    found: Sequence[Found], notes: Mapping[int, StoredNote], citations: Citations, lang: Language
) -> tuple[Row, ...]:
    """One row a thing; one without evidence says so."""
    room = min(_ROOM_OF_ONE, ROOM // max(len(found), 1))
    return tuple(_row(each, notes, citations, lang, room) for each in found)


def ordered(found: Sequence[Found], notes: Mapping[int, StoredNote]) -> list[Found]:
    """By date, then version; what has no date keeps its place by version at the end."""
    return sorted(found, key=lambda each: (date(each, notes) or "9999", each.thing.version))


def date(found: Found, notes: Mapping[int, StoredNote]) -> str | None:
    """The date of the note quoted, else the earliest of the thing's notes."""
    if found.weighed:
        quoted_note = notes[found.weighed[0].unit.note_id].date
        if quoted_note:
            return quoted_note
    return min((d for note in found.thing.notes if (d := notes[note].date)), default=None)


def change(made: Sequence[Row], words: Words, lang: Language) -> str:
    """One sentence over a table: its first and last statements, as the rows quote them.

    ``words`` are those of the aspect; of a long quote the clause that speaks of it is taken.
    Where no two rows state anything, or one is code, it says only how many rows there are.
    """
    stated = [row for row in made if row.citations]
    if len(stated) < 2 or any(row.text.startswith(FENCES) for row in (stated[0], stated[-1])):
        return say(lang, "things", count=len(made))
    first, last = stated[0], stated[-1]
    return say(
        lang,
        "change",
        first=_dated(first),
        before=_gist(first, words),
        last=_dated(last),
        after=_gist(last, words),
    )


def _dated(row: Row) -> str:
    return f"{row.subject} ({row.date})" if row.date else row.subject


def _gist(row: Row, words: Words) -> str:
    """A row's first quote with its mark, or its clause about the aspect where it is long."""
    quote, mark, _ = row.text.partition(f" [{row.citations[0]}]")
    if len(quote) > _GIST:
        clauses = [clause.strip() for clause in _CLAUSE.split(quote) if clause.strip()]
        quote = max(clauses, key=lambda clause: words.share(frozenset(terms(clause))))
    return f"{quote}{mark}"


def _row(
    found: Found, notes: Mapping[int, StoredNote], citations: Citations, lang: Language, room: int
) -> Row:
    chosen = list(found.weighed)
    if not found.settled:
        chosen = choose(found.weighed, room, least=_SECOND, most=3) or chosen[:1]
    marks = [citations.cite(each.unit) for each in chosen]
    text = " ".join(quoted(each.unit.text, mark) for each, mark in zip(chosen, marks, strict=True))
    return Row(found.thing.name, date(found, notes), text or say(lang, "unstated"), tuple(marks))
