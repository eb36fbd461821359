"""Holds the store's vectors as FAISS searches them: centred, by their passages' ids.

The file is derived: it carries the model, the centre and the generation that it stands for,
and is built anew from the store when any of these does not fit or it is not whole. A reader
catches up from the file's generation in memory, so that one edit never rewrites it.
"""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store.change_feed import Vectors
from index.store.reader import Reader
from index.vectors import vector_file
from index.vectors.approximate import TRAINED, Approximate
from index.vectors.exact import Exact, Kind, Ranked, kind_for

Vector = NDArray[np.float32]
_FEW = 1000
_SMALL_PART = 0.05
"""Changes that a reader takes in while it starts: cheaper than writing all vectors anew."""


def centred(vectors: Vectors, centre: Vector) -> Vectors:
    """Rows less the centre, back at unit length; shape (n, dimensions)."""
    moved = vectors - centre
    length = np.linalg.norm(moved, axis=-1, keepdims=True)
    result: Vectors = np.divide(moved, length, out=np.zeros_like(moved), where=length > 1e-9)
    return result


class VectorIndex:
    """Passage ids and their centred vectors."""

    def __init__(self, model: str, centre: Vector, store: str = "") -> None:
        self.model = model
        self.store = store
        """Which store its ids and its generation are of."""
        self.generation = 0
        self._centre = centre
        self._rows: Exact | Approximate = Exact.empty(len(centre))
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def kind(self) -> Kind:
        return "exact" if isinstance(self._rows, Exact) else "approximate"

    def is_built_for(self, model: str, centre: Vector) -> bool:
        """Whether this index holds this model's vectors, centred there."""
        return self.model == model and np.array_equal(self._centre, centre)

    def catch_up(self, store: Reader) -> None:
        """Take in what the store has gained and lost since this index's generation."""
        with self._lock, store.reading():
            since, self.generation = self.generation, store.generation
            gone = np.array(store.tombstones(since)[0], dtype=np.int64)
            if since:
                none = np.zeros((0, len(self._centre)), dtype=np.float32)
                self._rows.replace(gone, gone[:0], none)
            for ids, vectors in store.new_vectors(self.model, since):
                rows = centred(vectors, self._centre)
                if since:
                    self._rows.replace(gone[:0], ids, rows)
                else:
                    self._rows.extend(ids, rows)

    def search(self, question: Vector, k: int, allowed: Sequence[int] | None = None) -> Ranked:
        """The ``k`` nearest passages as (id, cosine), among the ids ``allowed`` where given.

        ``question`` has shape (dimensions,), centred and of unit length.
        """
        with self._lock:
            return self._rows.search(question, k, allowed)

    def scores(self, question: Vector, ids: Sequence[int]) -> dict[int, float]:
        """Cosine of the question with each of these passages that has a vector."""
        with self._lock:
            return self._rows.scores(question, ids)

    def save(self, path: Path) -> None:
        """Publish by rename: a reader sees the old file or the new one, whole."""
        header = _kind(self.model, self._centre, self.store)
        known = {"kind": self.kind, "generation": self.generation}
        vector_file.write(path, header | known, self._rows.index)

    @classmethod
    def load(cls, path: Path, store: Reader, model: str, centre: Vector) -> "VectorIndex":
        """The file brought up to the store's generation, or built anew where it does not fit."""
        index = cls(model, centre, store.identity)
        wanted = _kind(model, centre, store.identity) | {"generation": store.generation}
        kept = vector_file.read(path)
        if kept is not None and _fits(kept[0], wanted):
            header, rows = kept
            index._rows = Exact(rows) if header["kind"] == "exact" else Approximate(rows)
            index.generation = header["generation"]
        index.catch_up(store)
        return index

    @classmethod
    def fitted(cls, store: Reader, model: str, centre: Vector) -> "VectorIndex":
        """All of a large vault's vectors, compared roughly first."""
        index = cls(model, centre, store.identity)
        with store.reading():
            index.generation = store.generation
            rows = Approximate.fitted(centred(store.sample(model, TRAINED)[1], centre))
            for ids, vectors in store.new_vectors(model, 0):
                rows.extend(ids, centred(vectors, centre))
        index._rows = rows
        return index


def publish(
    path: Path, store: Reader, model: str, centre: Vector, *, thoroughly: bool = True
) -> None:
    """Write the file anew where a reader that starts from it has much to catch up.

    A few changes are taken in faster than all vectors are written. Whether the file is still
    whole is looked at where that is to be done ``thoroughly``.
    """
    wanted = _kind(model, centre, store.identity) | {"generation": store.generation}
    kind = kind_for(passages := store.passage_count())
    header = vector_file.check(path) if thoroughly else vector_file.head(path)
    stands = header is not None and _fits(header, wanted) and header["kind"] == kind
    if header is not None and stands:
        few = max(_FEW, int(passages * _SMALL_PART))
        if store.changes(model, header["generation"]) <= few:
            return
    if kind == "approximate":
        index = VectorIndex.fitted(store, model, centre)
    elif stands:
        index = VectorIndex.load(path, store, model, centre)
    else:
        index = VectorIndex(model, centre, store.identity)
        index.catch_up(store)
    index.save(path)


def _kind(model: str, centre: Vector, store: str) -> dict[str, Any]:
    """What a file's vectors are of."""
    return {
        "model": model,
        "store": store,
        "centre": hashlib.blake2b(centre.tobytes(), digest_size=16).hexdigest(),
        "components": "float16",
    }


def _fits(header: vector_file.Header, wanted: dict[str, Any]) -> bool:
    try:
        known = ("model", "store", "centre", "components")
        same = all(header[key] == wanted[key] for key in known)
        return same and bool(header["generation"] <= wanted["generation"])
    except (KeyError, TypeError):  # of another version
        return False
