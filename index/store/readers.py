"""Gives each thread a connection to the store, let go of when the thread has ended."""

import threading
from pathlib import Path

from index.store.reader import Reader


class Readers:
    """Opens one connection a thread: there are never more than threads that live.

    The interpreter does not tell when it lets go of what a thread kept for itself, so whoever
    opens a connection forgets those of threads that have ended. What is forgotten closes once
    nobody reads from it: SQLite does not bear to be closed under a query of another thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: dict[threading.Thread, tuple[int, Reader]] = {}
        self._lock = threading.Lock()

    def mine(self) -> Reader:
        """The calling thread's connection; another one when the file was replaced.

        Raises:
            NotReady: there is no store, or it is broken or of another version.
        """
        thread = threading.current_thread()
        file = self._file()
        known = self._open.get(thread)
        if known is not None and known[0] == file:
            return known[1]
        with self._lock:
            for each in [each for each in self._open if each is thread or not each.is_alive()]:
                del self._open[each]
            reader = Reader.open(self._path)
            self._open[thread] = file, reader
        return reader

    def close(self) -> None:
        """Let go of all; who asks again opens anew."""
        with self._lock:
            self._open.clear()

    def __len__(self) -> int:
        return len(self._open)

    def _file(self) -> int:
        try:
            return self._path.stat().st_ino
        except OSError:
            return 0
