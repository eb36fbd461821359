"""Collects what the notes say of a period: the lines of its days, in order."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.markdown.frontmatter import block_end
from index.markdown.note import DaySection
from index.markdown.sentences import sentences
from index.store.records import StoredNote
from index.text.dates import day_in_name, day_named
from search import deadline
from search.answer.context import Inquiry
from search.answer.evidence.spans import FENCES, Unit
from search.conditions.days import touches

_BOX = re.compile(r"(?:\[[ xX/-]\]|[☐☑✔☒])[ \t]*\Z")
_LONGEST = 420
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
_FEW_LINES = 3
"""Lines of a note that is of a day by its properties alone, which is no journal."""


@dataclass(frozen=True, slots=True)
class DayLines:
    """The lines that one note has of one day."""

    date: str
    note: int
    is_journal: bool
    """Whether the day is the note's name, or a section's, and not only its date."""
    units: tuple[Unit, ...]


def day_lines(inquiry: Inquiry, first: str, last: str) -> list[DayLines]:
    """What was noted from ``first`` to ``last`` (ISO days, empty where open), in order of days."""
    within = inquiry.gatherer.within
    found = [
        day
        for note in inquiry.notes.values()
        if within is None or note.id in within
        for day in _of_note(inquiry, note, first, last)
    ]
    return sorted(
        found, key=lambda day: (day.date, not day.is_journal, inquiry.notes[day.note].path)
    )


def _of_note(inquiry: Inquiry, note: StoredNote, first: str, last: str) -> Iterator[DayLines]:
    """The lines of a note by their day: that of the innermost section, else the note's own."""
    own = note.date is not None and touches(note.date, first, last)
    if not own and not any(touches(day.date, first, last) for day in note.days):
        return
    text = inquiry.gatherer.texts.whole(note.id)
    asked = [day for day in note.days if own or touches(day.date, first, last)]
    start = 0 if own else min(day.start for day in asked)
    end = len(text) if own else max(day.end for day in asked)
    by_day: dict[str, list[Unit]] = {}
    sections = {day.date for day in note.days}
    is_named = is_named_by_day(note)
    rest = None if note.date in sections and not is_named else note.date
    for unit, section in _in_sections(_units(note, text[:end], start), note.days):
        deadline.check()
        named = section.date if section else rest
        if named and touches(named, first, last):
            by_day.setdefault(named, []).append(unit)
    for named, units in by_day.items():
        journal = named in sections or is_named
        yield DayLines(named, note.id, journal, tuple(units if journal else units[:_FEW_LINES]))


def is_named_by_day(note: StoredNote) -> bool:
    """Whether a note is a day's: its name or title says which."""
    name = note.path.rpartition("/")[2].rpartition(".")[0]
    return day_in_name(name) is not None or day_in_name(note.title) is not None


def _in_sections(
    units: Iterable[Unit], days: Iterable[DaySection]
) -> Iterator[tuple[Unit, DaySection | None]]:
    """Units, in order, each with the innermost section that it stands in."""
    later = deque(sorted(days, key=lambda day: day.start))
    around: list[DaySection] = []
    for unit in units:
        while later and later[0].start <= unit.start:
            around.append(later.popleft())
        while around and around[-1].end <= unit.start:
            around.pop()
        yield unit, around[-1] if around else None


def _units(note: StoredNote, text: str, first: int) -> Iterator[Unit]:
    """The lines of a note's body from ``first`` on, less headings and what is only a date."""
    for start, end in _lines(text, max(first, block_end(text))):
        line = text[start:end]
        if not _is_date(line):
            yield Unit(note.id, 0, start, end, line, (), is_code=line.startswith(FENCES))


def _is_date(line: str) -> bool:
    return day_named(line.strip("*_:：[] ")) is not None


def _lines(text: str, body: int) -> Iterator[tuple[int, int]]:
    """Sentences put together to lines, with their boxes; headings are left out.

    A line is what stands between line ends; one that its width alone broke is put together,
    and a very long one is given in parts.
    """
    held: tuple[int, int] | None = None
    for first, last in sentences(text[body:]):
        start, end = body + first, body + last
        line = text.rfind("\n", 0, start) + 1
        if _HEADING.match(text, line):
            continue
        box = _BOX.search(text[line:start])
        start = line + box.start() if box else start
        if held and "\n" not in text[held[1] : start] and end - held[0] <= _LONGEST:
            held = held[0], end
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held


def nearest_day(inquiry: Inquiry, first: str, last: str) -> Sequence[tuple[str, int]]:
    """The day with notes that is nearest to a period, and those notes."""
    days: dict[str, set[int]] = {}
    gatherer = inquiry.gatherer
    within = gatherer.state.catalogue.within(gatherer.query.filters)
    for note in inquiry.notes.values():
        if within is None or note.id in within:
            for day in {note.date, *(section.date for section in note.days)} - {None}:
                days.setdefault(str(day), set()).add(note.id)
    full = [day for day in days if len(day) == len("2026-01-01")]
    if not full:
        return ()
    best = min(full, key=lambda day: (_distance(day, first, last), day))
    return [(best, note) for note in sorted(days[best])]


def _distance(day: str, first: str, last: str) -> int:
    one = date.fromisoformat(day).toordinal()
    start = date.fromisoformat(first).toordinal() if first else one
    end = date.fromisoformat(last).toordinal() if last else one
    return max(start - one, one - end, 0)
