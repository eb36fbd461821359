"""Units of the passages that were read, with what speaks for each as the answer."""

import math
import re
from dataclasses import dataclass

from index.text.language import language
from index.text.terms import terms
from search.answer.evidence.finder import Gatherer
from search.answer.evidence.spans import Unit
from search.answer.question.intent import Question
from search.ranking.reading import ReadPassage

FEATURES = (
    "sentence", "passage", "search", "note", "overlap", "around", "across", "length", "type",
    "property", "code", "row", "step",
)  # fmt: skip
"""What is known of a unit: the reader's logits of its sentence and its passage; the search's
scores of the passage and of the note, over the best ones'; the share of the question's terms in
it, as far as they stand in any unit, and in its headings; whether question and unit are in two
languages; the logarithm of its length over 60 characters; whether it has a number or date that
is asked for; what it is."""
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿]{2,}|[两几][倍次个]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[月日]|\d年")
LEAST, MOST = -12.0, 8.0
"""Between these the reader's logits tell anything."""


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit that may be quoted and its features, in the order of ``FEATURES``."""

    unit: Unit
    features: tuple[float, ...]
    terms: frozenset[str]

    def __getitem__(self, name: str) -> float:
        """The feature of this name."""
        return self.features[FEATURES.index(name)]


def read_units(gatherer: Gatherer) -> list[ReadUnit]:
    """The units of all passages that were read for a question, the nearest passage first."""
    found = [
        (each, unit, frozenset(terms(unit.stated)))
        for each in gatherer.read.values()
        if each.passage.note_id in gatherer.notes
        for unit in gatherer.units(each.passage)
    ]
    titles = {note: frozenset(terms(gatherer.notes[note].title)) for note in gatherer.scores}
    words = gatherer.words().found_in(own for *_, own in found)
    top = max((each.score for each, *_ in found), default=0.0) or 1.0
    made = []
    for each, unit, own in found:
        logit = _logit(each, unit)
        if logit is not None:
            title = titles.get(unit.note_id, frozenset())
            heading = frozenset(terms(" ".join(unit.heading))) - own - title
            features = (
                logit,
                _bounded(each.logit),
                each.score / top,
                gatherer.scores.get(unit.note_id, 0.0),
                words.share(own, title),
                words.share(heading),
                float(language(each.passage.text) != gatherer.asked.lang),
                math.log(max(len(unit.text), 20) / 60),
                float(_is_asked_for(gatherer.asked, unit.text)),
                float(unit.is_property),
                float(unit.is_code),
                float(unit.text.startswith("|")),
                float(unit.is_step),
            )
            made.append(ReadUnit(unit, features, own))
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
