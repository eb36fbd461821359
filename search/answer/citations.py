"""Writes chosen units as Markdown with citation marks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from index.store.records import StoredNote
from search.answer.evidence.spans import FENCES, Unit
from search.result import Citation

_NEXT_ITEM = re.compile(r"\n\s*(?=(?:[-*+]|\d{1,2}[.)、])\s)")
_BLANK = re.compile(r"\n{3,}")
_WIKILINK = re.compile(r"!?\[\[([^\[\]\r\n]+)\]\]")


@dataclass(slots=True)
class Citations:
    """Numbers quotes in the order in which they are used; the same quote keeps its number."""

    notes: Mapping[int, StoredNote]
    given: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def cite(self, unit: Unit) -> int:
        """The number of the unit's quote."""
        note = self.notes[unit.note_id]
        number = self._numbers.setdefault((note.id, unit.start, unit.end), len(self.given) + 1)
        if number > len(self.given):
            place = (unit.heading, unit.text, unit.start, unit.end)
            self.given.append(Citation(number, note.path, note.title, *place))
        return number


def quoted(quote: str, mark: int) -> str:
    """A quote as it stands in an answer, with its mark.

    Code keeps its lines, a row its cells, the last of which takes the mark, a list its items;
    anything else is on one line. Of a wikilink its words are shown.
    """
    if quote.startswith(FENCES):
        return f"{quote}\n\n[{mark}]"
    quote = _WIKILINK.sub(lambda link: _words(link[1]), quote)
    if quote.startswith("|"):
        return f"{quote.rstrip().removesuffix('|').rstrip()} [{mark}] |"
    items = (" ".join(item.split()) for item in _NEXT_ITEM.split(quote))
    return "\n".join(items) + f" [{mark}]"


def _words(inside: str) -> str:
    """What a wikilink shows: its alias, else the name of its note and heading."""
    target, _, alias = inside.partition("|")
    path, _, heading = target.rstrip("\\").partition("#")
    name = path.rpartition("/")[2]
    return alias.strip() or " › ".join(part for part in (name, heading.strip("^")) if part)


def listed(
    chosen: Sequence[Unit],
    citations: Citations,
    *,
    attributed: bool = False,
    ranked: bool = False,
) -> str:
    """Quotes under the titles of their notes, each once.

    They stand note by note in reading order, the best note first, unless they are ``ranked``:
    then as they are given. Quotes of one note stand without its title, unless they are to be
    ``attributed``; rows stand together under the head of their table.
    """
    chosen = list({(unit.note_id, unit.start, unit.end): unit for unit in chosen}.values())
    if len(chosen) == 1 and not attributed:
        return _said(chosen[0], citations).strip("\n")
    if not ranked:
        chosen = note_by_note(sorted(chosen, key=lambda unit: unit.start), chosen)
    titled = attributed or len({unit.note_id for unit in chosen}) > 1
    parts = []
    for note_id, units in groupby(chosen, key=lambda unit: unit.note_id):
        heading = f"**{label(citations.notes[note_id])}**\n\n" if titled else ""
        parts.append(heading + "\n".join(_lines(list(units), citations)))
    return _BLANK.sub("\n\n", "\n\n".join(parts)).strip("\n")


def note_by_note(units: Iterable[Unit], best_first: Sequence[Unit]) -> list[Unit]:
    """Units with those of one note together, the note of the best unit first."""
    notes = list(dict.fromkeys(unit.note_id for unit in best_first))
    return sorted(units, key=lambda unit: notes.index(unit.note_id))


def _lines(units: Sequence[Unit], citations: Citations) -> Iterator[str]:
    """The quotes of a note as list items, code and tables between them."""
    told: set[str] = set()
    for unit in units:
        if unit.head in told:
            continue
        if unit.head:
            told.add(unit.head)
            rows = [quoted(u.text, citations.cite(u)) for u in units if u.head == unit.head]
            yield "\n".join(("", unit.head, *rows, ""))
        elif unit.is_code:
            yield f"\n{_said(unit, citations)}\n"
        else:
            yield f"- {_said(unit, citations)}"


def _said(unit: Unit, citations: Citations) -> str:
    quote = quoted(unit.text, citations.cite(unit))
    if unit.head:
        return f"{unit.head}\n{quote}"
    return f"**{unit.lead}**: {quote}" if unit.lead else quote


def label(note: StoredNote) -> str:
    """A note's title and date."""
    return f"{note.title} ({note.date})" if note.date else note.title
