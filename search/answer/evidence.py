"""Weighs units against a question: its words, its meaning, the kind of thing it asks for."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import Clause
from index.words import terms
from search.answer.question import Question
from search.answer.units import Unit
from search.engine import Words as Vocabulary

# The weights were tuned together on development questions by random search; each stands in
# the middle of the range in which nothing changes much (facts found ± 0.01).
_WORDS = 1.0
_IN_TITLE = 0.3
"""A word of the note's title says which note, hardly which sentence."""
_IN_HEADING = 0.4
_PASSAGE = 0.4
_MEANING = 1.5
_ASKED_TYPE = 0.1
_STEPS = 0.3
"""Who asks how to do a thing wants its steps and what is to be typed."""
_SUMMARY = 0.3
"""A sentence under a heading such as 摘要 stands on its own and says the main thing."""
_LABELLED = 0.6
"""What a list item says of the words before its colon is what it is there to say."""
_TABLE_ROW = 0.15
"""A row read without its table says less than a sentence."""
_NOTE = 1.5
"""Exponent of the note's score over the best note's: the right note matters most."""
_LENGTH = 0.15
"""Exponent of the length that a score is divided by, so that of two sentences that say the
same the shorter is quoted."""
_READ = (16, 10, 8)
_READ_OF_MORE = 4
"""Units whose meaning is compared, of the first notes and of each further one, best by words
first: about what the encoder reads in a fifth of a second."""

_SUMMARY_HEADING = re.compile(
    r"摘要|总结|要点|结论|概述|小结|summary|tl;?dr|abstract|overview|takeaway|key points?"
    r"|conclusion",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*([^：:]{1,24})[：:]")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两半]+(?:[个倍年月日天成款条%]|分之)")
_DATE = re.compile(r"\d+ ?[年月日]|\d{4}-\d\d|\b(?:19|20)\d\d\b")

Vector = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vector]
"""Centred unit vectors of texts, shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit to be weighed, with what is known of the note and passage it stands in."""

    unit: Unit
    title: str
    passage_score: float
    note_rank: int
    note_score: float
    """Over the best note's, between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit and how well it speaks to the question."""

    unit: Unit
    score: float
    meaning: float
    """Cosine with the question; 0 where it was not read."""
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The question's clauses, each the worth of its alternatives, and their worth together."""

    clauses: Sequence[Mapping[str, float]]
    total: float

    def share(self, held: frozenset[str], discounted: frozenset[str] = frozenset()) -> float:
        """How much of the question stands among the terms ``held``, between 0 and 1."""
        found = sum(_best(clause, held, discounted) for clause in self.clauses)
        return min(found / self.total, 1.0) if self.total else 0.0

    def found_in(self, texts: Iterable[frozenset[str]]) -> "Words":
        """Only what stands in at least one of the texts.

        The prices of what means the same move halfway (geometrically) to the highest: which
        of two languages a sentence uses says little of what it states.
        """
        held = frozenset().union(*texts)
        found = []
        for clause in self.clauses:
            here = {t: price for t, price in clause.items() if held.issuperset(t.split(" "))}
            if here:
                top = max(here.values())
                found.append({term: math.sqrt(price * top) for term, price in here.items()})
        return Words(found, sum(max(prices.values()) for prices in found))


def worth(clauses: Iterable[Clause], lexical: Vocabulary) -> Words:
    """Each clause's terms by weight and rarity."""
    priced = [
        {
            term: weight * lexical.rarity(min(map(lexical.frequency, term.split(" "))))
            for term, weight in clause
        }
        for clause in clauses
        if clause
    ]
    return Words(priced, sum(max(prices.values()) for prices in priced))


def weigh(
    question: Question,
    words: Words,
    vector: Vector | None,
    candidates: Iterable[Candidate],
    encode: Encode,
    focus: float = 1.0,
) -> list[Weighed]:
    """Weigh units, best first; ``vector`` is the centred question, shape (dimensions,).

    ``focus`` is how much more than usual the question's words count.
    """
    held = [(frozenset(terms(each.unit.text)), each) for each in candidates]
    words = words.found_in(terms_held for terms_held, _ in held)
    rough = [(_by_words(question, words, mine, each, focus), each) for mine, each in held]
    rough.sort(key=lambda pair: -pair[0].score)
    read = _worth_reading(rough)
    if vector is None or not read:
        cosines = np.zeros(len(read), dtype=np.float32)
    else:
        cosines = encode([each.unit.text for _, each in read]) @ vector
    found = [
        _by_meaning(weighed, each, float(cosine))
        for (weighed, each), cosine in zip(read, cosines, strict=True)
    ]
    return sorted(found, key=lambda weighed: -weighed.score)


def _worth_reading(
    rough: Sequence[tuple[Weighed, Candidate]],
) -> list[tuple[Weighed, Candidate]]:
    taken: dict[int, int] = {}
    read = []
    for weighed, each in rough:
        rank = each.note_rank
        most = _READ[rank] if rank < len(_READ) else _READ_OF_MORE
        if taken.get(each.unit.note_id, 0) < most:
            taken[each.unit.note_id] = taken.get(each.unit.note_id, 0) + 1
            read.append((weighed, each))
    return read


def _by_words(
    question: Question, words: Words, held: frozenset[str], each: Candidate, focus: float
) -> Weighed:
    title = frozenset(terms(each.title))
    above = frozenset(terms(" ".join(each.unit.heading)))
    share = _WORDS * words.share(held, title) + _IN_HEADING * words.share(above - held - title)
    score = focus * share + _PASSAGE * each.passage_score
    if each.unit.text.startswith("|"):
        score -= _TABLE_ROW
    if question.kind == "howto" and (each.unit.is_code or each.unit.is_step):
        score += _STEPS
    label = _LABEL.match(each.unit.text)
    if label is not None:
        score += _LABELLED * focus * words.share(frozenset(terms(label[1])))
    if _SUMMARY_HEADING.search(" ".join(each.unit.heading)):
        score += _SUMMARY
    if question.wants_number and _NUMBER.search(each.unit.text):
        score += _ASKED_TYPE
    if question.wants_date and _DATE.search(each.unit.text):
        score += _ASKED_TYPE
    return Weighed(each.unit, score, 0.0, held)


def _by_meaning(weighed: Weighed, each: Candidate, cosine: float) -> Weighed:
    length = math.pow(max(len(each.unit.text), 30) / 60, _LENGTH)
    score = max(weighed.score + _MEANING * cosine, 0.0) / length
    score *= math.pow(max(each.note_score, 0.0), _NOTE)
    return Weighed(each.unit, score, cosine, weighed.terms)


def _best(clause: Mapping[str, float], held: frozenset[str], discounted: frozenset[str]) -> float:
    return max(
        (
            value * (_IN_TITLE if term in discounted else 1.0)
            for term, value in clause.items()
            if all(part in held for part in term.split(" "))
        ),
        default=0.0,
    )
