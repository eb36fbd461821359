"""Makes the rows of a comparison, timeline or list: a thing, its date, the sentence that states it.

What the frontmatter of listed notes says, so that a list can be a table of properties.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.store.records import StoredNote
from index.text.language import Language
from index.text.terms import terms
from search.answer.citations import Citations, quoted
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.selection import adding, choose
from search.answer.evidence.spans import FENCES
from search.answer.evidence.term_weights import Words
from search.answer.messages import say
from search.answer.question.families import Thing
from search.catalogue.catalogue import Catalogue
from search.result import Answer, PropertyView, Row

_ROOM = 1400
"""Characters of quotes in all rows together."""
_ROOM_OF_ONE = 420
_CLAUSE = re.compile(r"[，；;。]|,\s")
_GIST = 90
"""Characters of a quote in the sentence over the table."""
_SECOND = 0.65
"""Share of a row's best score from which a second sentence is worth quoting."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing and the units that speak of the aspect, best first."""

    thing: Thing
    weighed: Sequence[Weighed]
    settled: bool = False
    """Whether all of them are to be quoted."""
    aspect: Words | None = None
    """What is asked; where it is known, a second unit is quoted only if it says more of it."""


def rows(
    found: Sequence[Found],
    notes: Mapping[int, StoredNote],
    citations: Citations,
    lang: Language,
    numbers: bool = False,
) -> tuple[Row, ...]:
    """One row a thing; one without evidence says so. ``numbers`` tells that figures are asked."""
    each_has = room(len(found))
    return tuple(_row(each, notes, citations, lang, each_has, numbers) for each in found)


def room(count: int) -> int:
    """Characters of quotes in each of so many rows."""
    return min(_ROOM_OF_ONE, _ROOM // max(count, 1))


def ordered(found: Sequence[Found], notes: Mapping[int, StoredNote]) -> list[Found]:
    """By date, then version; what has no date stands before the next version that has one."""
    dates = {id(each): date(each, notes) for each in found}
    after = "9999"
    for each in sorted(found, key=lambda each: each.thing.version, reverse=True):
        if each.thing.version:
            after = dates[id(each)] = dates[id(each)] or after
    return sorted(found, key=lambda each: (dates[id(each)] or "9999", each.thing.version))


def date(found: Found, notes: Mapping[int, StoredNote]) -> str | None:
    """The date of the note quoted, where it is the thing's, else the earliest of its notes."""
    if found.weighed and found.weighed[0].unit.note_id in found.thing.notes:
        quoted_note = notes[found.weighed[0].unit.note_id].date
        if quoted_note:
            return quoted_note
    return min((d for note in found.thing.notes if (d := notes[note].date)), default=None)


def change(made: Sequence[Row], words: Words, lang: Language) -> str:
    """One sentence over a table: its first and last statements, as the rows quote them.

    ``words`` are those of the aspect; of a long quote the clause that speaks of it is taken.
    Where no two rows state anything of it, or one is code, it says how many rows there are.
    """
    stated = [row for row in made if row.citations]
    if len(stated) < 2 or any(row.text.startswith(FENCES) for row in (stated[0], stated[-1])):
        return say(lang, "things", count=len(made))
    first, last = stated[0], stated[-1]
    before, after = _gist(first, words), _gist(last, words)
    if before is None or after is None:
        return say(lang, "things", count=len(made))
    said = {"first": _dated(first), "before": before, "last": _dated(last), "after": after}
    return say(lang, "change", **said)


def _dated(row: Row) -> str:
    return f"{row.subject} ({row.date})" if row.date else row.subject


def _gist(row: Row, words: Words) -> str | None:
    """A row's first quote with its mark, or its clause about the aspect where it is long.

    None where no clause is about it.
    """
    quote, mark, _ = row.text.partition(f" [{row.citations[0]}]")
    if len(quote) > _GIST:
        clauses = [clause.strip() for clause in _CLAUSE.split(quote) if clause.strip()]
        best = max(clauses, key=lambda clause: words.share(frozenset(terms(clause))))
        if not words.share(frozenset(terms(best))):
            return None
        quote = best
    return f"{quote}{mark}"


def _row(
    found: Found,
    notes: Mapping[int, StoredNote],
    citations: Citations,
    lang: Language,
    room: int,
    numbers: bool,
) -> Row:
    chosen = list(found.weighed)
    if not found.settled:
        chosen = choose(found.weighed, room, least=_SECOND, most=3) or chosen[:1]
        if found.aspect is not None:
            chosen = adding(chosen, found.aspect, numbers=numbers)
    marks = [citations.cite(each.unit) for each in chosen]
    text = " ".join(quoted(each.unit.text, mark) for each, mark in zip(chosen, marks, strict=True))
    return Row(found.thing.name, date(found, notes), text or say(lang, "unstated"), tuple(marks))


def with_properties(answer: Answer, catalogue: Catalogue) -> Answer:
    """The answer; where it is a list, each row with the properties of the note it quotes."""
    if answer.kind != "list":
        return answer
    paths = {citation.id: citation.path for citation in answer.citations}
    made = (
        _described(row, paths[row.citations[0]], catalogue) if row.citations else row
        for row in answer.rows
    )
    return replace(answer, rows=tuple(made))


def _described(row: Row, path: str, catalogue: Catalogue) -> Row:
    note = catalogue.notes[catalogue.by_path[path]]
    own = (entry for entry in note.properties if not entry.inline)
    return replace(row, properties=tuple(PropertyView(p.key, p.values) for p in own))
