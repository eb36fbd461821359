"""How likely the notes answer a question, judged by what was found for it.

A logistic regression on six signs, fitted on development questions with and without an
answer, and on the questions of one vault asked of another; ``tests/bench/abstaining.py``
draws the curve.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.lexical import Lexical
from index.words import terms
from search.answer.evidence import Words
from search.answer.question import Question
from search.stopwords import ENGLISH

_BIAS = -4.5
_TOP, _MEANING, _HELD, _ELSEWHERE, _NOWHERE, _ENGLISH = 3.7, 6.3, 3.65, -0.55, -1.0, 0.8
LEAST = 0.22
"""Below this the notes are said not to answer: refuses one answerable question in twenty-five,
and nine in ten that belong to another world."""
_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer and against it."""

    top: float
    """Score of the best note, on the scale of the search."""
    meaning: float
    """Cosine of the question with the best unit."""
    held: float
    """Share of the question's words that stand in the best note, those of its title aside."""
    elsewhere: int
    """Names in the question that the three best notes do not hold."""
    nowhere: int
    """Names in the question that no note holds, where the notes hold another."""
    english: bool
    """Whether the question is in English: fewer of its words stand in notes that are not."""


def confidence(signs: Signs) -> float:
    """Probability that the notes answer, between 0 and 1."""
    sum_of_signs = (
        _BIAS
        + _TOP * signs.top
        + _MEANING * signs.meaning
        + _HELD * signs.held
        + _ELSEWHERE * signs.elsewhere
        + _NOWHERE * min(signs.nowhere, 2)
        + _ENGLISH * signs.english
    )
    return 1 / (1 + math.exp(-sum_of_signs))


def signs(
    question: Question,
    words: Words,
    lexical: Lexical,
    top: float,
    meaning: float,
    notes: Sequence[tuple[str, str]],
) -> Signs:
    """The signs, from the best notes given as (title, text), best first."""
    texts = [frozenset(terms(f"{title} {text}")) for title, text in notes]
    title = frozenset(terms(notes[0][0]))
    aspect = [clause for clause in words.clauses if not _stands(clause, title)]
    total = sum(max(clause.values()) for clause in aspect)
    held = sum(max(clause.values()) for clause in aspect if _stands(clause, texts[0]))
    names = _names(question, words)
    known = [name for name in names if lexical.frequency(name)]
    if question.lang == "en" and not known:
        names = set()  # notes that write no name in Latin letters hold none of them
    return Signs(
        top=top,
        meaning=meaning,
        held=held / total if total else 1.0,
        elsewhere=sum(not any(name in text for text in texts) for name in names),
        nowhere=len(names) - len(known) if names else 0,
        english=question.lang == "en",
    )


def _names(question: Question, words: Words) -> set[str]:
    """Terms of names and numbers that nothing else in the question may stand for.

    In a Chinese question anything in Latin letters is a name; in an English one what has a
    capital within the sentence, or a digit.
    """
    found: set[str] = set()
    for match in _NAME.finditer(question.text):
        written = match[0]
        capital = match.start() > 0 and any(c.isupper() for c in written)
        if question.lang == "zh" or capital or any(c.isdigit() for c in written):
            found.update(terms(written))
    translated = {term for clause in words.clauses if len(clause) > 1 for term in clause}
    return {name for name in found - translated - ENGLISH if len(name) > 1}


def _stands(clause: Mapping[str, float], held: frozenset[str]) -> bool:
    return any(held.issuperset(term.split(" ")) for term in clause)
