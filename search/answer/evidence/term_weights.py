"""What a question looks for: its clauses, each the worth of what may stand for it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.lexical.keyword_index import Clause
from index.text.terms import fold, terms
from search.catalogue.fields import NAMING
from search.query.vocabulary import Vocabulary as Vocabulary

_IN_TITLE = 0.3
"""A word of the note's title says which note, hardly which sentence."""


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
            term: weight * lexical.idf(min(map(lexical.frequency, term.split(" "))))
            for term, weight in clause
        }
        for clause in clauses
        if clause
    ]
    return Words(priced, sum(max(prices.values()) for prices in priced))


def _best(clause: Mapping[str, float], held: frozenset[str], discounted: frozenset[str]) -> float:
    best = 0.0
    for term, value in clause.items():
        if value > best and (held.issuperset(term.split(" ")) if " " in term else term in held):
            best = max(best, value * (_IN_TITLE if term in discounted else 1.0))
    return best


def tells(stated: str, words: Words) -> bool:
    """Whether a property as it stands may answer: its key is asked for, and names nothing."""
    key = stated.partition(":")[0]
    return fold(key) not in NAMING and words.share(frozenset(terms(key))) > 0
