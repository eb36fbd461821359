"""What a derived index has to take in: all that came and went after a generation."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.connection import Connection

Vectors = NDArray[np.float32]


class Journal(Connection):
    """A connection asked for what is new and what is gone."""

    def new_terms(self, since: int) -> Iterator[tuple[int, int, str]]:
        """(passage id, note id, terms) of passages written after a generation."""
        yield from self._db.execute(
            "SELECT id, note_id, terms FROM passages WHERE added > ? ORDER BY id", (since,)
        )

    def new_texts(self, since: int) -> Iterator[tuple[int, str]]:
        """(note id, text) of notes written after a generation."""
        yield from self._db.execute("SELECT id, text FROM notes WHERE added > ?", (since,))

    def new_vectors(self, model: str, since: int) -> tuple[NDArray[np.int64], Vectors]:
        """Ids (n,) and vectors (n, dimensions) that became known after a generation."""
        rows = self._db.execute(
            "SELECT p.id, v.vector FROM passages p"
            " JOIN vectors v ON v.model = ? AND v.content = p.content"
            " WHERE p.added > ? OR v.generation > ?",
            (model, since, since),
        ).fetchall()
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        flat = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16)
        vectors = flat.astype(np.float32).reshape(len(rows), -1) if rows else _no_vectors()
        return ids, vectors

    def all_vectors(self, model: str) -> Iterator[Vectors]:
        """Every vector of a model in blocks of shape (n, dimensions)."""
        rows = self._db.execute("SELECT vector FROM vectors WHERE model = ?", (model,))
        while block := rows.fetchmany(10_000):
            flat = np.frombuffer(b"".join(row[0] for row in block), dtype=np.float16)
            yield flat.astype(np.float32).reshape(len(block), -1)

    def vector_count(self, model: str) -> int:
        """How many distinct texts have a vector of this model."""
        row = self._db.execute("SELECT count(*) FROM vectors WHERE model = ?", (model,))
        return int(row.fetchone()[0])

    def changes(self, model: str, since: int) -> int:
        """How many vectors came or went after a generation, roughly."""
        counts = (
            ("SELECT count(*) FROM passages WHERE added > ?", (since,)),
            ("SELECT count(*) FROM vectors WHERE model = ? AND generation > ?", (model, since)),
            ("SELECT count(passage_id) FROM graves WHERE generation > ?", (since,)),
        )
        return sum(int(self._db.execute(sql, values).fetchone()[0]) for sql, values in counts)

    def graves(self, since: int) -> tuple[list[int], list[int]]:
        """Ids of passages and of notes that went after a generation."""
        rows = self._db.execute(
            "SELECT passage_id, note_id FROM graves WHERE generation > ?", (since,)
        ).fetchall()
        return [p for p, _ in rows if p is not None], [n for _, n in rows if n is not None]


def _no_vectors() -> Vectors:
    return np.zeros((0, 0), dtype=np.float32)
