"""The ways in which a day or a longer time is written, in Chinese and English."""

import re
from dataclasses import dataclass

from index.text.dates import MONTH
from search.conditions.calendar import calendar_spans as means
from search.conditions.calendar import relative_spans as relative
from search.conditions.calendar.calendar_spans import Meaning

_AHEAD = re.compile(
    r"\b(?:will|going to|upcoming|plan(?:s|ned|ning)?|due|scheduled|coming up|appointments?)\b"
    r"|将要?|打算|计划|安排|接下来|即将|截止|到期|要(?:交|做|去|办|完成)",
    re.IGNORECASE,
)
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|两|几)"
_COUNT_EN = (
    r"(?:\d{1,3}|an?(?: couple of| few)?|few|couple of|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR_ZH = rf"(?:(?P<y>{_YEAR}|\d\d) ?年|(?P<ry>[今去明]|大?前|后)年)的? ?"
_DAY_OR_PART_ZH = rf"(?:的? ?(?:(?P<d>{_N}) ?[日号號]|(?P<part>上旬|中旬|下旬|初|底|末)))?"
_WEEK_ZH = r"(?:周|星期|礼拜)"
_QUARTER_ZH = r"(?:第?(?P<q>[一二三四1-4])季度?|Q(?P<q_>[1-4])|(?P<half>[上下])半年)"
_PAST = re.compile(r"\b(?:did|was|were|happened|had)\b|[了过]", re.IGNORECASE)


def looks_ahead(question: str) -> bool:
    """Whether a question is about what is to come."""
    return _AHEAD.search(question) is not None and not _PAST.search(question)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a time is written, and what it means."""

    regex: re.Pattern[str]
    meaning: Meaning
    is_relative: bool = False


def _pattern(regex: str, meaning: Meaning, *, is_relative: bool = False) -> Pattern:
    return Pattern(re.compile(regex, re.IGNORECASE), meaning, is_relative)


_YEAR_BEHIND = rf"(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}))?\b"
_UNIT_ZH = r"(?P<unit>天|日|周|个?星期|个?礼拜|个月|年)"
_UNIT_EN = r"(?P<unit>days?|weeks?|months?|years?)"
_RELATIVE = r"(?P<r>last|past|previous|this|current|next)"
PATTERNS: tuple[Pattern, ...] = (
    _pattern(
        rf"(?:{_YEAR_ZH})?(?<!\d)(?P<m>{_N}) ?月份?{_DAY_OR_PART_ZH}",
        means.chinese,
    ),
    _pattern(
        rf"(?P<r>上上|下下|[上这本下])个?月份?{_DAY_OR_PART_ZH}",
        relative.relative_month,
        is_relative=True,
    ),
    _pattern(rf"{_YEAR_ZH}{_QUARTER_ZH}", means.quarter),
    _pattern(r"(?P<y>(?:19|20)\d\d) ?Q(?P<q>[1-4])\b", means.quarter),
    _pattern(_QUARTER_ZH + r"(?!\d)(?: (?:of )?(?P<y>(?:19|20)\d\d))?", means.quarter),
    _pattern(
        r"(?:the )?(?:(?P<q>first|second|third|fourth) quarter|(?P<half>first|second) half)"
        rf"(?: of (?:the year|(?P<y>{_YEAR})))?\b",
        means.quarter,
    ),
    _pattern(r"(?P<r>[上这本下])个?季度", relative.relative_quarter, is_relative=True),
    _pattern(rf"\b{_RELATIVE} quarter\b", relative.relative_quarter, is_relative=True),
    _pattern(rf"(?:(?P<y>{_YEAR}) ?年|(?P<ry>[今去明]|大?前|后)年)", means.chinese_year),
    _pattern(rf"(?:(?P<y>{_YEAR}) ?年 ?)?第 ?(?P<w>{_N}) ?周", means.iso_week),
    _pattern(
        rf"\b(?:week|calendar week|cw) ?(?P<w>\d{{1,2}})\b(?:,? (?:of )?(?P<y>{_YEAR}))?",
        means.iso_week,
    ),
    _pattern(rf"\b(?P<y>{_YEAR})-?W(?P<w>\d\d)\b", means.iso_week),
    _pattern(
        rf"(?P<r>上上|下下|[上这本下])个?{_WEEK_ZH}(?P<wd>[一二三四五六日天末](?!年))?",
        relative.relative_week,
        is_relative=True,
    ),
    _pattern(rf"\b{_RELATIVE} week\b", relative.relative_week, is_relative=True),
    _pattern(
        rf"(?<![每上这本下]){_WEEK_ZH}(?P<wd>[一二三四五六日天])",
        relative.weekday,
        is_relative=True,
    ),
    _pattern(rf"\b(?:{_RELATIVE} )?(?P<wd>{_WEEKDAY})\b", relative.weekday, is_relative=True),
    _pattern(
        rf"\b(?:{_RELATIVE}|(?:over |on |at )the) weekend\b"
        r"|(?<![每上这本下个])周末",
        relative.weekend,
        is_relative=True,
    ),
    _pattern(
        r"(?P<r>大前|[今昨前明后])(?:天|日(?!报)|晚|夜|早上?|晨)",
        relative.near_day,
        is_relative=True,
    ),
    _pattern(
        r"\b(?:today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening)"
        r"|(?:the )?day (?:before yesterday|after tomorrow))\b",
        relative.named_day,
        is_relative=True,
    ),
    _pattern(
        rf"(?<![\d第])(?P<n>{_COUNT}) ?{_UNIT_ZH}(?:以|之)?前", relative.ago, is_relative=True
    ),
    _pattern(
        rf"\b(?P<n>{_COUNT_EN}) {_UNIT_EN} (?:ago|earlier|back)\b", relative.ago, is_relative=True
    ),
    _pattern(
        rf"(?:最近|过去|近|这)的? ?(?P<n>{_COUNT}) ?{_UNIT_ZH}(?!前)",
        relative.latest,
        is_relative=True,
    ),
    _pattern(
        rf"\b(?:the |these )?(?:last|past|previous|latest) (?P<n>{_COUNT_EN}) {_UNIT_EN}\b",
        relative.latest,
        is_relative=True,
    ),
    _pattern(r"\bthe past (?P<unit>week|month|year)\b", relative.latest, is_relative=True),
    _pattern(
        r"\b(?:recently|lately)\b|近来|近期|最近(?=都|在|我|做|忙|有)",
        relative.recently,  # too vague to bar notes of other days
    ),
    _pattern(rf"\b{_RELATIVE} month\b", relative.relative_month, is_relative=True),
    _pattern(rf"\b{_RELATIVE} year\b", relative.relative_year, is_relative=True),
    _pattern(
        rf"(?<![\d.])(?P<y>{_YEAR})(?P<s>[-/._])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!\d)",
        means.numeric,
    ),
    _pattern(rf"(?<![\d.])(?P<y>{_YEAR})[-/](?P<m>\d{{1,2}})(?![\d/-])", means.numeric),
    _pattern(rf"(?<!\d)(?P<y>{_YEAR})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)", means.numeric),
    _pattern(
        rf"(?<![\d/.])(?P<us>(?P<m>\d{{1,2}}))/(?P<d>\d{{1,2}})/(?P<y>{_YEAR})(?![\d/])",
        means.numeric,
    ),
    _pattern(r"(?<![\d/.])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/%])", means.numeric),
    _pattern(
        rf"(?<![\d月./])(?P<d>{_N})(?:日|[号號](?=[我那的去做有发是记，,？?]|\s*$))",
        means.day_of_month,
    ),
    _pattern(
        r"\bthe (?P<d>\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|\w+(?:est|ion|time)\b))",
        means.day_of_month,
    ),
    _pattern(
        rf"\b(?P<m>{MONTH})\.? (?P<d>\d{{1,2}}){_ORDINAL} ?(?:-|–|to|through|until) ?"
        rf"(?P<until>\d{{1,2}}){_ORDINAL}{_YEAR_BEHIND}",
        means.english,
    ),
    _pattern(
        rf"\b(?P<d>\d{{1,2}}){_ORDINAL} ?(?:-|–|to) ?(?P<until>\d{{1,2}}){_ORDINAL}"
        rf"(?: of)? (?P<m>{MONTH})\.?{_YEAR_BEHIND}",
        means.english,
    ),
    _pattern(
        rf"\b(?P<m>{MONTH})\.? (?:the )?(?P<d>\d{{1,2}}){_ORDINAL}\b{_YEAR_BEHIND}", means.english
    ),
    _pattern(
        rf"\b(?:the )?(?P<d>\d{{1,2}}){_ORDINAL}(?: of)? (?P<m>{MONTH})\b\.?{_YEAR_BEHIND}",
        means.english,
    ),
    _pattern(
        rf"\b(?:(?P<part>early|mid|late)[ -])?(?P<m>{MONTH})\.?,? (?:of )?(?P<y>{_YEAR})\b",
        means.english,
    ),
    _pattern(
        rf"\b(?:(?P<r>last|this|next|past) |(?:in|during|of|since|until|till|by|from|to|through|for"
        rf"|and|between|before|after|throughout) )(?:(?P<part>early|mid|late)[ -])?"
        rf"(?P<says>(?P<m>{MONTH}))\b(?!\.?[ ]\d)",
        means.english,
    ),
    _pattern(
        rf"\b(?:in|during|of|since|until|till|by|from|to|through|for|and|between|before|after|year"
        rf"|throughout|early|mid|late)[ -](?P<says>{_YEAR})\b(?![-/.]\d|\s*[年%])",
        means.bare_year,
    ),
)
"""All of them; of those that overlap the one that begins first, then the longest, is meant."""
