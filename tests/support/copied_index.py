"""A copy of an index that may be open in this process."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


def copied_index(index: Path, to: Path) -> Path:
    """Copy an index as it stands, its database by SQLite's own backup.

    To open and close a database's file in another way takes its locks from the connections of
    this process; another process then believes to be the last, and removes the log they read.
    """
    shutil.copytree(index, to, ignore=shutil.ignore_patterns("*.sqlite", "*.sqlite-*"))
    for database in index.glob("*.sqlite"):
        with (
            closing(sqlite3.connect(database)) as source,
            closing(sqlite3.connect(to / database.name)) as target,
        ):
            source.backup(target)
    return to
