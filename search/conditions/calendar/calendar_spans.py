"""What a name of a day or a longer time means: its first and last day.

A part that is not said is taken from the other end of the period where there is one, else it
is the last that there was, or the next where the question looks ahead.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index.text.dates import MONTHS
from index.text.numerals import ENGLISH, chinese_number

Span = tuple[date, date]
Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name of a time is read against."""

    today: date
    is_ahead: bool = False
    anchor: date | None = None
    """A day of the other end of the same period."""


Meaning = Callable[[Match, Reading], Span | None]

_NUMBERS = ENGLISH | {"a": 1, "an": 1, "couple": 2, "few": 3, "几": 3}
_ALSO_WORDS = frozenset({"may", "march", "mar"})
BACK = {
    "大前": -3, "前": -2, "上上": -2, "去": -1, "昨": -1, "上": -1, "last": -1, "past": -1,
    "previous": -1, "今": 0, "这": 0, "本": 0, "当": 0, "this": 0, "the": 0, "current": 0,
    "明": 1, "下": 1, "next": 1, "coming": 1, "后": 2, "下下": 2,
}  # fmt: skip
"""How many days, weeks, months or years a word leads from the present one."""

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def number(word: str) -> int:
    """A number in digits, in Chinese up to ninety-nine, or in English up to twelve."""
    word = word.lower().split(" of")[0].removeprefix("a ")
    if word.isdecimal():
        return int(word)
    if word in _NUMBERS:
        return _NUMBERS[word]
    if len(word) > 1 and "十" not in word:  # 二三月
        return 0
    return chinese_number(word)


def month_span(year: int, month: int) -> Span | None:
    """A month; None where the calendar has none such."""
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def week_of(day: date) -> Span:
    first = day - timedelta(day.weekday())
    return first, first + timedelta(6)


def year_span(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


def months_from(today: date, months: int) -> Span:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    found = month_span(year, month + 1)
    assert found is not None
    return found


def in_its_year(read: Reading, make: Callable[[int], Span | None]) -> Span | None:
    """A time whose year is not said."""
    if read.anchor is not None:
        return make(read.anchor.year)
    found = make(read.today.year)
    if found and found[0] > read.today and not read.is_ahead:
        return make(read.today.year - 1)
    if found and found[1] < read.today and read.is_ahead:
        return make(read.today.year + 1)
    return found


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        one = date(year, month, day)
    except ValueError:
        return None
    return one, one


def part_of_month(year: int, month: int, day: int, part: str) -> Span | None:
    whole = month_span(year, month)
    if day:
        return _day(year, month, day)
    if whole is None or not part:
        return whole
    bounds = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "ear": (1, 10), "mid": (11, 20)}
    first, last = bounds.get(part[:3].lower(), bounds.get(part[:1], (21, whole[1].day)))
    return whole[0].replace(day=first), whole[0].replace(day=last)


def chinese(match: Match, read: Reading) -> Span | None:
    month, day = number(match["m"]), number(match["d"] or "0")
    part = match["part"] or ""
    if match["y"]:
        return part_of_month(_full_year(match["y"]), month, day, part)
    if match["ry"]:
        return part_of_month(read.today.year + BACK[match["ry"]], month, day, part)
    return in_its_year(read, lambda year: part_of_month(year, month, day, part))


def _full_year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def quarter(match: Match, read: Reading) -> Span | None:
    groups = match.groupdict()
    if half := groups.get("half"):
        months = (1, 6) if half.lower() in ("上", "first") else (7, 12)
    else:
        word = groups.get("q") or groups.get("q_") or ""
        quarter = _ORDINALS.get(word.lower()) or number(word)
        months = (3 * quarter - 2, 3 * quarter)

    def make(year: int) -> Span:
        return date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])

    if groups.get("y"):
        return make(_full_year(groups["y"] or ""))
    if groups.get("ry"):
        return make(read.today.year + BACK[groups["ry"] or ""])
    return in_its_year(read, make)


def iso_week(match: Match, read: Reading) -> Span | None:
    week = number(match["w"])

    def make(year: int) -> Span | None:
        try:
            return week_of(date.fromisocalendar(year, week, 1))
        except ValueError:
            return None

    year = match.groupdict().get("y")
    return make(int(year)) if year else in_its_year(read, make)


def numeric(match: Match, read: Reading) -> Span | None:
    groups = match.groupdict()
    month, day = int(match["m"]), int(groups.get("d") or 0)
    if groups.get("y"):
        year = int(groups["y"] or 0)
        if month > 12 and groups.get("us"):
            month, day = day, month
        return part_of_month(year, month, day, "")
    if month > 12:
        month, day = day, month
    return in_its_year(read, lambda year: _day(year, month, day))


def day_of_month(match: Match, read: Reading) -> Span | None:
    day = number(match["d"])
    if read.anchor is not None:
        return _day(read.anchor.year, read.anchor.month, day)
    here = _day(read.today.year, read.today.month, day)
    if (here is None or here[0] > read.today) and not read.is_ahead:
        before = months_from(read.today, -1)[0]
        return _day(before.year, before.month, day)
    return here


def english(match: Match, read: Reading) -> Span | None:
    groups = match.groupdict()
    written, day = match["m"], int(groups.get("d") or 0)
    month = MONTHS.index(written[:3].lower()) + 1
    part, which = groups.get("part") or "", (groups.get("r") or "").lower()
    alone = not (day or groups.get("y") or which)
    if alone and written.islower() and written in _ALSO_WORDS:
        return None

    def make(year: int) -> Span | None:
        span = part_of_month(year, month, day, part)
        until = groups.get("until")
        if span and until:
            end = _day(year, month, int(until))
            return (span[0], end[1]) if end and end[1] >= span[0] else None
        return span

    if groups.get("y"):
        return make(int(groups["y"] or 0))
    if which == "next":
        return in_its_year(Reading(read.today, is_ahead=True), make)
    return make(read.today.year) if which == "this" else in_its_year(read, make)


def bare_year(match: Match, read: Reading) -> Span | None:
    year = int(match["says"])
    return year_span(year)


def chinese_year(match: Match, read: Reading) -> Span | None:
    if match["ry"]:
        return year_span(read.today.year + BACK[match["ry"]])
    return year_span(int(match["y"])) if len(match["y"]) == 4 else None
