"""FAISS over the store's vectors: exact inner product of centred unit vectors.

The file is derived: it is written aside, swapped in by rename, carries the generation and
the model it stands for and a checksum, and is built anew from the store when any of these
does not fit. A reader catches up from the file's generation in memory, so that one edit
never rewrites it.
"""

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.journal import Vectors
from index.reader import Reader

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
    """Passage ids and their centred vectors, searched exactly."""

    def __init__(self, model: str, centre: Vector, store: str = "") -> None:
        self.model = model
        self.store = store
        """Which store its ids and its generation are of."""
        self.generation = 0
        self._centre = centre
        self._index: faiss.Index = faiss.IndexIDMap2(faiss.IndexFlatIP(len(centre)))
        self._order: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def stands_on(self, model: str, centre: Vector) -> bool:
        """Whether this index holds this model's vectors, centred there."""
        return self.model == model and np.array_equal(self._centre, centre)

    def catch_up(self, store: Reader) -> None:
        """Take in what the store has gained and lost since this index's generation."""
        with store.reading():
            now = store.generation
            ids, vectors = store.new_vectors(self.model, self.generation)
            gone, _ = store.graves(self.generation)
        with self._lock:
            stale = np.concatenate([np.array(gone, dtype=np.int64), ids])
            if len(self) and len(stale):
                self._index.remove_ids(faiss.IDSelectorBatch(stale))
            if len(ids):
                self._index.add_with_ids(centred(vectors, self._centre), ids)
            self.generation = now
            self._order = None

    def search(
        self, question: Vector, k: int, allowed: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ``k`` nearest passages as (id, cosine), among the ids ``allowed`` where given.

        ``question`` has shape (dimensions,), centred and of unit length.
        """
        options = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.array(allowed, dtype=np.int64))
            options = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        with self._lock:
            if not len(self):
                return []
            faiss.omp_set_num_threads(1)  # a flat scan of this size gains nothing from more
            scores, ids = self._index.search(question[None, :], min(k, len(self)), params=options)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def scores(self, question: Vector, ids: Sequence[int]) -> dict[int, float]:
        """Cosine of the question with each of these passages that has a vector."""
        wanted = np.array(ids, dtype=np.int64)
        with self._lock:
            if not len(self) or not len(wanted):
                return {}
            known, rows, vectors = self._rows()
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            there = known[at] == wanted
            cosines = vectors[rows[at[there]]] @ question
        return dict(zip(wanted[there].tolist(), cosines.tolist(), strict=True))

    def _rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Vectors]:
        """Ids in order, the row of each, and all rows as they lie in FAISS's memory."""
        if self._order is None:
            ids = faiss.vector_to_array(self._index.id_map)  # type: ignore[attr-defined]
            rows = np.argsort(ids)
            self._order = ids[rows], rows
        flat = faiss.downcast_index(self._index.index)  # type: ignore[attr-defined]
        memory = faiss.rev_swig_ptr(
            flat.get_xb(),  # type: ignore[attr-defined]
            len(self) * len(self._centre),
        )
        return (*self._order, memory.reshape(len(self), -1))

    def save(self, path: Path) -> None:
        """Publish by rename: a reader sees the old file or the new one, whole."""
        payload = faiss.serialize_index(self._index).tobytes()
        header = self._header() | {"sum": hashlib.blake2b(payload, digest_size=16).hexdigest()}
        scratch = path.with_name(path.name + ".new")
        with scratch.open("wb") as file:
            file.write(json.dumps(header).encode() + b"\n")
            file.write(payload)
        scratch.replace(path)

    def _header(self) -> dict[str, object]:
        return _kind(self.model, self._centre, self.store) | {"generation": self.generation}

    @classmethod
    def load(cls, path: Path, store: Reader, model: str, centre: Vector) -> "VectorIndex":
        """The file brought up to the store's generation, or built anew where it does not fit."""
        index = cls(model, centre, store.identity)
        try:
            with path.open("rb") as file:
                header = json.loads(file.readline())
                payload = file.read()
            whole = header["sum"] == hashlib.blake2b(payload, digest_size=16).hexdigest()
            if whole and _fits(header, index._header() | {"generation": store.generation}):
                index._index = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
                index.generation = header["generation"]
        except (OSError, ValueError, KeyError, TypeError):
            pass  # missing or garbage: the store has every vector
        index.catch_up(store)
        return index


def publish(path: Path, store: Reader, model: str, centre: Vector) -> None:
    """Write the file anew where a reader that starts from it has much to catch up.

    A few changes are taken in faster than all vectors are written.
    """
    known = _kind(model, centre, store.identity) | {"generation": store.generation}
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline())
        if _fits(header, known):
            few = max(_FEW, int(store.vector_count(model) * _SMALL_PART))
            if store.changes(model, header["generation"]) <= few:
                return
    except (OSError, ValueError, KeyError, TypeError):
        pass  # missing or garbage: it is written anew
    VectorIndex.load(path, store, model, centre).save(path)


def _kind(model: str, centre: Vector, store: str) -> dict[str, object]:
    """What a file's vectors are of."""
    return {
        "model": model,
        "store": store,
        "centre": hashlib.blake2b(centre.tobytes(), digest_size=16).hexdigest(),
    }


def _fits(header: dict[str, Any], wanted: dict[str, Any]) -> bool:
    same = all(header[key] == wanted[key] for key in ("model", "store", "centre"))
    return same and bool(header["generation"] <= wanted["generation"])
