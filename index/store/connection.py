"""Opens a connection to the store, and tells what it says of the store as a whole."""

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from index.errors import Busy, NotReady
from index.store import schema

_LEFT = "left"
"""File that says how the store was left."""
PATIENCE = 30.0
"""Seconds that a lock of another program is waited for."""
_LOG_PAGES = 4000
"""Of 4 KB, that are written before they are moved to the store's own file: four times what
SQLite takes, as each move waits for the disk twice, and a first index would do so for seconds."""


class Connection:
    """One open connection to the store; one thread at a time.

    Closed at the latest when nothing refers to it any more.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._closing = weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open for reading.

        Raises:
            NotReady: there is no index here, or it is broken, of another version, or where
                nothing can be written.
            Busy: another program keeps it locked.
        """
        if not path.is_file():
            raise NotReady(f"there is no index in {path.parent}; run: wengu index")
        store = None
        try:
            store = cls(connect(path))
            version = store.meta("schema")
        except sqlite3.Error as error:
            if store is not None:
                store.close()  # an open file cannot be replaced everywhere
            if _is_locked(error):
                raise _locked(path) from error
            if _code(error) == sqlite3.SQLITE_CANTOPEN:  # it writes there while it reads
                raise NotReady(
                    f"the index in {path.parent} cannot be opened where nothing can be written; "
                    "have the folder writable, or name another with --index"
                ) from error
            raise NotReady(
                f"the index in {path.parent} is broken ({error}); run: wengu index --rebuild"
            ) from error
        if version != str(schema.VERSION):
            store.close()
            raise NotReady("the index was made by another version of wengu; run: wengu index")
        return store

    def close(self) -> None:
        self._closing()

    def meta(self, key: str, default: str = "") -> str:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    @property
    def generation(self) -> int:
        """Raised by every write; 0 before the first."""
        return int(self.meta("generation", "0"))

    @property
    def identity(self) -> str:
        """Another one for each store that is begun, whose generations mean something else."""
        return self.meta("identity")

    @property
    def links_resolved(self) -> bool:
        """Whether links were resolved since notes changed; not so after a crash between."""
        return self.meta("links_generation", "0") == self.meta("notes_generation", "0")

    @property
    def notes_generation(self) -> int:
        """The last generation that changed notes or links, not vectors alone."""
        return int(self.meta("notes_generation", "0"))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside sees one state, whatever a writer does meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for a writer and keeps references whole."""
    db = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, check_same_thread=False)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    except sqlite3.Error:  # no store at all: an open file could not be replaced everywhere
        db.close()
        raise
    return db


def damage(path: Path) -> str | None:
    """What SQLite finds broken in a store, which is left as it is; None where all is whole."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            found = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        found = str(error)
    return None if found == "ok" else found


def is_sound(path: Path) -> bool:
    """Whether the file is a store of this schema that SQLite finds whole.

    Raises:
        Busy: another program keeps it locked; nothing can be said of it.
    """
    try:
        with closing(connect(path)) as db:
            version = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            known = _was_left_clean(path)
            healthy = ("ok",) if known else db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if _is_locked(error):
            raise _locked(path) from error
        return False
    return bool(version == (str(schema.VERSION),) and healthy == ("ok",))


def _is_locked(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says how


def _locked(path: Path) -> Busy:
    return Busy(f"another program keeps {path} locked; end that, then run this again")


def mark_clean(path: Path) -> None:
    """Note how a closed file stands: it need not be read through before it is written again,
    unless something else has touched it since."""
    with suppress(OSError):
        path.with_name(_LEFT).write_text(_state(path))


def _was_left_clean(path: Path) -> bool:
    try:
        return path.with_name(_LEFT).read_text() == _state(path)
    except OSError:
        return False


def _state(path: Path) -> str:
    known = path.stat()
    return f"{known.st_size} {known.st_mtime_ns} {known.st_ino}"
