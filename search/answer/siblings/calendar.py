"""Sentences of other months and years than the one that is asked about."""

import re
from collections.abc import Iterator

from index.markdown.sentences import sentences
from index.text.terms import fold

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = re.compile(
    r"\b(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may(?= \d|[,.?!]|$)|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
    r"|(?<!\d)(?P<number>1[0-2]|0?[1-9]) ?月(?!份?以)|(?:19|20)\d\d-(?P<iso>0[1-9]|1[0-2])\b"
)
_YEAR = re.compile(r"(?<![\d.,])(?P<number>(?:19|20)\d\d)(?= ?年|-[01]\d|\b(?![.,]\d))")
_OPEN = re.compile(
    r"\b(?:since|after|before|until|between|from|by)\b|以[后前来上]|之[后前]|起|至今|到|至|截止"
)
"""Where a question gives a bound, other months may be what it asks for."""

Values = dict[str, frozenset[int]]


def values(folded: str) -> Values:
    """The months and the years that a folded text gives."""
    months = frozenset(
        _MONTHS.index(m["name"][:3]) + 1 if m["name"] else int(m["number"] or m["iso"])
        for m in _MONTH.finditer(folded)
    )
    years = frozenset(int(m["number"]) for m in _YEAR.finditer(folded))
    return {kind: found for kind, found in (("month", months), ("year", years)) if found}


def of_other_times(question: str, text: str, title: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that speak of other months or years only (folded question)."""
    asked = values(question)
    if not asked or _OPEN.search(question) or _share(asked, values(fold(title))):
        return
    for start, end in sentences(text):
        given = values(fold(text[start:end]))
        if any(kind in given and asked[kind].isdisjoint(given[kind]) for kind in asked):
            yield start, end


def _share(asked: Values, given: Values) -> bool:
    return any(not asked[kind].isdisjoint(given.get(kind, frozenset())) for kind in asked)
