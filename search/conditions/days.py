"""Days and periods that a question names, counted from today, and the notes that speak of them.

Weeks begin on Monday. A day or month without its year is the last one that there was, or the
next one where the question looks ahead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.store.records import StoredNote
from search.catalogue.catalogue import Catalogue
from search.condition import Condition
from search.conditions.calendar.calendar_spans import Reading, Span
from search.conditions.calendar.calendar_words import PATTERNS, Pattern, looks_ahead
from search.query.query_syntax import Query

_JOINED = re.compile(
    r"\s*(?P<joint>到|至|和|与|~|～|–|—|-|to|till|until|through|and)\s*(?:the\s+)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:从|自|在|\bfrom|\bbetween)\s*(?:the\s+)?\Z", re.IGNORECASE)
_SINCE = re.compile(r"(?:\bsince|\bafter|从|自)\s*(?:the\s+)?\Z", re.IGNORECASE)
_UNTIL = re.compile(r"(?:\bbefore|\buntil|\btill|截至|截止到?)\s*(?:the\s+)?\Z", re.IGNORECASE)
_SINCE_BEHIND = re.compile(
    r"\s*(?:以来|以后|之后|起(?!来)|开始|至今"
    r"|到(?:现在|目前)|(?:to|until|till) now\b|onwards?\b|or later\b)",
    re.IGNORECASE,
)
_UNTIL_BEHIND = re.compile(r"\s*(?:以前|之前|前(?!后)|or earlier\b)", re.IGNORECASE)
_LONGEST_WORD = 16
_PREPOSITION = re.compile(
    r"(?:\b(?:on|in|during|for|of|over|at|early|late|mid)|在)\s*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included; None where that side is open."""

    first: date | None
    last: date | None
    start: int
    end: int
    """Where the question says so."""
    is_relative: bool = False
    """Whether it moves with today, as last week does and 2026 does not."""

    @property
    def iso(self) -> tuple[str, str]:
        """First and last as ISO days; empty where open."""
        first = self.first.isoformat() if self.first else ""
        return first, self.last.isoformat() if self.last else ""

    def holds(self, day: str | None) -> bool:
        """Whether an ISO day, month or year has days in it."""
        return day is not None and touches(day, *self.iso)


@dataclass(frozen=True, slots=True)
class _Named:
    pattern: Pattern
    match: re.Match[str]
    span: Span
    start: int
    end: int


def periods(text: str, today: date) -> tuple[Period, ...]:
    """The periods that a question names, in order, without overlap."""
    read = Reading(today, looks_ahead(text))
    named = list(_named(text, read))
    found: list[Period] = []
    at = 0
    while at < len(named):
        one = named[at]
        other = named[at + 1] if at + 1 < len(named) else None
        joined = _joined(text, one, other, read) if other else None
        found.append(joined or _open(text, one))
        at += 2 if joined else 1
    return tuple(found)


def touches(day: str, first: str, last: str) -> bool:
    """Whether an ISO day, month or year has days from ``first`` to ``last``.

    These may be months and years too; an empty one leaves that side open.
    """
    return (not first or day[: len(first)] >= first[: len(day)]) and (
        not last or day[: len(last)] <= last[: len(day)]
    )


def notes_of(first: str, last: str, catalogue: Catalogue) -> frozenset[int]:
    """Ids of the notes of those days: by their date, or by a section that is of one."""
    return frozenset(note.id for note in catalogue.notes.values() if _speaks_of(note, first, last))


def _speaks_of(note: StoredNote, first: str, last: str) -> bool:
    if note.date and touches(note.date, first, last):
        return True
    return any(touches(day.date, first, last) for day in note.days)


def _named(text: str, read: Reading) -> Iterator[_Named]:
    """Every name of a time; of those that overlap the first, then the longest."""
    found = [one for pattern in PATTERNS for one in _of_pattern(text, pattern, read)]
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def _of_pattern(text: str, pattern: Pattern, read: Reading) -> Iterator[_Named]:
    for match in pattern.regex.finditer(text):
        span = _meant(pattern, match, read)
        if span is not None:
            says = "says" if match.groupdict().get("says") and not match.groupdict().get("r") else 0
            yield _Named(pattern, match, span, *match.span(says))


def _meant(pattern: Pattern, match: re.Match[str], read: Reading) -> Span | None:
    """What a name means; None where the calendar ends before."""
    try:
        return pattern.meaning(match, read)
    except (ValueError, OverflowError):
        return None


def _joined(text: str, one: _Named, other: _Named, read: Reading) -> Period | None:
    """One period from the first of two names to the second, where words join them."""
    joint = _JOINED.fullmatch(text, one.end, other.start)
    before = _BETWEEN.search(text, _near(one), one.start)
    if joint is None or (joint["joint"].lower() in ("和", "与", "and") and before is None):
        return None
    last = _meant(other.pattern, other.match, replace(read, anchor=one.span[0]))
    if last is None or last[1] < one.span[0]:
        last = other.span
    first = one.span
    if last[1] < first[0] or (_has_year(other) and not _has_year(one)):
        first = _meant(one.pattern, one.match, replace(read, anchor=last[0])) or first
    if last[1] < first[0]:
        return None
    relative = one.pattern.is_relative or other.pattern.is_relative
    return Period(first[0], last[1], before.start() if before else one.start, other.end, relative)


def _near(one: _Named) -> int:
    """Where the words right before a name may begin."""
    return max(one.start - _LONGEST_WORD, 0)


def _has_year(one: _Named) -> bool:
    groups = one.match.groupdict()
    return bool(groups.get("y") or groups.get("ry") or "says" in groups)


def _open(text: str, one: _Named) -> Period:
    """A period by itself: of the days named, or of all since or before them."""
    first, last = one.span
    relative = one.pattern.is_relative
    if behind := _SINCE_BEHIND.match(text, one.end):
        start = (
            before.start() if (before := _SINCE.search(text, _near(one), one.start)) else one.start
        )
        return Period(first, None, start, behind.end(), relative)
    if (behind := _UNTIL_BEHIND.match(text, one.end)) and not relative:
        return Period(None, first - timedelta(1), one.start, behind.end())
    if before := _SINCE.search(text, _near(one), one.start):
        is_after = "after" in before[0].lower()
        return Period(
            last + timedelta(1) if is_after else first, None, before.start(), one.end, relative
        )
    if before := _UNTIL.search(text, _near(one), one.start):
        is_before = "before" in before[0].lower()
        return Period(
            None, first - timedelta(1) if is_before else last, before.start(), one.end, relative
        )
    return Period(first, last, one.start, one.end, relative)


def without(text: str, named: Sequence[Period]) -> str:
    """A question less the words that name its periods."""
    parts, done = [], 0
    for period in named:
        parts.append(_PREPOSITION.sub("", text[done : period.start]))
        done = period.end
    left = " ".join(" ".join([*parts, text[done:]]).split())
    return re.sub(r" (?=[?？!！,，.。])", "", left)


def only_period(query: Query, today: date) -> Period | None:
    """The one period that a question names, where none is set beside it."""
    given = query.filters
    if given.after or given.before or any(each.kind == "date" for each in query.conditions):
        return None
    named = periods(query.text, today)
    return named[0] if len(named) == 1 else None


def as_condition(period: Period, text: str) -> Condition:
    """A period as it is shown and typed."""
    first, last = period.iso
    source = text[period.start : period.end]
    return Condition("date", first=first, last=last, source=source)


def written(period: Period) -> str:
    """A period as ISO days: one day, or from the first to the last."""
    first, last = period.iso
    return first if first == last else f"{first}..{last}"
