"""Reads dates as people write them, as ISO 8601 text."""

import re
from datetime import UTC, date, datetime

DATE_KEYS = (
    "发布日期", "发布时间", "更新日期", "记录日期", "创建时间", "创建日期",
    "更新时间", "出版日期", "日期", "时间", "修改日期", "撰写日期", "写作日期",
    "date", "published", "publishDate", "released", "release_date", "posted",
    "created", "created_at", "creation date", "updated", "updated_at", "modified", "lastmod",
    "publication date", "modification date",
)  # fmt: skip
"""Properties that date a note, the most trusted first; written as ``key_form`` reads them."""
_YEAR = r"(?P<{0}y>(?:19|20)\d\d)"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of the months' English names."""
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""How English writes them in a date, as a pattern without groups."""

_FULL = re.compile(
    r"(?<!\d)(?<!\d\.)"
    + _YEAR.format("i")
    + r"(?P<sep>[-/._])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?!\d)"
    + r"|(?<!\d)"
    + _YEAR.format("c")
    + r"[ ]?年[ ]?(?P<cm>\d{1,2})[ ]?月[ ]?(?P<cd>\d{1,2})[ ]?[日号號]"
    + rf"|\b(?P<am>{MONTH})\.?[ ]+(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]+"
    + _YEAR.format("a")
    + r"\b"
    + rf"|\b(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?[ ]+(?P<bm>{MONTH})\.?,?[ ]+"
    + _YEAR.format("b")
    + r"\b",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_MONTH_ONLY = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?:[-/._](\d{1,2})(?![-/._]?\d)|[ ]?年[ ]?(\d{1,2})[ ]?月)"
)
_YEAR_ONLY = re.compile(r"((?:19|20)\d\d)[ ]?年?")
_WEEK = re.compile(r"(?<!\d)((?:19|20)\d\d)-?W([0-5]\d)(?!\d)")
_WEEKDAY_OR_END = (
    r"(?=\s*\Z|[\s,，]*[(（\[【]?(?:周|星期|礼拜|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b))"
)
_DAY_OF_MONTH = re.compile(
    r"(?P<cm>\d{1,2})[ ]?月[ ]?(?P<cd>\d{1,2})[ ]?[日号號]"
    rf"|(?P<am>{MONTH})\.?[ ]+(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?[ ]+(?P<bm>{MONTH})\b"
    rf"|(?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}}){_WEEKDAY_OR_END}",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")
_OF_ANY_DATE = frozenset({"date", "day", "time", "at", "on"})
_CHINESE_KEY = re.compile(r"(?<=.)(?:日期|时间|于)$")
_WIDE_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")


def full_date(text: str) -> str | None:
    """The first day named in ``text`` that the calendar has, as ``YYYY-MM-DD``."""
    for match in _FULL.finditer(text.translate(_WIDE_DIGITS)):
        found = _from_groups(match)
        if found:
            return found
    return None


def day_named(name: str) -> str | None:
    """The day, as ``YYYY-MM-DD``, when ``name`` is a date and nothing else."""
    match = _FULL.fullmatch(name.strip())
    return _from_groups(match) if match else None


def leading_day(text: str, year: str = "") -> tuple[str, int] | None:
    """The day that ``text`` begins with, and how many characters name it.

    Month and day alone are of ``year``, if one is given.
    """
    plain = text.translate(_WIDE_DIGITS)
    if match := _FULL.match(plain):
        found = _from_groups(match)
        return (found, match.end()) if found else None
    match = _DAY_OF_MONTH.match(plain) if year else None
    found = _from_groups(match, year) if match else None
    return (found, match.end()) if found and match else None


def key_form(key: str) -> str:
    """What a key that may date a note says, in whatever way it is written.

    Date Created, created_at and createdAt are one, and so are 创建日期 and 创建时间.
    """
    words = [word.casefold() for word in _CAMEL.split(key.strip()) if word]
    telling = sorted(word for word in words if word not in _OF_ANY_DATE)
    return _CHINESE_KEY.sub("", " ".join(telling)) or "date"


def stated_date(value: str) -> str | None:
    """The date a property states: a day, else a month (``2025-12``) or a year (``2025``).

    Seconds or milliseconds since 1970, as some programs write them, count as days (UTC).
    """
    value = value.strip().translate(_WIDE_DIGITS)
    if _EPOCH.fullmatch(value):
        return _from_epoch(int(value))
    if year := _YEAR_ONLY.fullmatch(value):
        return str(int(year[1]))
    return full_date(value) or _compact(value) or _month(value)


def named_date(stem: str) -> str | None:
    """The date in a file name: a journal's day, its month, or the first day of its week."""
    return day_in_name(stem) or _week(stem) or _month(stem)


def day_in_name(stem: str) -> str | None:
    """The day in a file name."""
    return full_date(stem) or _compact(stem)


def _from_groups(match: re.Match[str], year: str = "") -> str | None:
    for way in "icab":
        if month := match[way + "m"]:
            number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
            return _day(int(year or match[way + "y"]), number, int(match[way + "d"]))
    return None


def _week(text: str) -> str | None:
    match = _WEEK.search(text)
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1).isoformat() if match else None
    except ValueError:
        return None


def _compact(text: str) -> str | None:
    for match in _COMPACT.finditer(text):
        if found := _day(int(match[1]), int(match[2]), int(match[3])):
            return found
    return None


def _month(text: str) -> str | None:
    for match in _MONTH_ONLY.finditer(text):
        month = int(match[2] or match[3])
        if 1 <= month <= 12:
            return f"{int(match[1]):04}-{month:02}"
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_epoch(number: int) -> str | None:
    seconds = number / 1000 if number >= 10**11 else number
    found = datetime.fromtimestamp(seconds, UTC).date()
    return found.isoformat() if 1980 <= found.year <= 2100 else None
