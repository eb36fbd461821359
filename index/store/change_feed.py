"""Tells a derived index what it has to take in: all that came and went after a generation."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.store.connection import Connection

Vectors = NDArray[np.float32]
_BLOCK = 10_000


class Journal(Connection):
    """A connection asked for what is new and what is gone."""

    def new_terms(self, since: int) -> Iterator[tuple[int, int, str]]:
        """(passage id, note id, terms) of passages written after a generation."""
        yield from self._db.execute(
            "SELECT id, note_id, terms FROM passages"
            " WHERE id IN (SELECT id FROM passages WHERE added > ?) ORDER BY id",
            (since,),
        )

    def new_texts(self, since: int) -> Iterator[tuple[int, str]]:
        """(note id, text) of notes written after a generation."""
        yield from self._db.execute("SELECT id, text FROM notes WHERE added > ?", (since,))

    def new_vectors(self, model: str, since: int) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
        """Ids (n,) and vectors (n, dimensions) that became known after a generation, in blocks.

        To be read to the end within one reading.
        """
        # The order of the joins is given: SQLite knows no sizes and would read all passages.
        rows = self._db.execute(
            "SELECT p.id, v.vector FROM passages p"
            " CROSS JOIN vectors v ON v.model = :model AND v.content = p.content"
            " WHERE p.added > :since"
            " UNION ALL SELECT p.id, v.vector FROM vectors v"
            " CROSS JOIN passages p ON p.content = v.content"
            " WHERE :since > 0 AND v.model = :model AND v.generation > :since"
            " AND p.added <= :since",
            {"model": model, "since": since},
        )
        while block := rows.fetchmany(_BLOCK):
            ids = np.array([row[0] for row in block], dtype=np.int64)
            yield ids, _floats([row[1] for row in block])

    def sample(self, model: str, count: int) -> tuple[list[bytes], Vectors]:
        """Some contents that passages have, and their vectors, (n, dimensions).

        Those with the least hashes: as good as drawn by chance, and the same ones for the
        same passages, whatever the store went through.
        """
        rows = self._db.execute(
            "SELECT content, vector FROM vectors v WHERE model = ?"
            " AND EXISTS (SELECT 1 FROM passages p WHERE p.content = v.content)"
            " ORDER BY content LIMIT ?",
            (model, count),
        ).fetchall()
        return [row[0] for row in rows], _floats([row[1] for row in rows])

    def titles(self) -> list[str]:
        """The titles of all notes, each once, in no order."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT title FROM notes")]

    def note_count(self) -> int:
        """How many notes are indexed."""
        return int(self._db.execute("SELECT count(*) FROM notes").fetchone()[0])

    def passage_count(self) -> int:
        """How many passages there are, with a vector or without."""
        return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def changes(self, model: str, since: int) -> int:
        """How many vectors came or went after a generation, roughly."""
        counts = (
            ("SELECT count(*) FROM passages WHERE added > ?", (since,)),
            ("SELECT count(*) FROM vectors WHERE model = ? AND generation > ?", (model, since)),
            ("SELECT count(passage_id) FROM graves WHERE generation > ?", (since,)),
        )
        return sum(int(self._db.execute(sql, values).fetchone()[0]) for sql, values in counts)

    def tombstones(self, since: int) -> tuple[list[int], list[int]]:
        """Ids of passages and of notes that went after a generation."""
        rows = self._db.execute(
            "SELECT passage_id, note_id FROM graves WHERE generation > ?", (since,)
        ).fetchall()
        return [p for p, _ in rows if p is not None], [n for _, n in rows if n is not None]


def _floats(blobs: list[bytes]) -> Vectors:
    """The vectors of some rows, shape (n, dimensions)."""
    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    flat = np.frombuffer(b"".join(blobs), dtype=np.float16)
    return flat.astype(np.float32).reshape(len(blobs), -1)
