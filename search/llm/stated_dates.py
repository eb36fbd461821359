"""Finds the dates of a text, as whole as it gives them, in either language."""

# ruff: noqa: E501 -- words and patterns are read best as they belong together

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.text.dates import MONTH, MONTHS
from search.llm.numbers import numbers

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = rf"{MONTH}\b\.?"
_YEAR, _DAY = r"(?:1\d|20)\d\d", r"\d{1,2}(?:st|nd|rd|th)?\b"
_HAN = "〇零一二三四五六七八九十"
_DATE = re.compile(
    rf"(?<![\d.])(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})(?:[-/.](?P<d>\d{{1,2}}))?(?![\d-])"
    rf"|(?:(?P<y2>{_YEAR}|[一二][{_HAN}]{{3}}) ?年 ?)?(?<![\d个{_HAN}])(?P<m2>\d{{1,2}}|[{_HAN}]{{1,2}}) ?月份?"
    rf"(?: ?(?P<d2>\d{{1,2}}|[{_HAN}]{{1,3}}) ?[日号])?"
    rf"|(?<![\d{_HAN}])(?P<y3>{_YEAR}|[一二][{_HAN}]{{3}}) ?年(?!代)"
    rf"|\b(?P<m4>{_MONTH}) (?P<d4>{_DAY})(?:,? (?P<y4>{_YEAR}))?\b"
    rf"|\b(?P<d5>{_DAY})(?: of)? (?P<m5>{_MONTH})(?:,? (?P<y5>{_YEAR}))?"
    rf"|\b(?P<m6>{_MONTH}),? (?:of )?(?P<y6>{_YEAR})\b"
    rf"|(?<=\bin )(?P<m7>{_MONTH})|(?<=\b(?:of|by) )(?P<m8>{_MONTH})|(?<=\b(?:since|until|every) )(?P<m9>{_MONTH})"
    .replace(r"(?<=\b(?:of|by) )", r"(?:(?<=\bof )|(?<=\bby ))")
    .replace(r"(?<=\b(?:since|until|every) )",
             r"(?:(?<=\bsince )|(?<=\buntil )|(?<=\bevery )|(?<=\bduring )|(?<=\blast )|(?<=\bfrom ))")
    + r"|\b(?P<m0>january|february|april|june|july|august|september|october|november|december)\b"
    r"|\b(?P<w>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b|(?:周|星期|礼拜)(?P<w2>[一二三四五六日天])(?![年个月天])"
)  # fmt: skip

_PERIODS = {
    "年": "year", "月": "month", "周": "week", "天": "day", "日": "day", "小时": "hour",
    **{each: each for each in ("year", "month", "week", "day", "hour")},
    "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
    "annually": "year",
}  # fmt: skip
_RATE = re.compile(
    r"每(?:个)?(?P<zh>年|月|周(?![一二三四五六日天])|天|日|小时)"
    r"|(?:\bper|\bevery|\beach|(?<=\d )a|(?<=[a-z] )an?) (?P<en>year|month|week|day|hour)\b"
    r"|\b(?P<ly>yearly|monthly|weekly|daily|hourly|annually)\b"
)


@dataclass(frozen=True, slots=True)
class Date:
    """As much of a date as is said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def supports(self, claim: "Date", years: Iterable[int]) -> bool:
        """Whether a text with this date may be said to name the other; a year that it leaves
        open may be one of those that stand around it."""
        if claim.weekday is not None:
            return self.weekday == claim.weekday
        if claim.month is not None and claim.month != self.month:
            return False
        if claim.day is not None and claim.day != self.day:
            return False
        return claim.year in (None, self.year) or (self.year is None and claim.year in years)


def dates(folded: str) -> tuple[list[Date], str]:
    """The dates of a folded text, and the text without them."""
    found: list[Date] = []

    def take(match: re.Match[str]) -> str:
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        date = Date()
        if "w" in parts:
            day = parts["w"]
            date = Date(
                weekday=_DAYS.index(day[:3])
                if day.isascii()
                else "一二三四五六日".find(day.replace("天", "日"))
            )
        else:
            if "y" in parts:
                date = replace(date, year=_value(parts["y"]))
            if "m" in parts:
                month = parts["m"][:3]
                number = (
                    MONTHS.index(month) + 1 if month in MONTHS else _value(parts["m"].rstrip("."))
                )
                date = replace(date, month=number)
            if "d" in parts:
                date = replace(date, day=_value(re.sub(r"[a-z]+", "", parts["d"])))
        found.append(date)
        return " " + "\ue000" * (len(match[0]) - 1)

    return found, _DATE.sub(take, folded)


def _value(written: str) -> int:
    return int(float(next((value for value, *_ in numbers(written)), "0")))


def rates(folded: str) -> Iterator[str]:
    """How often something counts anew: each month, a year."""
    for match in _RATE.finditer(folded):
        yield _PERIODS[match["zh"] or match["en"] or match["ly"]]
