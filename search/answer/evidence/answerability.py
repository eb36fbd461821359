"""How likely the notes answer a question, judged by what was found for it.

A logistic regression on the signs, fitted on questions of four vaults, of a dozen to thousands
of notes, with and without an answer, many of them about what the notes know but do not say;
``tests/bench/abstaining.py`` draws the curve.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.answer.evidence.read_units import ReadUnit

_BIAS = -9.56
_TOP, _MEANING, _HELD, _WHOLE, _WORDS = 0.97, 5.71, 1.28, 1.04, 0.61
_SAID, _FEW, _NAMED, _SIBLING, _ENGLISH = 1.35, 1.28, 2.05, -3.2, 1.16
_MANY = 3.5
"""Decimal digits of the number of notes from which they count as many."""
LEAST = 0.36
"""Below this the notes are said not to answer."""


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


QUESTION_FEATURES = (
    "sentence", "passage", "semantic", "top", "held", "whole", "words", "said", "few", "named",
    "sibling", "across", "across_held",
)  # fmt: skip
"""What tells whether notes answer: the reader's best logits of a sentence and of a passage, the
largest cosine of a passage that was read, the signs of the same names (``few``: what is held, the
more the fewer notes there are), whether best unit and question are in two languages, and what is
held then, when it says less."""


def question_features(
    signs: Signs, best: "Sequence[ReadUnit]", passage: float, semantic: float
) -> tuple[float, ...]:
    """The features of a question, from its units, best first, and its best passage's scores."""
    if not best:
        return (0.0,) * len(QUESTION_FEATURES)
    few = signs.held * max(_MANY - math.log10(max(signs.notes, 1)), 0.0)
    across = best[0]["across"]
    return (
        best[0]["sentence"], passage, semantic, signs.top, signs.held, float(signs.whole),
        float(signs.words), signs.said, few, signs.named, float(signs.sibling),
        across, across * signs.held,
    )  # fmt: skip
