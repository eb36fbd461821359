"""Weighs units against a question: its words, its meaning, the kind of thing it asks for."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import Clause, Lexical
from index.words import terms
from search.answer.question import Question
from search.answer.units import Unit

_ENCODED = 40
"""Units whose meaning is compared, best by words and passage first: what the encoder reads in
about a tenth of a second."""
_MEANING = 1.5
_SUMMARY = 0.25
"""A sentence under a heading such as 摘要 stands on its own and says the main thing; on
development questions 0.1 to 0.3 all help."""
_SUMMARY_HEADING = re.compile(
    r"摘要|总结|要点|结论|概述|小结|summary|tl;?dr|abstract|overview|takeaway|key points?|conclusion",
    re.IGNORECASE,
)
_IN_TITLE = 0.3
"""A word of the note's title says which note, hardly which sentence."""
_IN_HEADING = 0.4
_PASSAGE = 0.6
_ASKED_TYPE = 0.1
_LENGTH = 0.15
"""Exponent of the length that a score is divided by; on development questions 0.1 to 0.5 do
alike, 0 quotes long sentences where short ones answer."""
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两半]+(?:[个倍年月日天成款条%]|分之)")
_DATE = re.compile(r"\d+ ?[年月日]|\d{4}-\d\d|\b(?:19|20)\d\d\b")

Vector = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vector]
"""Centred unit vectors of texts, shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit and how well it speaks to the question."""

    unit: Unit
    score: float
    lexical: float
    """Share of the question's words, by rarity, that it holds."""
    meaning: float
    """Cosine with the question."""
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The question's clauses with what each is worth."""

    clauses: Sequence[Mapping[str, float]]
    total: float

    def share(self, held: frozenset[str], weight: Mapping[str, float] | None = None) -> float:
        """How much of the question stands among the terms ``held``, between 0 and 1."""
        found = 0.0
        for clause in self.clauses:
            found += max(
                (
                    worth * (weight.get(term, 1.0) if weight else 1.0)
                    for term, worth in clause.items()
                    if all(part in held for part in term.split(" "))
                ),
                default=0.0,
            )
        return min(found / self.total, 1.0) if self.total else 0.0


def worth(clauses: Iterable[Clause], lexical: Lexical) -> Words:
    """Each clause's terms by weight and rarity."""
    priced = []
    for clause in clauses:
        prices = {
            term: weight * lexical.rarity(min(map(lexical.frequency, term.split(" "))))
            for term, weight in clause
        }
        if prices:
            priced.append(prices)
    return Words(priced, sum(max(prices.values()) for prices in priced))


def weigh(
    question: Question,
    words: Words,
    vector: Vector | None,
    units: Sequence[tuple[Unit, str, float]],
    encode: Encode,
) -> list[Weighed]:
    """Weigh units given with their note's title and their passage's score; best first.

    ``vector`` is the centred question, shape (dimensions,).
    """
    rough = [_lexically(question, words, *each) for each in units]
    rough.sort(key=lambda weighed: -weighed.score)
    if vector is None or not rough:
        return rough
    read, rest = rough[:_ENCODED], rough[_ENCODED:]
    cosines = encode([weighed.unit.text for weighed in read]) @ vector
    least = float(min(cosines))
    final = [
        _meant(weighed, float(cosine)) for weighed, cosine in zip(read, cosines, strict=True)
    ] + [_meant(weighed, min(least, 0.0)) for weighed in rest]
    return sorted(final, key=lambda weighed: -weighed.score)


def _lexically(
    question: Question, words: Words, unit: Unit, title: str, passage_score: float
) -> Weighed:
    held = frozenset(terms(unit.text))
    named = frozenset(terms(title))
    above = frozenset(terms(" ".join(unit.heading)))
    own = words.share(held, dict.fromkeys(named, _IN_TITLE))
    around = _IN_HEADING * words.share(above - held - named)
    score = own + around + _PASSAGE * passage_score
    if _SUMMARY_HEADING.search(" ".join(unit.heading)):
        score += _SUMMARY
    if question.wants_number and _NUMBER.search(unit.text):
        score += _ASKED_TYPE
    if question.wants_date and _DATE.search(unit.text):
        score += _ASKED_TYPE
    return Weighed(unit, score / _length(unit), own + around, 0.0, held)


def _meant(weighed: Weighed, cosine: float) -> Weighed:
    score = weighed.score + _MEANING * cosine / _length(weighed.unit)
    return Weighed(weighed.unit, score, weighed.lexical, cosine, weighed.terms)


def _length(unit: Unit) -> float:
    return math.pow(max(len(unit.text), 30) / 60, _LENGTH)

