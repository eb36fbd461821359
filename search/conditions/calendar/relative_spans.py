"""What a name of a time that moves with today means: yesterday, last week, three months ago."""

from datetime import timedelta

from search.conditions.calendar.calendar_spans import (
    BACK,
    Match,
    Reading,
    Span,
    months_from,
    number,
    part_of_month,
    week_of,
    year_span,
)

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {
    "day": ("天", "日", "day"), "week": ("周", "个星期", "星期", "礼拜", "个礼拜", "week"),
    "month": ("个月", "month"), "year": ("年", "year"),
}  # fmt: skip


_NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def _unit(written: str) -> str:
    return next(unit for unit, ways in _UNITS.items() if written.lower().startswith(ways))


def relative_month(match: Match, read: Reading) -> Span | None:
    first = months_from(read.today, BACK[match["r"].lower()])[0]
    groups = match.groupdict()
    day, part = number(groups.get("d") or "0"), groups.get("part") or ""
    return part_of_month(first.year, first.month, day, part)


def relative_year(match: Match, read: Reading) -> Span | None:
    return year_span(read.today.year + BACK[match["r"].lower()])


def relative_quarter(match: Match, read: Reading) -> Span | None:
    month = read.today.month - 1
    first = months_from(read.today, 3 * BACK[match["r"].lower()] - month % 3)[0]
    return first, months_from(first, 2)[1]


def relative_week(match: Match, read: Reading) -> Span | None:
    first, last = week_of(read.today + timedelta(7 * BACK[match["r"].lower()]))
    weekday = match.groupdict().get("wd")
    if not weekday:
        return first, last
    if weekday == "末":
        return last - timedelta(1), last
    day = first + timedelta("一二三四五六日天".index(weekday) % 7 if weekday != "天" else 6)
    return day, day


def weekday(match: Match, read: Reading) -> Span | None:
    written = match["wd"].lower()
    wanted = _DAYS.index(written[:3]) if written.isascii() else "一二三四五六日".find(written)
    wanted = 6 if wanted < 0 else wanted
    which = (match.groupdict().get("r") or "").lower()
    if which == "this":
        day = week_of(read.today)[0] + timedelta(wanted)
    elif which in ("next", "coming") or (read.is_ahead and not which):
        day = read.today + timedelta((wanted - read.today.weekday() - 1) % 7 + 1)
    else:
        back = (read.today.weekday() - wanted) % 7
        day = read.today - timedelta(back if back or not which else 7)
    return day, day


def weekend(match: Match, read: Reading) -> Span | None:
    which = (match.groupdict().get("r") or "").lower()
    last = week_of(read.today + timedelta(7 * BACK.get(which, 0)))[1]
    if not which and read.today < last - timedelta(1):
        last -= timedelta(7)
    return last - timedelta(1), last


def near_day(match: Match, read: Reading) -> Span | None:
    day = read.today + timedelta(BACK[match["r"]])
    return day, day


def named_day(match: Match, read: Reading) -> Span | None:
    words = match[0].lower()
    away = 2 * (("after" in words) - ("before" in words))
    if not away:
        away = -1 if words.startswith("last") else _NAMED_DAYS.get(words, 0)
    day = read.today + timedelta(away)
    return day, day


def ago(match: Match, read: Reading) -> Span | None:
    count, unit = number(match["n"]), _unit(match["unit"])
    if unit == "month":
        return months_from(read.today, -count)
    if unit == "year":
        return year_span(max(read.today.year - count, 1))
    day = read.today - timedelta(count * (7 if unit == "week" else 1))
    return week_of(day) if unit == "week" else (day, day)


def latest(match: Match, read: Reading) -> Span | None:
    groups = match.groupdict()
    count, unit = number(groups.get("n") or "1"), _unit(groups.get("unit") or "week")
    if unit in ("month", "year"):
        back = count * (12 if unit == "year" else 1)
        there = months_from(read.today, -back)
        first = there[0].replace(day=min(read.today.day, there[1].day)) + timedelta(1)
    else:
        first = read.today - timedelta(count * (7 if unit == "week" else 1) - 1)
    return first, read.today


def recently(_: Match, read: Reading) -> Span | None:
    return read.today - timedelta(13), read.today
