"""Turns a question into what the keyword side looks for: its terms, in both languages."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.lexical.keyword_index import Clause
from index.text.terms import terms
from search.query.stopwords import meaningful
from search.query.translation import Translator
from search.query.vocabulary import Vocabulary

_SATURATED = 2.2
"""What a term's rarity is multiplied by where it stands very often: BM25's k1 + 1."""


@dataclass(frozen=True, slots=True)
class Keywords:
    """Clauses to search for, and the score of a passage that would hold all of them often."""

    clauses: Sequence[Clause]
    max_score: float
    term_scores: Mapping[str, float] = field(default_factory=dict)
    """What each of the question's own terms adds to the ceiling."""

    def share(self, *names: str) -> float:
        """How much of the question lies in the terms of ``names``, between 0 and 1."""
        own = {term for name in names for term in terms(name)}
        total = sum(self.term_scores.values())
        return sum(self.term_scores.get(term, 0.0) for term in own) / total if total else 0.0


def asks(text: str) -> bool:
    """Whether a text holds a letter, a number or a picture: punctuation alone asks nothing."""
    return any(
        unicodedata.category(each)[0] in "LN" or unicodedata.category(each) == "So" for each in text
    )


def keywords(text: str, lexical: Vocabulary, translator: Translator | None) -> Keywords:
    """What to look for.

    The ceiling puts scores on a scale that is the same for every question: a question whose
    words stand nowhere in the notes gets low scores even at its best passage, so that the
    other side decides.
    """
    plain = meaningful(terms(text))
    clauses: list[Clause] = [[(term, 1.0)] for term in plain]
    if translator is not None:
        others = {term: translator.alternatives(term) for term in plain}
        clauses = [
            [*clause, *(each for word in _words_of(term, plain) for each in others[word])]
            for clause, term in zip(clauses, plain, strict=True)
        ]
    worth = [_SATURATED * _highest(clause, lexical) for clause in clauses]
    if translator is not None:
        clauses += translator.phrases(text)
    return Keywords(clauses, sum(worth), dict(zip(plain, worth, strict=True)))


def _words_of(term: str, plain: Iterable[str]) -> Iterator[str]:
    """A term and the Chinese words that it is a part of: 出租 is asked for in 出租车."""
    yield term
    if not term.isascii():
        yield from (word for word in plain if term in word and term != word)


def _highest(clause: Clause, lexical: Vocabulary) -> float:
    """The score of a clause's best alternative, or of a word that no note has."""
    found = [
        weight * lexical.idf(frequency)
        for term, weight in clause
        if (frequency := min(map(lexical.frequency, term.split(" "))))
    ]
    return max(found, default=lexical.idf(0))
