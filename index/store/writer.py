"""Writes the store: one SQLite file that holds notes, passages, links, terms and vectors.

It is the one truth. FAISS and Tantivy are derived from it and carry the generation they
stand for; every write raises the store's generation, so a reader can tell what is new and
what is gone. Any number of readers see a whole state while one writer works (WAL).
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Self
from uuid import uuid4

import numpy as np

from index.errors import WenguError
from index.markdown.note import Note
from index.store import recovery, schema
from index.store.change_feed import Vectors
from index.store.connection import connect, is_sound, mark_clean
from index.store.reader import Reader
from index.store.records import IndexedPassage, KnownFile, Problem, facts
from index.text.bilingual import TermPair


class Store(Reader):
    """A connection that writes; there is one at a time for an index."""

    _path: Path | None = None

    @classmethod
    def create(cls, path: Path) -> Self:
        """Open for writing; a file of another schema or a broken one is replaced by one that
        has its vectors and nothing else.

        Raises:
            WenguError: the folder cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not is_sound(path):
                recovery.quarantine(path)
            db = connect(path)
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(schema.TABLES)
        except (OSError, sqlite3.Error) as error:
            raise WenguError(
                f"cannot write the index in {path.parent}: {error}; choose another with --index"
            ) from error
        store = cls(db)
        store._path = path
        with store.writing(counts=False):
            store.set_meta("schema", str(schema.VERSION))
            store.set_meta("identity", store.identity or uuid4().hex)
        for model, contents, vectors in recovery.salvaged_vectors(path):
            with store.writing() as generation:
                store.add_vectors(model, contents, vectors, generation)
        recovery.discard(path)
        return store

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def writing(self, *, counts: bool = True) -> Iterator[int]:
        """One transaction; gives the generation that it will make and commits or undoes all.

        A write that no reader has to take in, such as a time, does not count as one.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            generation = self.generation + counts
            yield generation
            self.set_meta("generation", str(generation))
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite itself undoes what a full disk cut short
                self._db.execute("ROLLBACK")
            raise

    def replace_note(
        self,
        note: Note,
        passages: Sequence[IndexedPassage],
        file: KnownFile,
        generation: int,
        glosses: Iterable[TermPair] = (),
    ) -> None:
        """Put a note in place of what stood at its path; ``file.note_id`` is not used.

        Links that say what they said still mean the notes that they meant.
        """
        meant = self._meant(note)
        self.delete_note(note.path, generation)
        self.set_meta("notes_generation", str(generation))
        if meant is not None:
            self.set_meta("links_generation", str(generation))
        cursor = self._db.execute(
            "INSERT INTO notes (path, digest, recipe, size, mtime_ns, text, title, date, aliases,"
            " tags, properties, tasks, days, added)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                note.path,
                file.digest,
                file.recipe,
                file.size,
                file.mtime_ns,
                note.text,
                note.title,
                note.date,
                _json(note.aliases),
                _json(note.tags),
                *map(_json, facts(note)),
                generation,
            ),
        )
        note_id = cursor.lastrowid
        self._db.executemany(
            "INSERT INTO passages (note_id, start, end, heading, kind, context, terms, content,"
            " added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    note_id,
                    p.passage.start,
                    p.passage.end,
                    _json(p.passage.heading),
                    p.passage.kind,
                    p.context,
                    p.terms,
                    p.content,
                    generation,
                )
                for p in passages
            ],
        )
        self._db.executemany(
            "INSERT INTO links (source_id, target, fragment, alias, relation, explanation, section,"
            " start, end, target_path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    note_id,
                    k.target,
                    k.fragment,
                    k.alias,
                    k.relation,
                    k.explanation,
                    k.section,
                    k.start,
                    k.end,
                    path,
                )
                for k, path in zip(note.links, meant or repeat(None), strict=False)
            ],
        )
        self._db.executemany(
            "INSERT INTO glosses VALUES (?, ?, ?, ?)",
            [(note_id, g.english, g.chinese, g.bracketed) for g in glosses],
        )

    def _meant(self, note: Note) -> list[str | None] | None:
        """What each link of a note means, if it stands under the same headings as before.

        None where the links differ, the path is new, or some link's note is still to be found.
        """
        known = self._db.execute("SELECT id FROM notes WHERE path = ?", (note.path,)).fetchone()
        if known is None or not self.links_resolved:
            return None
        rows = self._db.execute(
            "SELECT target, section, target_path FROM links WHERE source_id = ? ORDER BY rowid",
            known,
        ).fetchall()
        same = [(k.target, k.section) for k in note.links] == [row[:2] for row in rows]
        return [row[2] for row in rows] if same else None

    def delete_note(self, path: str, generation: int) -> None:
        row = self._db.execute("SELECT id FROM notes WHERE path = ?", (path,)).fetchone()
        if row is None:
            return
        self._db.execute(
            "INSERT INTO graves SELECT ?, id, NULL FROM passages WHERE note_id = ?",
            (generation, row[0]),
        )
        self._db.execute("INSERT INTO graves VALUES (?, NULL, ?)", (generation, row[0]))
        self.set_meta("notes_generation", str(generation))
        self._db.execute("DELETE FROM notes WHERE id = ?", (row[0],))
        self._db.execute("DELETE FROM problems WHERE path = ?", (path,))

    def resolve_links(
        self, targets: Iterable[tuple[str | None, int]], tag_folder: str, generation: int
    ) -> None:
        """Set the note that each link (by row id) means, and the folder that holds the tags."""
        moved = list(targets)
        self.set_meta("tag_folder", tag_folder)
        self.set_meta("notes_generation", str(generation))
        self.set_meta("links_generation", str(generation))
        self._db.executemany("UPDATE links SET target_path = ? WHERE rowid = ?", moved)
        self._db.execute(
            "INSERT INTO moved SELECT DISTINCT ?, source_id FROM links"
            " WHERE rowid IN (SELECT value FROM json_each(?))",
            (generation, _json([row for _, row in moved])),
        )

    def set_warnings(self, path: str, messages: Iterable[str]) -> None:
        """Replace what is complained of in one indexed note."""
        self._db.execute("DELETE FROM problems WHERE path = ?", (path,))
        self._db.executemany(
            "INSERT INTO problems VALUES (?, ?, 0)", [(path, message) for message in messages]
        )

    def set_skipped(self, problems: Iterable[Problem]) -> None:
        """Replace the list of files that were passed over."""
        self._db.execute("DELETE FROM problems WHERE skipped")
        self._db.executemany(
            "INSERT INTO problems VALUES (?, ?, 1)", [(p.path, p.message) for p in problems]
        )

    def set_times(self, times: Iterable[tuple[str, int]]) -> None:
        """(path, modification time in ns) of files that hold what they held."""
        rows = [(time, path) for path, time in times]
        self._db.executemany("UPDATE notes SET mtime_ns = ? WHERE path = ?", rows)

    def add_vectors(
        self, model: str, contents: Sequence[bytes], vectors: Vectors, generation: int
    ) -> None:
        """``vectors`` has shape (len(contents), dimensions) and rows of unit length."""
        half = vectors.astype(np.float16)
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
            [(c, model, generation, row.tobytes()) for c, row in zip(contents, half, strict=True)],
        )

    def all_embedded(self, model: str) -> None:
        """Note that no passage waits for a vector, so that only later ones are looked at."""
        if int(self.meta(f"embedded:{model}", "0")) < self.generation:
            with self.writing(counts=False) as generation:
                self.set_meta(f"embedded:{model}", str(generation))

    def close(self) -> None:
        """Close, and note how the file was left: it need not be read through before it is
        written again, unless something else has touched it since."""
        super().close()
        if self._path is not None:
            mark_clean(self._path)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
