"""Finds days within a note: dated headings, and lines that begin with a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.markdown.note import DaySection, Heading
from index.text.dates import full_date, leading_day

_WEEKDAY = (
    r"(?:(?:周|星期|礼拜)[一二三四五六日天]"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_REST = re.compile(rf"[\s,，（(\[【]*(?:{_WEEKDAY})?[\s.。)）\]】:：*_]*", re.IGNORECASE)
_LINE = re.compile(
    r"^(?:[ \t]*+>)*+[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?(?P<says>[*_\[]*+"
    r"(?=\d|[A-Z][a-z]{2})[^\r\n|]*+)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\s(（\[【]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class DayMark:
    """A place that names a day: a heading, a line by itself, or the beginning of a line."""

    date: str
    start: int
    end: int
    """Where its line ends."""
    level: int
    """Of a heading; below all headings for a line that is a date, else 0."""
    is_bare: bool
    """Whether it says the day and no more."""


_LINE_LEVEL = 7


def day_marks(visible: str, start: int, headings: Sequence[Heading], year: str) -> list[DayMark]:
    """All of them in order; ``year`` is meant where a heading gives month and day alone."""
    marks = [*_headings(headings, year), *_lines(visible, start, headings)]
    return sorted(marks, key=lambda mark: mark.start)


def day_sections(
    marks: Sequence[DayMark], headings: Sequence[Heading], end: int
) -> Iterator[DaySection]:
    """What stands under each mark: to the next heading as high, or to the line's end."""
    breaks = {heading.start: heading.level for heading in headings}
    breaks |= {mark.start: mark.level for mark in marks if mark.level == _LINE_LEVEL}
    ends: dict[int, int] = {}
    nearest = [end] * (_LINE_LEVEL + 1)
    for at in sorted(breaks, reverse=True):
        ends[at] = min(nearest[: breaks[at] + 1])
        nearest[breaks[at]] = at
    for mark in marks:
        yield DaySection(mark.date, mark.start, ends[mark.start] if mark.level else mark.end)


def _headings(headings: Sequence[Heading], year: str) -> Iterator[DayMark]:
    above: list[tuple[int, str]] = []
    for heading in headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        known = above[-1][1] if above else year
        found = leading_day(heading.title, known)
        if found:
            bare = _REST.fullmatch(heading.title, found[1]) is not None
            yield DayMark(found[0], heading.start, heading.end, heading.level, bare)
        elif closing := _closing_day(heading.title):
            yield DayMark(closing, heading.start, heading.end, heading.level, is_bare=False)
        above.append((heading.level, year_of(heading.title) or known))


def year_of(*names: str) -> str:
    """The year in the first of the names that has just one; empty where none has."""
    found = (_YEAR.findall(name) for name in names)
    return next((years[0] for years in found if len(years) == 1), "")


def _closing_day(title: str) -> str | None:
    """The day that a title ends in."""
    for word in list(_WORD.finditer(title))[-3:]:
        found = leading_day(title[word.start() :])
        if found and _REST.fullmatch(title, word.start() + found[1]):
            return None if full_date(title[: word.start()]) else found[0]
    return None


def _lines(visible: str, start: int, headings: Sequence[Heading]) -> Iterator[DayMark]:
    titles = {heading.start for heading in headings}
    for match in _LINE.finditer(visible, start):
        if match.start() in titles:
            continue
        says = match["says"]
        bare = says.lstrip("*_[")
        found = leading_day(bare)
        if found is None:
            continue
        day, length = found
        first = match.start("says")
        if _REST.fullmatch(bare, length):
            yield DayMark(day, first, match.end(), _LINE_LEVEL, is_bare=True)
        elif bare[length : length + 1] in " \t:：,，*_)）]-—–":
            yield DayMark(day, first, match.end(), 0, is_bare=False)
