"""Searches a vault in Milvus, which any number of servers share.

One state of a vault in Milvus, searched.

Milvus finds candidates: its BM25 and its nearest vectors in one hybrid search, filtered
there. Their scores are worked out from what comes back with them, so that they mean the
same as those of the files: the ranking and the answers rest on these scales.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.lexical.keyword_index import Clause, Ranked
from index.milvus.address import address
from index.milvus.client import MOST, Milvus, Row, Side
from index.vectors import centering
from index.vectors.vector_index import centred
from search.store.interface import Candidates, RetrievalRequest, SearchIndex
from search.store.milvus.filter_expressions import of_notes, where
from search.store.milvus.reader import MilvusRecords
from search.store.milvus.term_statistics import MilvusWords, Scale

_CANDIDATES = 200
"""Passages that each side names."""
_FEW = 2000
"""Up to this many passages within some notes, all of them are candidates."""
_FIELDS = ("id", "note", "terms", "vector")
_TIMES = 2
"""How often a word of weight 1 is repeated in the text that Milvus looks for: it knows no
weights, and a translation weighs about half."""


class MilvusEngine:
    """Finds passages; safe to share between threads."""

    def __init__(self, db: Milvus, records: MilvusRecords) -> None:
        self._db = db
        self._records = records
        self._tables = records.tables
        passages = int(records.meta("passages", "0"))
        self._length = int(records.meta("words", "0")) / max(passages, 1)
        middle = centering.load(records, records.meta("model"), "passages")
        self._centre = middle
        self.words = MilvusWords(db, self._tables, passages)
        self.model = "" if middle is None else records.meta("model")
        """Whose vectors are searched; empty before there are any."""
        self.embedded = int(records.meta("embedded", "0")) / passages if passages else 1.0
        """The share of passages that can be found by meaning already."""

    def candidates(
        self,
        asked: RetrievalRequest,
        within: Collection[int] | None,
        also: Collection[int] = (),
        k: int = 0,
    ) -> Candidates:
        """Candidates for ``k`` results, with both their scores."""
        if within is not None and self._records.size(within) <= _FEW:
            rows = self._all(within)
        else:
            found = self._found(asked, where(asked.filters, within), also, max(_CANDIDATES, k))
            rows = [row for row in found if within is None or row["note"] in within]
        self._records.remember(rows)
        scale = self._scale(asked.keywords.clauses)
        most = asked.keywords.max_score or 1.0
        scores = {row["id"]: scale.score(asked.keywords.clauses, row["terms"]) for row in rows}
        return Candidates(
            {passage: score / most for passage, score in scores.items() if score > 0},
            self._cosines(asked.vector, rows),
        )

    def nearest(self, vector: NDArray[np.float32], k: int) -> Ranked:
        """The passages nearest in meaning, with their cosines."""
        side = Side("vector", vector.tolist(), "", min(k, MOST))
        rows = self._db.search(self._tables.passages, [side], _FIELDS)
        self._records.remember(rows)
        return sorted(self._cosines(vector, rows).items(), key=lambda each: -each[1])

    def _all(self, notes: Collection[int]) -> list[Row]:
        if not notes:
            return []
        return self._db.query(self._tables.passages, of_notes(notes), _FIELDS)

    def _found(
        self, asked: RetrievalRequest, within: str, also: Collection[int], k: int
    ) -> list[Row]:
        most = min(k, MOST)
        text = _text(asked.keywords.clauses)
        sides = [Side("sparse", text, within, most)] if text else []
        if text and also:
            sides.append(Side("sparse", text, of_notes(also), most))
        if asked.vector is not None:
            sides.append(Side("vector", asked.vector.tolist(), within, most))
        return self._db.search(self._tables.passages, sides, _FIELDS) if sides else []

    def _scale(self, clauses: Iterable[Clause]) -> Scale:
        parts = {part for clause in clauses for terms, _ in clause for part in terms.split(" ")}
        known = self.words.frequencies(sorted(parts))
        rarities = {term: self.words.idf(count) for term, count in known.items()}
        return Scale(rarities, self._length)

    def _cosines(
        self, question: NDArray[np.float32] | None, rows: Sequence[Row]
    ) -> dict[int, float]:
        """Of the rows that have a vector; kept uncentred, as the centre may move."""
        if question is None or self._centre is None:
            return {}
        known = [row for row in rows if any(row["vector"])]
        if not known:
            return {}
        vectors = np.array([row["vector"] for row in known], dtype=np.float32)
        cosines: list[float] = (centred(vectors, self._centre) @ question).tolist()
        return dict(zip((row["id"] for row in known), cosines, strict=True))


class MilvusStore:
    """Connects when it is first asked; safe to share between threads."""

    def __init__(self, url: str) -> None:
        self._place = address(url)

    @cached_property
    def _db(self) -> Milvus:
        return Milvus.open(self._place)

    @cached_property
    def records(self) -> MilvusRecords:
        """What is stored of notes and passages."""
        return MilvusRecords(self._db)

    def engine(self, before: SearchIndex | None) -> MilvusEngine:
        """The newest state; ``before`` saves nothing."""
        return MilvusEngine(self._db, self.records)

    def is_between(self, before: SearchIndex) -> bool:
        """Never: a state is published when all of it is there."""
        return False

    def close(self) -> None:
        """Let go of the connection; the next use opens it anew."""
        for name in ("_db", "records"):
            self.__dict__.pop(name, None)


def _text(clauses: Iterable[Clause]) -> str:
    """What Milvus' BM25 looks for."""
    return " ".join(
        " ".join([terms] * max(1, round(weight * _TIMES)))
        for clause in clauses
        for terms, weight in clause
    )
