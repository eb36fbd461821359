"""Chosen units → Markdown with citation marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.store.records import StoredNote
from search.answer.evidence.spans import FENCES, Unit
from search.result import Citation


@dataclass(slots=True)
class Citations:
    """Numbers quotes in the order in which they are used; the same quote keeps its number."""

    notes: Mapping[int, StoredNote]
    given: list[Citation] = field(default_factory=list)

    def cite(self, unit: Unit) -> int:
        """The number of the unit's quote."""
        note = self.notes[unit.note_id]
        for known in self.given:
            if (known.path, known.start, known.end) == (note.path, unit.start, unit.end):
                return known.id
        number = len(self.given) + 1
        place = (unit.heading, unit.text, unit.start, unit.end)
        self.given.append(Citation(number, note.path, note.title, *place))
        return number


def quoted(quote: str, mark: int, head: str = "") -> str:
    """A quote as it stands in an answer, with its mark.

    Code keeps its lines, a row stands under the ``head`` of its table; anything else is on one
    line.
    """
    if quote.startswith(FENCES):
        return f"{quote}\n\n[{mark}]"
    if head:
        return f"{head}\n{quote}\n\n[{mark}]"
    return f"{' '.join(quote.split())} [{mark}]"


def listed(
    chosen: Sequence[Unit],
    citations: Citations,
    *,
    attributed: bool = False,
    ranked: bool = False,
) -> str:
    """Quotes under the titles of their notes, best note first, each once.

    Quotes of one note stand without its title, unless they are to be ``attributed``, and in
    reading order, unless they are ``ranked``.
    """
    chosen = list({(unit.note_id, unit.start, unit.end): unit for unit in chosen}.values())
    by_note: dict[int, list[Unit]] = {}
    for unit in chosen:
        by_note.setdefault(unit.note_id, []).append(unit)
    if len(chosen) == 1 and not attributed:
        head = chosen[0].head if ranked else ""
        return quoted(chosen[0].text, citations.cite(chosen[0]), head)
    parts = []
    for note_id, units in by_note.items():
        ordered = units if ranked else sorted(units, key=lambda unit: unit.start)
        lines = [_line(unit, citations, unit.head if ranked else "") for unit in ordered]
        heading = (
            f"**{label(citations.notes[note_id])}**\n\n" if len(by_note) > 1 or attributed else ""
        )
        parts.append(heading + "\n".join(lines))
    return "\n\n".join(parts)


def label(note: StoredNote) -> str:
    """A note's title and date."""
    return f"{note.title} ({note.date})" if note.date else note.title


def _line(unit: Unit, citations: Citations, head: str) -> str:
    quote = quoted(unit.text, citations.cite(unit), head)
    return f"\n{quote}\n" if unit.is_code or head else f"- {quote}"
