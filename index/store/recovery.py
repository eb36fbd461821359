"""Saves the vectors of a store that cannot be used any more; they took the longest to make."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import groupby, islice
from pathlib import Path

import numpy as np

from index.file_replacement import remove, replace
from index.store.change_feed import Vectors
from index.store.connection import connect

_ASIDE = ".before"
_AT_ONCE = 4096
_TOLERANCE = 0.01
"""How far from 1 a vector's length may be, as 16 bits round it; a damaged one is farther."""

Row = tuple[str, bytes, bytes]


def quarantine(path: Path) -> None:
    """Make room for a new store; what stood there waits to be rescued.

    Where something waits already, what stands here was hardly begun and is deleted.
    """
    waiting = path.with_name(path.name + _ASIDE).exists()
    for part in ("-journal", "-wal", "-shm", ""):  # the store itself last, if cut off between
        present = path.with_name(path.name + part)
        if waiting:
            remove(present)
        else:
            with suppress(FileNotFoundError):
                replace(present, path.with_name(path.name + _ASIDE + part))


def salvaged_vectors(path: Path) -> Iterator[tuple[str, list[bytes], Vectors]]:
    """(model, contents, vectors of shape (contents, dimensions)) of the store put aside.

    A page that cannot be read costs what stands on it: from there on the table is read from
    its other end.
    """
    last = ("", b"")
    for order in ("", "DESC"):
        rows = _rows(path.with_name(path.name + _ASIDE), last, order)
        while some := list(islice(rows, _AT_ONCE)):
            last = some[-1][:2]
            for (model, _), group in groupby(some, lambda row: (row[0], len(row[2]))):
                same = list(group)
                vectors = np.stack([np.frombuffer(row[2], np.float16) for row in same])
                yield model, [row[1] for row in same], vectors.astype(np.float32)


def discard(path: Path) -> None:
    """Delete what was put aside."""
    for kept in path.parent.glob(f"{path.name}{_ASIDE}*"):
        remove(kept)


def _rows(path: Path, after: tuple[str, bytes], order: str) -> Iterator[Row]:
    """Sound rows that come after a model and content, as far as they can be read."""
    if not path.exists():
        return
    query = (
        "SELECT model, content, vector FROM vectors WHERE (model, content) > (?, ?)"
        f" ORDER BY model {order}, content {order}"
    )
    with suppress(sqlite3.Error), closing(connect(path)) as db:
        yield from filter(_is_sound, db.execute(query, after))


def _is_sound(row: Row) -> bool:
    """Whether this is a vector of unit length."""
    vector = row[2]
    if not isinstance(vector, bytes) or not vector or len(vector) % 2:
        return False
    length = np.linalg.norm(np.frombuffer(vector, np.float16).astype(np.float32))
    return bool(abs(length - 1) < _TOLERANCE)
