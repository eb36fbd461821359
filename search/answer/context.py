"""Holds one question being answered: what every shape of answer needs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index.store.records import StoredNote
from index.text.language import Language, language
from search.answer.citations import Citations
from search.answer.evidence.answerability import Signs, confidence, question_features
from search.answer.evidence.finder import Gatherer
from search.answer.evidence.read_units import ReadUnit
from search.answer.evidence.scorer import unit_logit
from search.answer.evidence.scoring import Weighed
from search.answer.messages import nothing
from search.answer.question.asked_properties import AskedProperty, asked_properties
from search.answer.question.entities import Names, without_names
from search.answer.question.families import Thing
from search.answer.question.intent import Question
from search.conditions.lexicon import Lexicon
from search.result import Answer, Row

CERTAIN = 0.95
"""Confidence in what properties state."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, where its evidence is found, and the quotes given so far."""

    gatherer: Gatherer
    names: Names
    citations: Citations
    today: date = field(default_factory=date.today)
    lexicon: Lexicon | None = None
    """The names that conditions are read from, where they are known."""

    @property
    def asked(self) -> Question:
        """The question understood."""
        return self.gatherer.asked

    @property
    def text(self) -> str:
        """The question less its operators."""
        return self.gatherer.query.text

    @property
    def notes(self) -> Mapping[int, StoredNote]:
        """All notes by id."""
        return self.gatherer.notes

    @property
    def wants_rows(self) -> bool:
        """Whether the question asks of several things, each of which is to have a row."""
        return self.asked.kind in ("compare", "timeline", "list")

    def aspect(self, things: Sequence[Thing]) -> str:
        """What is asked of these things."""
        return without_names(self.text, things)

    def named(self, ranked: Mapping[int, float]) -> list[Thing]:
        """The things that the question names, as far as the ranked notes are about them."""
        return [t for t in self.names.named(self.text) if not t.notes.isdisjoint(ranked)]

    def asked_properties(self) -> tuple[AskedProperty, ...]:
        """The properties whose values the question may want."""
        return asked_properties(self.text, self.lexicon) if self.lexicon else ()

    def sure(self, ranked: Mapping[int, float], weighed: Sequence[Weighed]) -> float:
        """How likely these notes and units answer."""
        things = [thing.name for thing in self.named(ranked)]
        return confidence(self.gatherer.signs(ranked, weighed, things)) if weighed else 0.0

    def read_signs(self, ranked: Mapping[int, float], read: Sequence[ReadUnit]) -> Signs:
        """What speaks for an answer from the units that were read.

        A unit's meaning is its passage's, which is known: to encode units takes time.
        """
        things = [thing.name for thing in self.named(ranked)]
        weighed = [
            Weighed(each.unit, unit_logit(each), each["semantic"], each.terms) for each in read
        ]
        weighed.sort(key=lambda each: -each.score)
        return self.gatherer.signs(ranked, weighed, things)

    def is_across(self, read: Sequence[ReadUnit]) -> bool:
        """Whether the unit that answers best is in another language than the question."""
        return language(max(read, key=unit_logit).unit.text) != self.asked.lang

    def features(self, signs: Signs) -> tuple[float, ...]:
        """What tells whether notes that were read answer, in the order of ``QUESTION_FEATURES``."""
        passages = (each.logit for each in self.gatherer.read.values())
        return question_features(signs, max(passages, default=0.0))

    def made(self, text: str, rows: tuple[Row, ...], sure: float) -> Answer:
        """An answer with the quotes cited so far."""
        return Answer(
            question=self.text,
            lang=self.asked.lang,
            kind=self.asked.kind,
            answerable=True,
            confidence=round(sure, 2),
            answer=text,
            rows=rows,
            citations=tuple(self.citations.given),
        )

    def none(self, near: Iterable[int], sure: float) -> Answer:
        """The answer that there is none, with the nearest notes (ids)."""
        nearest = tuple((self.notes[n].path, self.notes[n].title) for n in list(near)[:3])
        return none(self.text, self.asked.lang, "nothing", nearest, round(sure, 2))

    def none_saying(self, text: str, near: Iterable[int] = ()) -> Answer:
        """The answer that there is none, in these words and with what they quote."""
        return replace(self.none(near, 0.0), answer=text, citations=tuple(self.citations.given))


def none(
    question: str,
    lang: Language,
    reason: str,
    nearest: tuple[tuple[str, str], ...] = (),
    sure: float = 0.0,
) -> Answer:
    """The answer that there is none, and why."""
    text = nothing(lang, reason, nearest)
    return Answer(question, lang, "none", False, sure, text, nearest=nearest)
