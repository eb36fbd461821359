"""What a person typed → words, exact phrases, excluded words and filters.

The syntax: ``"exact phrase"``, ``-word``, ``tag:``, ``path:``, ``title:``, ``after:``,
``before:``, ``prop:key=value``; a value with spaces stands in quotes (``tag:"a b"``).
"""

import re
from dataclasses import dataclass, field, replace

from index.errors import BadRequest
from index.text.terms import fold, terms
from search.result import Filters

OPERATORS = ("tag", "path", "title", "after", "before", "prop")
_TOKEN = re.compile(
    r"(?<!\S)(?P<minus>-)?(?:(?P<operator>[A-Za-z]+):(?!//))?"
    r"(?:[\"“”](?P<quoted>[^\"“”]*)[\"“”]|(?P<bare>[^\s\"“”]\S*))?"
)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_WORD_WITH_COLON = re.compile(r"[A-Za-z]+:\S")

MOST_CHARACTERS = 2000
"""Of a question. Once folded, where one character may become eighteen, so many of it and of
the question before it are still read."""
MOST_TERMS = 200
"""Of a question; what stands behind them is not looked for. Each is compared with the others."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question taken apart."""

    text: str
    """What is to be matched by meaning and by words, phrases included."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)


def parse(typed: str, filters: Filters | None = None) -> Query:
    """Take ``typed`` apart and add its operators to ``filters``.

    Raises:
        BadRequest: an unknown operator, or a value that it cannot take, or too long a text.
    """
    if len(fold(typed)) > 2 * MOST_CHARACTERS + 1:
        raise BadRequest(f"the question is too long; at most {MOST_CHARACTERS} letters are read")
    query = Query("", filters=filters or Filters())
    words: list[str] = []
    position = 0
    while position < len(typed):
        match = _TOKEN.match(typed, position)
        if match is None or match.end() == position:
            words.append(typed[position])
            position += 1
            continue
        query = _take(query, match, words)
        position = match.end()
    return replace(query, text=_shortened(" ".join("".join(words).split())))


def _shortened(text: str) -> str:
    """The beginning of a text that has no more terms than are looked for."""
    while (count := len(terms(text))) > MOST_TERMS:
        text = text[: len(text) * MOST_TERMS // count]
    return text


def _take(query: Query, match: re.Match[str], words: list[str]) -> Query:
    operator = (match["operator"] or "").lower()
    value = match["quoted"] if match["quoted"] is not None else match["bare"] or ""
    if operator:
        if operator not in OPERATORS:
            if not _WORD_WITH_COLON.fullmatch(match[0][: len(operator) + 2]):
                words.append(match[0])  # "note: …" is prose
                return query
            raise BadRequest(
                f'there is no operator "{operator}:"; use {", ".join(o + ":" for o in OPERATORS)}'
                f' or put the words in quotes: "{match[0]}"'
            )
        return replace(query, filters=_filter(query.filters, operator, value))
    if match["minus"] and value:
        return replace(query, excluded=(*query.excluded, value))
    words.append((match["minus"] or "") + value)
    if match["quoted"]:
        return replace(query, phrases=(*query.phrases, match["quoted"].strip()))
    return query


def _filter(filters: Filters, operator: str, value: str) -> Filters:
    if not value:
        raise BadRequest(f"{operator}: needs a value right behind the colon")
    if operator == "tag":
        return replace(filters, tags=(*filters.tags, value))
    if operator == "path":
        return replace(filters, folders=(*filters.folders, value))
    if operator == "title":
        return replace(filters, title=value)
    if operator == "prop":
        return replace(filters, properties=(*filters.properties, property_filter(value)))
    checked = date_filter(operator, value)
    if operator == "after":
        return replace(filters, after=checked)
    return replace(filters, before=checked)


def property_filter(value: str) -> tuple[str, str]:
    """``key=value`` or ``key:value`` as a pair.

    Raises:
        BadRequest: there is no key or no value.
    """
    key, _, wanted = (
        value.replace("：", ":").replace(":", "=", 1 if "=" not in value else 0).partition("=")
    )
    if not key.strip() or not wanted.strip():
        raise BadRequest(f"a property is asked for as key=value, not {value!r}")
    return key.strip(), wanted.strip()


def date_filter(name: str, value: str) -> str:
    """A day, month or year in ISO form.

    Raises:
        BadRequest: it is none of these.
    """
    if not _DATE.fullmatch(value):
        raise BadRequest(f"{name} takes a date such as 2025-12-18, 2025-12 or 2025, not {value!r}")
    return value
