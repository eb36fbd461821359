"""Chosen units → Markdown with citation marks."""

from collections.abc import Iterable, Mapping, Sequence
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


def quoted(quote: str, mark: int) -> str:
    """A quote as it stands in an answer: on one line unless it is code, with its mark."""
    if quote.startswith(FENCES):
        return f"{quote}\n\n[{mark}]"
    return f"{' '.join(quote.split())} [{mark}]"


def listed(chosen: Sequence[Unit], citations: Citations, *, attributed: bool = False) -> str:
    """Quotes in reading order under the titles of their notes, best note first, each once.

    Quotes of one note stand without its title, unless they are to be ``attributed``.
    """
    chosen = list({(unit.note_id, unit.start, unit.end): unit for unit in chosen}.values())
    by_note: dict[int, list[Unit]] = {}
    for unit in chosen:
        by_note.setdefault(unit.note_id, []).append(unit)
    if len(chosen) == 1 and not attributed:
        return quoted(chosen[0].text, citations.cite(chosen[0]))
    parts = []
    for note_id, units in by_note.items():
        lines = _lines(sorted(units, key=lambda unit: unit.start), citations)
        heading = (
            f"**{label(citations.notes[note_id])}**\n\n" if len(by_note) > 1 or attributed else ""
        )
        parts.append(heading + "\n".join(lines))
    return "\n\n".join(parts)


def label(note: StoredNote) -> str:
    """A note's title and date."""
    return f"{note.title} ({note.date})" if note.date else note.title


def _lines(units: Iterable[Unit], citations: Citations) -> list[str]:
    return [
        f"\n{quoted(unit.text, citations.cite(unit))}\n"
        if unit.is_code
        else f"- {quoted(unit.text, citations.cite(unit))}"
        for unit in units
    ]
