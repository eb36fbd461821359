"""Finds the quantities of a text: each number with its unit and bound, in either language."""

# ruff: noqa: E501 -- words and patterns are read best as they belong together

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from search.llm.numbers import numbers

Bound = Literal["", ">", "<"]
"""More than the number, less than it, or neither said."""

_UNITS = """
    metre 1000 km kilometre kilometer 公里 千米
    metre 1 m metre meter 米
    metre 0.01 cm centimetre centimeter 厘米 公分
    metre 0.001 mm millimetre millimeter 毫米
    mile 1 mi mile 英里
    foot 1 ft foot feet 英尺
    inch 1 inch inches 英寸
    gram 1000000 tonne 吨
    gram 1000 kg kilogram kilo 公斤 千克
    gram 500 斤
    gram 1 g gram gramme 克
    gram 0.001 mg milligram 毫克
    gram 0.000001 μg mcg microgram 微克
    pound-weight 1 lb lbs 磅
    litre 1 l litre liter 升
    litre 0.001 ml millilitre milliliter 毫升
    second 604800 week 周 星期 个星期 礼拜
    second 86400 day 天 日
    second 3600 h hr hour 小时 个小时 钟头
    second 60 min minute 分钟
    second 1 s sec second 秒 秒钟
    second 0.001 ms millisecond 毫秒
    month 1 month 个月
    month 3 quarters 个季度
    month 12 year 年
    month 120 decade
    month 1200 century centuries 世纪
    dollar 1 $ us$ usd dollar 美元 美金
    yuan 1 ¥ cny rmb yuan 元 人民币 块
    euro 1 € eur euro 欧元
    pound 1 £ gbp pound 英镑
    yen 1 jpy yen 日元
    degree 1 ° degree °c 度 摄氏度
    fahrenheit 1 °f 华氏度
    watt 1000 kw kilowatt 千瓦
    watt 1 w watt 瓦
    byte 1000 kb kilobyte
    byte 1000000 mb megabyte
    byte 1000000000 gb gigabyte
    byte 1000000000000 tb terabyte
    point 1 percentage-point 个百分点 百分点
    share 0.01 % percent per-cent
    share 0.001 ‰
    fold 1 fold x × 倍
    fold-or-count 1 times
    count 1 次
"""
_OF: dict[str, tuple[str, Fraction]] = {
    form.replace("-", " "): (unit, Fraction(factor))
    for unit, factor, *forms in (line.split() for line in _UNITS.split("\n") if line.strip())
    for form in forms
}
_FORMS = "|".join(
    re.escape(form) + (r"s?(?![a-z])" if form[-1].isascii() and form[-1].isalpha() else "")
    for form in sorted(_OF, key=len, reverse=True)
)
_UNIT = re.compile(rf"[ -]?(?P<unit>{_FORMS})(?!季度)")
_CURRENCY = re.compile(r"(us\$|[$¥€£]|\b(?:usd|rmb|eur|gbp|cny)) ?\Z")
_APPROXIMATE = r"(?:about|around|roughly|nearly|almost|大约|约|近)?[ ]*(?:[$¥€£]|us\$)?[ ]*"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("<", re.compile(
        r"(?:\b(?:no|not) (?:more|higher|longer|greater|larger) than|\bnot? (?:to )?exceed(?:ing|s|ed)?"
        r"|\bat most|\bup to|\b(?:less|fewer|lower|shorter|smaller) than|\bunder|\bbelow"
        r"|[不未](?:得|能|应|会|可)?(?:超过|高于|多于|大于)|没有?超过|至多|最多"
        rf"|低于|少于|小于|不到|不足|≤|<) ?{_APPROXIMATE}\Z"
    )),
    (">", re.compile(
        r"(?:\b(?:no|not) (?:less|fewer|lower|shorter|smaller) than|\bat least"
        r"|\b(?:more|higher|longer|greater|larger) than|\babove|\bexceed(?:s|ed|ing)?"
        r"|\bbeyond|[不未](?:得|能|应|会|可)?(?:低于|少于|小于)|至少|最少"
        rf"|超过|高于|多于|大于|逾|超|≥|>) ?{_APPROXIMATE}\Z"
    )),
)  # fmt: skip
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (">", re.compile(r" ?(?:[a-z]+ )?or (?:more|older|higher|longer)|[^\d，。；,.; ]{0,2} ?(?:及|或)?以上")),
    ("<", re.compile(r" ?(?:[a-z]+ )?or (?:less|younger|fewer|lower|shorter)|[^\d，。；,.; ]{0,2} ?(?:及|或)?以[下内]")),
)  # fmt: skip
_WORDED = (
    (re.compile(r"([一二两三四五六七八九])成([一二三四五六七八九])?(?![为立功员长本果效绩语品就型人])"), "tenths"),
    (re.compile(r"([一二三四五六七八九十]+)分之([一二三四五六七八九十]+)"), "fraction"),
    (re.compile(r"\b(?P<n>a|one|two|three|four)[ -](?P<d>third|quarter|fifth|tenth)s?(?= of\b|s\b)"
                r"|\b(?P<n2>two|three|four)[ -](?P<d2>third|quarter|fifth|tenth)s\b"), "english"),
    (re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?![\d/])"), "slashed"),
    (re.compile(r"(?<![上下前后])半(?=[年天日]|小时|个|分钟)|\bhalf an? (?=\w)"), "half"),
    (re.compile(r"(?<!second )(?<!first )\b(?:half|halved?|halving|halves)\b|减半|对半|半价|半数|一半|二分之一"), "halved"),
    (re.compile(r"\b(?:twice|doubl(?:e[sd]?|ing))\b|翻一?番|(?<![\d十百千万亿])[一两二]倍"), "2"),
    (re.compile(r"\b(?:thrice|tripl(?:e[sd]?|ing)|trebled?)\b"), "3"),
    (re.compile(r"\bquadrupl(?:e[sd]?|ing)\b|翻两番"), "4"),
    (re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)-?fold\b"), "fold"),
    (re.compile(r"(?<![\d:])\d{1,3}:\d{1,3}(?![\d:])"), "ratio"),
)  # fmt: skip
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is meant: three kilometres, more than a quarter."""

    value: str
    """The number itself, for where one of two has no unit."""
    unit: str = ""
    """The dimension: metre stands for every length that is reckoned in metres."""
    amount: Fraction | None = None
    """How many of the unit."""
    bound: Bound = ""

    def supports(self, claim: "Quantity") -> bool:
        """Whether a text that has this quantity may be said to have the other."""
        if claim.bound and claim.bound != self.bound:
            return False
        if not (self.unit and claim.unit):
            return self.value == claim.value
        units = {self.unit, claim.unit}
        return self.amount == claim.amount and (
            len(units) == 1 or ("fold-or-count" in units and bool(units & {"fold", "count"}))
        )


def quantities(folded: str) -> Iterator[tuple[Quantity, bool]]:
    """The quantities of a folded text without dates, and whether each is surely one."""
    text = folded
    for pattern, kind in _WORDED:
        for found in pattern.finditer(text):
            yield _bounded(_worded(found, kind), text, found.start(), found.end()), True
        text = pattern.sub(lambda found: "\ue000" * len(found[0]), text)
    for value, certain, start, end in numbers(text):
        found_unit = _UNIT.match(text, end)
        currency = _CURRENCY.search(text, max(start - 4, 0), start)
        name = currency[1] if currency else found_unit["unit"] if found_unit else ""
        if value.endswith("%"):
            value, name = value[:-1], name if _of(name)[0] in ("point", "share") else "%"
        quantity = Quantity(value, *_measured(value, name))
        after = found_unit.end() if found_unit else end
        yield _bounded(quantity, text, start, after), certain


def _of(name: str) -> tuple[str, Fraction | None]:
    for form in (name, name.removesuffix("s")):
        if form in _OF:
            return _OF[form]
    return "", None


def _measured(value: str, name: str) -> tuple[str, Fraction | None]:
    unit, factor = _of(name)
    if factor is None or value.count(".") > 1:
        return "", None
    return unit, Fraction(Decimal(value)) * factor


def _bounded(quantity: Quantity, text: str, start: int, end: int) -> Quantity:
    before = text[max(start - 30, 0) : start]
    bound: Bound = next((sign for sign, one in _BEFORE if one.search(before)), "")
    bound = bound or next((sign for sign, one in _AFTER if one.match(text, end)), "")
    return Quantity(quantity.value, quantity.unit, quantity.amount, bound)


def without_bounds(folded: str) -> str:
    """The text less what bounds its numbers, which may hold a not that denies nothing."""
    for _, pattern in _BEFORE:
        bounds = re.compile(
            pattern.pattern.removesuffix(r"\Z") + r"(?=[\d零一二两三四五六七八九十百千万half])"
        )
        folded = bounds.sub(" ", folded)
    return folded


def _worded(found: re.Match[str], kind: str) -> Quantity:
    if kind == "ratio":
        return Quantity(found[0])
    if kind == "half":
        return Quantity("0.5")
    if kind in "234":
        return Quantity(kind, "fold", Fraction(kind))
    if kind == "fold":
        value = _number(found[1])
        return Quantity(value, "fold", Fraction(value))
    if kind == "tenths":
        share = Fraction(int(_number(found[1])), 10) + Fraction(int(_number(found[2] or "零")), 100)
    elif kind == "fraction":
        share = Fraction(int(_number(found[2])), int(_number(found[1])) or 1)
    elif kind == "english":
        above = found["n"] or found["n2"]
        part = _PARTS[found["d"] or found["d2"]]
        share = Fraction(1 if above == "a" else int(_number(above)), part)
    elif kind == "slashed":
        share = Fraction(int(found[1]), int(found[2]) or 1)
    else:
        share = Fraction(1, 2)
    return Quantity(f"{float(100 * share):g}", "share", share)


def _number(word: str) -> str:
    return next((value for value, *_ in numbers(word)), "0")
