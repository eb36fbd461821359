"""Lets one writer in at a time, by a lock that the system lets go when its process dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import Busy, WenguError, unwritable


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the right to write the index in ``folder``.

    Raises:
        Busy: another program holds it.
        WenguError: the folder cannot be written, or no more after a while.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        lock.acquire(blocking=False)
    except Timeout as error:
        raise Busy(f"another wengu is updating the index in {folder}; wait for it") from error
    except OSError as error:
        raise WenguError(
            f"cannot write the index in {folder}: {error.strerror}; choose another with --index"
        ) from error
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise unwritable(folder, error) from error
    finally:
        lock.release()
