"""Finds the numbers and years that a question compares with: over 300, 2 到 5 万, 2024 年以后."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.numerals import SCALES, chinese_number
from search.condition import Operator

_CHINESE = r"[一二两三四五六七八九十百]{{1,5}}(?=[千万亿\W年个天月岁元块页分次本台])"
_SCALE = r"万|亿|千(?!克|米|瓦)|k\b|m\b|million\b|thousand\b"
_NUMBER = rf"(?P<{{0}}>\d[\d,]*(?:\.\d+)?|{_CHINESE})\s?(?P<{{0}}s>{_SCALE})?"
_LIMITS: tuple[tuple[Operator, str, str], ...] = (
    (
        ">=",
        r"至少|不低于|不少于|不小于|最少|起码|at least|no less than|not less than"
        r"|a minimum of|from",
        r"(?:或|及|以)?以上|起(?!来)|or (?:more|above|higher|longer|over|up)"
        r"|and (?:up|above|more)|plus|\+",
    ),
    (
        "<=",
        r"至多|最多|不超过|不高于|不多于|不大于|at most|no more than|not more than"
        r"|up to|a maximum of",
        r"(?:或|及)?以[下内]|or (?:less|fewer|below|lower|under|shorter)",
    ),
    (
        ">",
        r"超过|多于|[大高长重贵快]于|不止|over|above|more than|greater than|exceed(?:s|ing)?"
        r"|\w{2,}er than|beyond|>",
        r"多(?=[^\w]|的|$)",
    ),
    (
        "<",
        r"不到|不足|少于|[小低短轻慢]于|便宜于|under|below|less than|within|<"
        r"|(?:low|short|small|cheap|light|young|few)er than",
        r"不到",
    ),
)
_GAP = r"\s*(?:the|a|了|过|有)?\s*"
_BETWEEN = re.compile(
    rf"(?:\b(?:between|from)\s+|介于\s*|在\s*)?{_NUMBER.format('low')}\s*"
    rf"(?:到|至|[-~–—]|\band\b|\bto\b|和|与)\s*{_NUMBER.format('high')}(?P<last>\s*(?:之间|间|块|元)|(?!\w))",
    re.IGNORECASE,
)  # fmt: skip
_BARE = re.compile(r"(?<![\w.\-])(?P<low>\d[\d,]*(?:\.\d+)?)(?![\w\-])")
_YEAR = r"(?P<{0}y>(?:19|20)\d\d)(?:\s?年|(?![\d年]))(?:\s?(?P<{0}m>\d{{1,2}})\s?月)?"
_YEARS = re.compile(
    rf"(?P<before>\b(?:before|until|after|since|from|in|during|between|of)\s+|从|自|于|在)?\s?{_YEAR.format('a')}"
    rf"(?:\s?(?:到|至|[-~–—]|and|to|和)\s?{_YEAR.format('b')})?"
    r"\s?(?P<after>以前|之前|前|以后|之后|后|起|以来|开始|至今|之间|间)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:到|至|[-~–—]|and\b|to\b)\s?\d")
"""What goes on as a range of numbers, of which the first looks like a year."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One comparison; of a range the lower and the upper one."""

    limits: tuple[tuple[Operator, str], ...]
    start: int
    end: int
    unit: str = ""
    """The word behind the number, folded."""
    is_date: bool = False


def bounds(text: str) -> list[Bound]:
    """All comparisons with numbers and years, from left to right."""
    found = list(_dates(text))
    for one in _numbers(text):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return sorted(found, key=lambda each: each.start)


def _numbers(text: str) -> Iterator[Bound]:
    for match in _BETWEEN.finditer(text):
        scale = match["lows"] or match["highs"]
        limits: tuple[tuple[Operator, str], ...] = (
            (">=", _scaled(match["low"], scale)),
            ("<=", _scaled(match["high"], match["highs"])),
        )
        yield Bound(limits, *match.span(), _unit(text, match.end("high")))
    for op, before, after in _LIMITS:
        ahead = rf"(?<![a-z])(?:{before}){_GAP}{_NUMBER.format('low')}(?!\d)"
        behind = rf"{_NUMBER.format('low')}\s?[^\W\d_]{{0,3}}?\s?(?:{after})"
        for pattern in (ahead, behind):
            for match in re.finditer(pattern, text, re.IGNORECASE):
                limit = (op, _scaled(match["low"], match["lows"]))
                yield Bound((limit,), *match.span(), _unit(text, match.end("low")))
    for match in _BARE.finditer(text):
        limit = ("=", _scaled(match["low"], None))
        yield Bound((limit,), *match.span(), _unit(text, match.end("low")))


def _unit(text: str, at: int) -> str:
    """The word behind a number, or the Chinese character."""
    match = re.match(
        r"\s?(?:万|亿|千|k\b|m\b|million\b|thousand\b)?\s?([a-z]+|[\u3400-\u9fff]|[$€%])",
        text[at:],
        re.IGNORECASE,
    )
    return match[1].lower() if match else ""


def _scaled(number: str, scale: str | None) -> str:
    value = _value(number) * SCALES.get((scale or "").lower(), 1)
    return str(int(value)) if value == int(value) else str(value)


def _value(number: str) -> float:
    """A number in digits, or in Chinese up to the hundreds."""
    if number[0].isdigit():
        return float(number.replace(",", ""))
    return float(chinese_number(number))


def _dates(text: str) -> Iterator[Bound]:
    for match in _YEARS.finditer(text):
        before, after = (match["before"] or "").strip().lower(), match["after"] or ""
        if not ((before.isascii() and before) or after or "年" in match[0]):
            continue
        if not match["by"] and _RANGE.match(text[match.end() :]):
            continue
        first, last = _day(match, "a"), _day(match, "b")
        limits: tuple[tuple[Operator, str], ...]
        if last:
            limits = ((">=", first), ("<=", last))
        elif before in ("before", "until") or after in ("以前", "之前", "前"):
            limits = (("<=" if before == "until" else "<", first),)
        elif before == "after":
            limits = ((">", first),)
        elif before in ("since", "from") or after not in ("", "之间", "间"):
            limits = ((">=", first),)
        else:
            limits = ((">=", first), ("<=", first))
        yield Bound(limits, *match.span(), is_date=True)


def _day(match: re.Match[str], side: str) -> str:
    year, month = match[f"{side}y"], match[f"{side}m"]
    return f"{year}-{int(month):02}" if year and month else year or ""
