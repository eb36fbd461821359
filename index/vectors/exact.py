"""Compares a question with all rows of vectors."""

from collections.abc import Sequence
from typing import Literal

import faiss
import numpy as np
from numpy.typing import NDArray

from index.store.change_feed import Vectors

Ids = NDArray[np.int64]
Ranked = list[tuple[int, float]]
"""Ids and cosines, best first."""
Kind = Literal["exact", "approximate"]

EXACT = 200_000
"""Passages up to which every question is compared with all of them: 20 ms on one core."""
_DECIMALS = 6
"""Of a cosine: further ones depend on where in memory a row lies."""


def kind_for(passages: int) -> Kind:
    """How a vault of so many passages is searched."""
    return "exact" if passages <= EXACT else "approximate"


class Exact:
    """A flat FAISS index with 16 bits a component: 10 ms for 100,000 rows of 384 on one core.

    With 32 bits it takes twice the memory and a half more time, and no cosine differs by more
    than 0.00005.
    """

    def __init__(self, index: faiss.Index) -> None:
        self.index = index

    @classmethod
    def empty(cls, dimensions: int) -> "Exact":
        rows = faiss.IndexScalarQuantizer(
            dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return cls(faiss.IndexIDMap2(rows))

    def __len__(self) -> int:
        return int(self.index.ntotal)

    def extend(self, ids: Ids, rows: Vectors) -> None:
        """Take in rows, (n, dimensions), of which none is there."""
        self.index.add_with_ids(rows, ids)

    def replace(self, gone: Ids, ids: Ids, rows: Vectors) -> None:
        """Take out the rows of ``gone``, and take in ``rows``, (n, dimensions), under ``ids``."""
        stale = np.concatenate([gone, ids])
        if len(self) and len(stale):
            self.index.remove_ids(faiss.IDSelectorBatch(stale))
        if len(ids):
            self.extend(ids, rows)

    def search(self, question: Vectors, k: int, allowed: Sequence[int] | None = None) -> Ranked:
        """The ``k`` nearest rows, of all or those ``allowed`` (ids)."""
        if not len(self) or k <= 0:
            return []
        options = None
        if allowed is not None:
            options = faiss.SearchParameters(sel=selector(allowed))  # type: ignore[call-arg]
        faiss.omp_set_num_threads(1)  # a flat scan of this size gains nothing from more
        scores, ids = self.index.search(question[None, :], min(k, len(self)), params=options)
        return ranked(ids[0], scores[0])

    def scores(self, question: Vectors, ids: Sequence[int]) -> dict[int, float]:
        """The cosine of each of these rows (ids) that is there."""
        return dict(self.search(question, len(ids), ids))


def selector(ids: Sequence[int]) -> faiss.IDSelectorBatch:
    """What lets only these ids through."""
    return faiss.IDSelectorBatch(np.array(ids, dtype=np.int64))


def ranked(ids: Ids, scores: Vectors) -> Ranked:
    """What FAISS found; places that it could not fill have no id."""
    rounded = np.round(scores.astype(np.float64), _DECIMALS)
    return [(int(i), float(s)) for i, s in zip(ids, rounded, strict=True) if i >= 0]
