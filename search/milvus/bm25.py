"""BM25 of passages that are at hand, by the words' frequencies in all.

Milvus names candidates by its own BM25, whose frequencies are those of one segment and
which knows no weights of terms; their scores are worked out here, as Tantivy does.
Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.lexical import Clause

_K1, _B = 1.2, 0.75
"""As in ``index.lexical``, so that both stores score alike."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What all passages have in common."""

    rarities: Mapping[str, float]
    """Inverse document frequency of each term that is looked for."""
    length: float
    """Terms of a passage on average."""

    def score(self, clauses: Iterable[Clause], terms: str) -> float:
        """The score of a passage with these terms: of each clause the best alternative."""
        words = terms.split()
        counts = Counter(words)
        slack = _K1 * (1 - _B + _B * len(words) / (self.length or 1.0))
        return sum(self._best(clause, counts, slack) for clause in clauses)

    def _best(self, clause: Clause, counts: Mapping[str, int], slack: float) -> float:
        scores = [
            weight * sum(self._one(term, counts, slack) for term in parts) / len(parts)
            for parts, weight in ((terms.split(" "), weight) for terms, weight in clause)
            if all(term in counts for term in parts)
        ]
        return max(scores, default=0.0)

    def _one(self, term: str, counts: Mapping[str, int], slack: float) -> float:
        return self.rarities[term] * counts[term] * (_K1 + 1) / (counts[term] + slack)
