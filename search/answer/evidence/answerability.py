"""How likely the notes answer a question, judged by what was found for it.

A logistic regression on the signs, fitted on questions of four vaults, of a dozen to thousands
of notes, with and without an answer, many of them about what the notes know but do not say;
``tests/bench/abstaining.py`` draws the curve.
"""

import math
from dataclasses import dataclass

_BIAS = -9.56
_TOP, _MEANING, _HELD, _WHOLE, _WORDS = 0.97, 5.71, 1.28, 1.04, 0.61
_SAID, _FEW, _NAMED, _SIBLING, _ENGLISH = 1.35, 1.28, 2.05, -3.2, 1.16
_MANY = 3.5
"""Decimal digits of the number of notes from which they count as many."""
LEAST = 0.36
"""Below this the notes are said not to answer."""
LEAST_SURE = 0.33
"""The same where notes were read, for the mean of what the reader sees and what words tell: of
vaults left out in turn it refuses .03 of the questions that have an answer and .77 of those
that have none (``tests/bench/answers/fit.py``)."""
LEAST_SURE_ACROSS = 0.2
"""The same where notes in another language were read, for what the reader sees alone: measured
so, .01 of the questions that have an answer are refused and .42 of those that have none."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer and against it."""

    top: float
    """Score of the best note, on the scale of the search: less for a longer question."""
    meaning: float
    """Cosine of the question with the unit that is nearest to it."""
    held: float
    """Share of what is asked, names aside, that stands in a note about what is named."""
    whole: bool
    """Whether all of it does: one missing word may be just the property that is not stated."""
    words: int
    """How much is asked: clauses, names aside, as far as more of them change anything."""
    said: float
    """Share of what is asked that one sentence says, or what stands over it."""
    named: float
    """Share of the names in the question that stand in the note that holds most of them."""
    sibling: bool
    """Whether the notes know the thing by other numbers only: version 2 where 3 is asked."""
    english: bool
    """Whether the question is in English: fewer of its words stand in notes that are not."""
    notes: int
    """How many notes there are: of few, other signs are weak where the words do stand."""


def confidence(signs: Signs) -> float:
    """Probability that the notes answer, between 0 and 1."""
    sum_of_signs = (
        _BIAS
        + _TOP * signs.top
        + _MEANING * signs.meaning
        + _HELD * signs.held
        + _WHOLE * signs.whole
        + _WORDS * signs.words
        + _SAID * signs.said
        + _FEW * signs.held * max(_MANY - math.log10(max(signs.notes, 1)), 0.0)
        + _NAMED * signs.named
        + _SIBLING * signs.sibling
        + _ENGLISH * signs.english
    )
    return 1 / (1 + math.exp(-sum_of_signs))


QUESTION_FEATURES = ("passage", "top", "words", "sibling")
"""What tells whether notes answer, once they were read: the reader's largest logit of a passage
and the signs of the same names. More of the signs told less of vaults that were left out."""


def question_features(signs: Signs, passage: float) -> tuple[float, ...]:
    """The features of a question, from its signs and the reader's best logit of a passage."""
    return passage, signs.top, float(signs.words), float(signs.sibling)


def refused(sure: float, signs: Signs, *, across: bool) -> bool:
    """Whether notes that were read are said not to answer.

    ``sure`` is the probability that the reader gives. Of notes in another language than the
    question (``across``) words tell only that no name is there.
    """
    if across:
        return sure < LEAST_SURE_ACROSS or signs.named == 0
    return (sure + confidence(signs)) / 2 < LEAST_SURE
