"""Reads what a person typed as words, exact phrases, excluded words and conditions.

The syntax: ``"exact phrase"``, ``-word``, and the operators of ``operators``. An operator is
only a known name before a colon with its value right behind; a minus only before a whole word
that follows a space. All else is text: ``std::move``, ``localhost:8080``, ``git push --force``.
"""

import re
from dataclasses import dataclass, field, replace

from index.errors import BadRequest
from index.text.terms import fold, terms
from search.condition import Condition
from search.query.operators import OPERATORS, condition
from search.result import Filters

_TOKEN = re.compile(
    rf"(?<!\S)(?P<minus>-)?(?:(?P<operator>{'|'.join(OPERATORS)})[:：](?!//)(?=[^\s:：]))?"
    r"(?:[\"“”](?P<quoted>[^\"“”]*)[\"“”]"
    r"|(?P<bare>[^\s\"“”][^\s\"“”]*(?:(?<==)[\"“”][^\"“”]*[\"“”])?[^\s\"“”]*))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[\w-]*\w)?[?？!！,，。;；]*")
_FLAG = re.compile(r"[a-z]{1,2}|[A-Za-z]", re.ASCII)
"""What follows a minus in a command: git commit -m, ls -la."""
_QUOTES = str.maketrans("", "", '"“”')
_END = "?？!！,，。;；"

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
    conditions: tuple[Condition, ...] = ()
    """Those typed as operators, and excluded words."""
    filters: Filters = field(default_factory=Filters)
    """Those set beside the text."""
    shown: str = ""
    """The text as it was typed, phrases in their quotes."""

    @property
    def excluded(self) -> tuple[str, ...]:
        """Words that no note found may hold."""
        return tuple(each.value for each in self.conditions if each.kind == "word")


def parse(typed: str, filters: Filters | None = None) -> Query:
    """Take ``typed`` apart.

    Raises:
        BadRequest: an operator has a value that it cannot take, or the text is too long.
    """
    if len(fold(typed)) > 2 * MOST_CHARACTERS + 1:
        raise BadRequest(f"the question is too long; at most {MOST_CHARACTERS} letters are read")
    query = Query("", filters=filters or Filters())
    words: list[str] = []
    shown: list[str] = []
    position = 0
    while position < len(typed):
        match = _TOKEN.match(typed, position)
        if match is None or match.end() == position:
            words.append(typed[position])
            shown.append(typed[position])
            position += 1
            continue
        query = _take(query, match, words, shown)
        position = match.end()
    text = _shortened(" ".join("".join(words).split()))
    return replace(query, text=text, shown=" ".join("".join(shown).split()))


def _shortened(text: str) -> str:
    """The beginning of a text that has no more terms than are looked for."""
    while (count := len(terms(text))) > MOST_TERMS:
        text = text[: len(text) * MOST_TERMS // count]
    return text


def _take(query: Query, match: re.Match[str], words: list[str], shown: list[str]) -> Query:
    read = _condition(match)
    if read is not None:
        return replace(query, conditions=(*query.conditions, read))
    shown.append(match[0])
    if match["operator"] or match["quoted"] is None:
        words.append(match[0])
        return query
    words.append((match["minus"] or "") + match["quoted"])
    phrase = match["quoted"].strip()
    return replace(query, phrases=(*query.phrases, phrase)) if phrase else query


def _condition(match: re.Match[str]) -> Condition | None:
    """The condition that a word of the text sets; None where it is only text."""
    is_quoted = match["quoted"] is not None
    value = match["quoted"] if is_quoted else (match["bare"] or "").rstrip(_END)
    value = value.translate(_QUOTES).strip()
    if match["operator"]:
        if not value:
            return None
        return replace(condition(match["operator"].lower(), value), negated=bool(match["minus"]))
    if not match["minus"] or match.start() == 0 or not value:
        return None
    if is_quoted or (_WORD.fullmatch(match["bare"]) and not _FLAG.fullmatch(value)):
        return Condition("word", value, negated=True)
    return None
