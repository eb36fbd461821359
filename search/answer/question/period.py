"""The time that a question about several notes keeps to: since November 2025, 2026 年 2 月的."""

import re

_YEAR = r"(?:19|20)\d\d"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_CHINESE = rf"(?P<{{0}}year>{_YEAR}) ?年(?: ?(?P<{{0}}month>\d{{{{1,2}}}}) ?月)?"
_ENGLISH = rf"(?:(?P<{{0}}month>{_MONTH}),? )?(?P<{{0}}year>{_YEAR})\b"
_FROM, _TO = _CHINESE.format("from_"), _CHINESE.format("to_")
_ONLY_MONTH = r"(?P<to_month>\d{1,2}) ?月"
_BETWEEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_FROM} ?[到至—-] ?(?:{_TO})",
        rf"{_FROM} ?[到至—-] ?{_ONLY_MONTH}",
        rf"\b(?:from|between) {_ENGLISH.format('from_')} (?:to|and|through|until) "
        rf"{_ENGLISH.format('to_')}",
        rf"\b(?:from|between) (?P<from_month>{_MONTH}) (?:to|and|through|until) "
        rf"{_ENGLISH.format('to_')}",
    )
)
_SINCE = (
    re.compile(rf"{_FROM} ?(?:起|以来|以后|之后|开始|至今)"),
    re.compile(rf"\b(?:since|from|after) {_ENGLISH.format('from_')}", re.IGNORECASE),
)
_WITHIN = (
    re.compile(_FROM),
    re.compile(rf"\b(?:in|during|of|for) {_ENGLISH.format('from_')}", re.IGNORECASE),
)


def period(question: str) -> tuple[str, str | None] | None:
    """First and last day, month or year of the time named, ends included; None where none is.

    The last is None where it goes on until now.
    """
    for pattern in _BETWEEN:
        if match := pattern.search(question):
            years = match.groupdict()
            first = _date(match, "from_", years.get("from_year") or years.get("to_year") or "")
            return first, _date(match, "to_", years.get("to_year") or first[:4])
    for pattern in _SINCE:
        if match := pattern.search(question):
            return _date(match, "from_"), None
    for pattern in _WITHIN:
        if match := pattern.search(question):
            return _date(match, "from_"), _date(match, "from_")
    return None


def _date(match: re.Match[str], side: str, year: str = "") -> str:
    """The date on one side in ISO form, of the ``year`` given or else named."""
    year = year or match[f"{side}year"]
    month = (match.groupdict().get(f"{side}month") or "").lower()
    if not month:
        return year
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    return f"{year}-{number:02}" if 1 <= number <= 12 else year
