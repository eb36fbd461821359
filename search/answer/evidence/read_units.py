"""Units of the passages that were read, with what speaks for each as the answer."""

import math
import re
from dataclasses import dataclass

from index.text.language import language
from index.text.terms import terms
from search.answer.evidence.finder import Gatherer
from search.answer.evidence.spans import Unit
from search.answer.evidence.term_weights import tells
from search.answer.question.intent import Question
from search.ranking.reading import ReadPassage

FEATURES = (
    "sentence", "passage", "search", "note", "overlap", "around", "across", "length", "type",
    "property", "code", "row", "step", "best", "rank", "semantic", "before", "lead",
)  # fmt: skip
"""What is known of a unit: the reader's logits of its sentence and its passage; the search's
scores of the passage and of the note, over the best ones'; the share of the question's terms in
it, as far as they stand in any unit, and in its headings; whether question and unit are in two
languages; the logarithm of its length over 60 characters; whether it has a number or date that
is asked for; what it is; whether the reader finds it the best of its passage; one over the
place of the passage; the cosine of the passage; the reader's logit of the unit before it and the
share of the question's terms in that."""
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿]{2,}|[两几][倍次个]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[月日]|\d年")
LEAST, MOST = -12.0, 8.0
"""Between these the reader's logits tell anything."""
_NONE_BEFORE = -4.0
"""The logit of the unit before the first: about that of any unit."""


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit that may be quoted and its features, in the order of ``FEATURES``."""

    unit: Unit
    features: tuple[float, ...]
    terms: frozenset[str]

    def __getitem__(self, name: str) -> float:
        """The feature of this name."""
        return self.features[FEATURES.index(name)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit, the reader's logit of it, its terms, and the piece before it in its passage."""

    unit: Unit
    logit: float
    terms: frozenset[str]
    before: "_Piece | None"


def read_units(gatherer: Gatherer, part: str = "") -> list[ReadUnit]:
    """The units of all passages that were read for a question, the nearest passage first.

    With a ``part`` of the question the passages are read again as they answer that.
    """
    passages = gatherer.read_part(part) if part else gatherer.read
    read = [each for each in passages.values() if each.passage.note_id in gatherer.notes]
    found = [(each, own) for each in read if (own := _pieces(gatherer, each))]
    words = gatherer.words().found_in(piece.terms for _, own in found for piece in own)
    top = max((each.score for each, _ in found), default=0.0) or 1.0
    made: list[ReadUnit] = []
    for place, (each, own) in enumerate(found, 1):
        title = frozenset(terms(gatherer.notes[each.passage.note_id].title))
        across = language(each.passage.text) != gatherer.asked.lang
        best = max(piece.logit for piece in own)
        for piece in own:
            unit, before = piece.unit, piece.before
            heading = frozenset(terms(" ".join(unit.heading))) - piece.terms - title
            features = (
                piece.logit,
                _bounded(each.logit),
                each.score / top,
                gatherer.scores.get(unit.note_id, 0.0),
                words.share(piece.terms, title),
                words.share(heading),
                float(across),
                math.log(max(len(unit.text), 20) / 60),
                float(_is_asked_for(gatherer.asked, unit.text)),
                float(unit.is_property),
                float(unit.is_code),
                float(unit.text.startswith("|")),
                float(unit.is_step),
                float(piece.logit == best),
                1 / place,
                each.semantic,
                before.logit if before else _NONE_BEFORE,
                words.share(before.terms) if before else 0.0,
            )
            made.append(ReadUnit(unit, features, piece.terms))
    return made


def _pieces(gatherer: Gatherer, read: ReadPassage) -> list[_Piece]:
    """The units of a passage that the reader got to; of its properties those that may tell."""
    made: list[_Piece] = []
    for unit in gatherer.units(read.passage):
        logit = _logit(read, unit)
        told = not unit.is_property or tells(unit.text, gatherer.words())
        if logit is not None and told:
            before = made[-1] if made else None
            made.append(_Piece(unit, logit, frozenset(terms(unit.stated)), before))
    return made


def _is_asked_for(question: Question, text: str) -> bool:
    number = question.wants_number and _NUMBER.search(text) is not None
    return number or (question.wants_date and _DATE.search(text) is not None)


def _logit(passage: ReadPassage, unit: Unit) -> float | None:
    """The best sentence within a unit, or that which holds it; None where none was read."""
    logits = [
        each.logit
        for each in passage.sentences
        if each.start < unit.end and unit.start < each.end and each.logit > float("-inf")
    ]
    return _bounded(max(logits)) if logits else None


def _bounded(logit: float) -> float:
    return min(max(logit, LEAST), MOST)
