"""Weighs units against a question: its words, its meaning, the kind of thing it asks for."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.passages.embedding_text import heading_context
from index.text.terms import terms
from search.answer.evidence.spans import Unit
from search.answer.evidence.term_weights import Words
from search.answer.question.intent import Question

# The weights were tuned together on development questions by random search; each stands in
# the middle of the range in which nothing changes much (facts found ± 0.01).
_WORDS = 1.0
_IN_HEADING = 0.4
_PASSAGE = 0.4
_MEANING = 1.5
_ASKED_TYPE = 0.15
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
_USUAL = 0.2
"""Cosine of a question with a unit that speaks to it, before it is read."""
_BESIDE = 20
"""Characters that reading costs beside a unit's own, such as its note's title."""
_SUMMARY_HEADING = re.compile(
    r"摘要|总结|要点|结论|概述|小结|summary|tl;?dr|abstract|overview|takeaway|key points?"
    r"|conclusion",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*([^：:]{1,24})[：:]")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两半]+(?:[个倍年月日天成款条%]|分之)")
_DATE = re.compile(r"\d+ ?[年月日]|\d{4}-\d\d|\b(?:19|20)\d\d\b")

_PART = 0.25
"""How much of the whole question's meaning goes into that of its part."""

Vector = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vector]
"""Centred unit vectors of texts, shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters are read."""

    of_all: int
    of_one: int
    """Of one note."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit to be weighed, with what is known of the note and passage it stands in."""

    unit: Unit
    title: str
    passage_score: float
    note_rank: int
    note_score: float
    """Over the best note's, between 0 and 1."""
    terms: frozenset[str]
    """Of the unit's text."""
    voice: frozenset[str] = frozenset()
    """Of the names in the question those for whom the whole note speaks, as its author's."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit and how well it speaks to the question."""

    unit: Unit
    score: float
    meaning: float
    """Cosine with the question; 0 where it was not read."""
    terms: frozenset[str]


Sifted = tuple[Weighed, Candidate]
"""A unit as words alone weigh it, and where it comes from."""


def sifted(
    question: Question,
    words: Words,
    candidates: Sequence[Candidate],
    focus: float,
    room: Room,
    known: frozenset[str] = frozenset(),
) -> list[Sifted]:
    """Units as far as words tell, best first, those that are worth reading.

    ``focus`` is how much more than usual the question's words count; ``known`` terms say which
    note is meant, hardly which sentence.
    """
    words = words.found_in(each.terms | each.voice for each in candidates)
    around = {
        text: frozenset(terms(text))
        for text in {text for each in candidates for text in _around(each)}
    }
    rough = [(_by_words(question, words, each, focus, around, known), each) for each in candidates]
    rough.sort(key=lambda pair: -_scaled(pair[0].score + _MEANING * _USUAL, pair[1]))
    used: Counter[int] = Counter()
    kept = []
    for weighed, each in rough:
        used[each.unit.note_id] += len(each.unit.text) + _BESIDE
        if used[each.unit.note_id] <= room.of_one and used.total() <= room.of_all:
            kept.append((weighed, each))
    return kept


def read(
    groups: Sequence[Sequence[Sifted]],
    vectors: Sequence[Vector | None],
    encode: Encode,
    *,
    titled: bool = False,
) -> list[list[Weighed]]:
    """The units of each group by words and meaning together, best first.

    ``vectors`` are what each group is compared with, centred, shape (dimensions,); all units
    are encoded in one go. ``titled`` ones are read with their note's title before them, as
    every passage is.
    """
    units = {each.unit: _as_read(each, titled) for group in groups for _, each in group}
    texts = list(dict.fromkeys(units.values()))
    wanted = texts and any(vector is not None for vector in vectors)
    encoded = dict(zip(texts, encode(texts), strict=True)) if wanted else {}
    found = []
    for group, vector in zip(groups, vectors, strict=True):
        cosines = (
            0.0 if vector is None else float(encoded[units[each.unit]] @ vector)
            for _, each in group
        )
        weighed = [_by_meaning(*pair, cosine) for pair, cosine in zip(group, cosines, strict=True)]
        found.append(sorted(weighed, key=lambda each: -each.score))
    return found


def _as_read(each: Candidate, titled: bool) -> str:
    return (heading_context(each.title, ()) if titled else "") + each.unit.stated


def _around(each: Candidate) -> tuple[str, str]:
    return each.title, " ".join(each.unit.heading)


def _by_words(
    question: Question,
    words: Words,
    each: Candidate,
    focus: float,
    around: Mapping[str, frozenset[str]],
    known: frozenset[str],
) -> Weighed:
    held = each.terms | each.voice
    title, above = (around[text] for text in _around(each))
    share = _WORDS * words.share(held, (title | known) - each.voice) + _IN_HEADING * words.share(
        above - held - title
    )
    score = focus * share + _PASSAGE * each.passage_score
    if each.unit.text.startswith("|"):
        score -= _TABLE_ROW
    if question.kind == "howto" and (each.unit.is_code or each.unit.is_step):
        score += _STEPS
    label = each.unit.lead or ((match := _LABEL.match(each.unit.text)) and match[1])
    if label:
        score += _LABELLED * focus * words.share(frozenset(terms(label)))
    if _SUMMARY_HEADING.search(" ".join(each.unit.heading)):
        score += _SUMMARY
    if question.wants_number and _NUMBER.search(each.unit.text):
        score += _ASKED_TYPE * focus
    if question.wants_date and _DATE.search(each.unit.text):
        score += _ASKED_TYPE * focus
    return Weighed(each.unit, score, 0.0, each.terms)


def _by_meaning(weighed: Weighed, each: Candidate, cosine: float) -> Weighed:
    score = _scaled(weighed.score + _MEANING * cosine, each)
    return Weighed(each.unit, score, cosine, weighed.terms)


def _scaled(score: float, each: Candidate) -> float:
    """A score by the unit's length and by its note's score."""
    length = math.pow(max(len(each.unit.text), 30) / 60, _LENGTH)
    return max(score, 0.0) / length * math.pow(max(each.note_score, 0.0), _NOTE)


def towards(part: Vector | None, whole: Vector | None) -> Vector | None:
    """A part's meaning within the whole question's, as a unit vector."""
    if part is None or whole is None:
        return part
    both = part + np.float32(_PART) * whole
    return cast(Vector, both / np.linalg.norm(both))
