"""Asks which words the notes in Milvus use when they are needed, and then keeps it.

BM25 of passages that are at hand, by the words' frequencies in all.

Milvus names candidates by its own BM25, whose frequencies are those of one segment and
which knows no weights of terms; their scores are worked out here, as Tantivy does.
Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.lexical.keyword_index import Clause, Ranked
from index.milvus.client import Milvus
from index.milvus.schema import Tables
from index.text.terms import letters
from search.store.milvus.filter_expressions import literal

_AT_ONCE = 500

_K1, _B = 1.2, 0.75
"""As in ``index.lexical.keyword_index``, so that both stores score alike."""


class MilvusWords:
    """The words of one state; safe to share between threads."""

    def __init__(self, db: Milvus, tables: Tables, passages: int) -> None:
        self._db = db
        self._tables = tables
        self._frequencies: dict[str, int] = {}
        self.passages = passages
        """How many passages are indexed."""

    def frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return self.frequencies([term])[term]

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """The same of several terms, at once."""
        wanted = list(dict.fromkeys(terms))
        unknown = [term for term in wanted if term not in self._frequencies]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            listed = ", ".join(map(literal, some))
            rows = self._db.query(self._tables.terms, f"term in [{listed}]", ["term", "frequency"])
            found = {row["term"]: int(row["frequency"]) for row in rows}
            self._frequencies.update({term: found.get(term, 0) for term in some})
        return {term: self._frequencies[term] for term in wanted}

    def idf(self, frequency: int) -> float:
        """BM25's inverse document frequency of what stands in so many passages."""
        return math.log(1 + (self.passages - frequency + 0.5) / (frequency + 0.5))

    def passages_with_all(self, terms: Sequence[str]) -> list[int]:
        """Ids of the passages in which all the terms stand."""
        wanted = set(terms)
        if not wanted:
            return []
        # Milvus' analyser may cut a term further and is content with a part of it.
        likely = " and ".join(f"text_match(terms, {literal(term)})" for term in sorted(wanted))
        pages = self._db.pages(self._tables.passages, likely, ["id", "terms"])
        return [row["id"] for page in pages for row in page if wanted <= set(row["terms"].split())]

    def notes_containing(self, text: str, k: int) -> Ranked:
        """Up to ``k`` notes in which the letters and digits of ``text`` stand in a row."""
        wanted = letters(text)
        if not wanted:
            return []
        pages = self._db.pages(self._tables.documents, f'letters like "%{wanted}%"', ["note"])
        notes = dict.fromkeys(row["note"] for page in pages for row in page)
        return [(note, 0.0) for note in notes][:k]


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
