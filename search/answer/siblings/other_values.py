"""Finds sentences of other months, years or numbers of a thing than those asked about."""

import re
from collections.abc import Iterator

from index.markdown.sentences import sentences
from index.text.dates import MONTHS
from index.text.terms import fold
from search.query.stopwords import ENGLISH

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

_NUMBERED = re.compile(
    r"(?<![\w.])(?P<stem>[a-z]{3,})[ \-_#]{1,2}(?P<number>\d+(?:\.\d+)*)(?![\w]|\.\d)"
)
_AMOUNTS = frozenset({
    "least", "most", "top", "than", "past", "next", "last", "every", "only", "page", "pages",
})  # fmt: skip
"""Words before a number that count things and name none."""

Values = dict[str, frozenset[int]]


def values(folded: str) -> Values:
    """The months and the years that a folded text gives."""
    months = frozenset(
        MONTHS.index(m["name"][:3]) + 1 if m["name"] else int(m["number"] or m["iso"])
        for m in _MONTH.finditer(folded)
    )
    years = frozenset(int(m["number"]) for m in _YEAR.finditer(folded))
    return {kind: found for kind, found in (("month", months), ("year", years)) if found}


def numbered(folded: str) -> dict[str, frozenset[str]]:
    """The numbers of the things that a folded text numbers: homework 3, build 7.1."""
    found: dict[str, set[str]] = {}
    for match in _NUMBERED.finditer(folded):
        stem = match["stem"]
        if stem not in ENGLISH | _AMOUNTS and not _MONTH.match(stem):
            found.setdefault(stem, set()).add(match["number"])
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


def of_other_values(question: str, text: str, title: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that speak of other months, years or numbers (folded question)."""
    asked, things = values(question), numbered(question)
    if _OPEN.search(question) or _share(asked, values(fold(title))):
        asked = {}
    if not asked and not things:
        return
    for start, end in sentences(text):
        folded = fold(text[start:end])
        given, others = values(folded), numbered(folded) if things else {}
        if any(kind in given and asked[kind].isdisjoint(given[kind]) for kind in asked) or any(
            stem in others and not _meets(things[stem], others[stem]) for stem in things
        ):
            yield start, end


def _meets(asked: frozenset[str], given: frozenset[str]) -> bool:
    """Whether one of the numbers is the other, or a version of it: 3 and 3.12."""
    return any(
        a == g or a.startswith(f"{g}.") or g.startswith(f"{a}.") for a in asked for g in given
    )


def _share(asked: Values, given: Values) -> bool:
    return any(not asked[kind].isdisjoint(given.get(kind, frozenset())) for kind in asked)
