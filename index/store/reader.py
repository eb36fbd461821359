"""Reads the store: every query that searching and answering ask of it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from index.markdown.note import PassageKind
from index.store.change_feed import Journal
from index.store.records import (
    KnownFile,
    Problem,
    StoredLink,
    StoredNote,
    StoredPassage,
    read_facts,
)
from index.text.bilingual import TermPair

LinkTarget = tuple[int, str, str, str | None]
"""A link: its row id, its note's path, its target as written, the path that it means."""


class Reader(Journal):
    """A connection that reads."""

    def files(self) -> dict[str, KnownFile]:
        """Every indexed path and what is known of its file."""
        rows = self._db.execute("SELECT path, id, digest, recipe, size, mtime_ns FROM notes")
        return {path: KnownFile(*rest) for path, *rest in rows}

    def targets(self) -> list[str]:
        """What links name as their target, each once as it is written."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT target FROM links")]

    def paths(self) -> list[str]:
        """The path of every note."""
        return [row[0] for row in self._db.execute("SELECT path FROM notes")]

    def link_targets(
        self, sources: Sequence[str] | None = None, targets: Sequence[str] = ()
    ) -> list[LinkTarget]:
        """All links, or those of some notes (paths) and those with some targets."""
        some = (
            " WHERE links.target IN (SELECT value FROM json_each(:targets)) OR links.source_id IN"
            " (SELECT id FROM notes WHERE path IN (SELECT value FROM json_each(:sources)))"
        )
        return self._db.execute(
            "SELECT links.rowid, notes.path, links.target, links.target_path"
            " FROM links JOIN notes ON notes.id = links.source_id"
            + ("" if sources is None else some),
            {"sources": _json(list(sources or ())), "targets": _json(list(targets))},
        ).fetchall()

    def resolved_links(self) -> list[tuple[int, str, str | None]]:
        """Every link that means a note: (source id, target path, heading it stands under)."""
        return self._db.execute(
            "SELECT source_id, target_path, section FROM links WHERE target_path IS NOT NULL"
        ).fetchall()

    def waiting(self, model: str) -> list[bytes]:
        """Contents that have no vector of this model yet, newest and most linked notes first."""
        # Named, since SQLite would rather read all passages in the order of their contents.
        rows = self._db.execute(
            "SELECT p.content FROM passages p INDEXED BY passages_by_generation"
            " JOIN notes n ON n.id = p.note_id"
            " WHERE p.added > ? AND NOT EXISTS"
            "   (SELECT 1 FROM vectors v WHERE v.model = ? AND v.content = p.content)"
            " GROUP BY p.content"
            " ORDER BY max(n.mtime_ns / 86400000000000) DESC,"
            "   max((SELECT count(*) FROM links k WHERE k.target_path = n.path)) DESC, min(p.id)",
            (int(self.meta(f"embedded:{model}", "0")), model),
        )
        return [row[0] for row in rows]

    def to_embed(self, contents: Sequence[bytes]) -> dict[bytes, tuple[str, str, PassageKind]]:
        """Context, text and kind of a passage with each content; unknown ones are left out."""
        one = "SELECT id, context FROM passages WHERE content = ? LIMIT 1"
        rows = {each: self._db.execute(one, (each,)).fetchone() for each in contents}
        cut = self.passages([row[0] for row in rows.values() if row])
        return {
            content: (row[1], cut[row[0]].text, cut[row[0]].kind)
            for content, row in rows.items()
            if row and row[0] in cut
        }

    def notes(self, since: int = 0) -> Iterator[StoredNote]:
        """Notes written after the generation ``since``, by id."""
        rows = self._db.execute(
            "SELECT id, path, title, date, aliases, tags, properties, tasks, days FROM notes"
            " WHERE id IN (SELECT id FROM notes WHERE added > ?) ORDER BY id",
            (since,),
        )
        for note_id, path, title, date, aliases, tags, *told in rows:
            yield StoredNote(
                note_id,
                path,
                title,
                date,
                tuple(json.loads(aliases)),
                tuple(json.loads(tags)),
                *read_facts(*map(json.loads, told)),
            )

    def links(self, since: int = 0) -> list[StoredLink]:
        """All links of every note that has any written or moved after the generation ``since``.

        By note, in reading order.
        """
        rows = self._db.execute(
            "SELECT source_id, target, target_path, alias, relation, explanation, section,"
            " start, end FROM links WHERE source_id IN (SELECT id FROM notes WHERE added > :since"
            " UNION SELECT note_id FROM moved WHERE generation > :since) ORDER BY source_id, start",
            {"since": since},
        )
        same: dict[Any, Any] = {}  # most values stand in many links
        return [StoredLink(*(same.setdefault(value, value) for value in row)) for row in rows]

    def glosses(self) -> list[tuple[TermPair, int]]:
        """Every term given in two languages and in how many notes it is given so."""
        rows = self._db.execute(
            "SELECT english, chinese, bracketed, count(*) FROM glosses"
            " GROUP BY english, chinese, bracketed ORDER BY count(*) DESC, english, chinese"
        )
        return [(TermPair(e, c, bool(bracketed)), n) for e, c, bracketed, n in rows]

    def note_ids(self) -> set[int]:
        """Ids of all notes."""
        return {row[0] for row in self._db.execute("SELECT id FROM notes")}

    def note_glosses(self) -> Iterator[tuple[int, TermPair]]:
        """Every term given in two languages with the id of the note, by note."""
        rows = self._db.execute(
            "SELECT note_id, english, chinese, bracketed FROM glosses ORDER BY note_id, rowid"
        )
        for note_id, english, chinese, bracketed in rows:
            yield note_id, TermPair(english, chinese, bool(bracketed))

    def passage_contents(
        self, note_ids: Sequence[int], model: str
    ) -> list[tuple[int, str, bytes | None]]:
        """(passage id, terms, vector as float16 where there is one) of these notes' passages."""
        return self._db.execute(
            "SELECT p.id, p.terms, v.vector FROM passages p"
            " LEFT JOIN vectors v ON v.model = ? AND v.content = p.content"
            " WHERE p.note_id IN (SELECT value FROM json_each(?))",
            (model, _json([int(i) for i in note_ids])),
        ).fetchall()

    def text(self, note_id: int) -> str:
        """The whole text of a note as it was when it was indexed; empty when unknown."""
        row = self._db.execute("SELECT text FROM notes WHERE id = ?", (note_id,)).fetchone()
        return row[0] if row else ""

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by id; unknown ids are left out."""
        found = self._cut("id IN (SELECT value FROM json_each(?1))", ids)
        return {passage.id: passage for passage in found}

    def passage_ids(self, note_ids: Sequence[int]) -> list[int]:
        """Ids of all passages of these notes."""
        rows = self._db.execute(
            "SELECT id FROM passages WHERE note_id IN (SELECT value FROM json_each(?))",
            (_json([int(i) for i in note_ids]),),
        )
        return [row[0] for row in rows]

    def notes_of(self, passage_ids: Sequence[int]) -> dict[int, int]:
        """The note id of each passage; unknown passages are left out."""
        rows = self._db.execute(
            "SELECT id, note_id FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            (_json([int(i) for i in passage_ids]),),
        )
        return dict(rows.fetchall())

    def passages_of(self, note_ids: Sequence[int]) -> list[StoredPassage]:
        """All passages of these notes in reading order."""
        found = self._cut("note_id IN (SELECT value FROM json_each(?1))", note_ids)
        return sorted(found, key=lambda p: (p.note_id, p.start))

    def _cut(self, which: str, ids: Sequence[int]) -> Iterator[StoredPassage]:
        """The passages of which a condition on ``ids`` (``?1``) is true."""
        # Cut here and not by SQLite, which counts characters from the start of the text each time;
        # in one statement, which sees one state.
        rows = self._db.execute(
            "WITH found AS"
            f" (SELECT id, note_id, start, end, heading, kind FROM passages WHERE {which})"
            " SELECT id, 0, 0, 0, '', '', text FROM notes"
            " WHERE id IN (SELECT note_id FROM found)"
            " UNION ALL SELECT note_id, id, start, end, heading, kind, NULL FROM found",
            (_json([int(i) for i in ids]),),
        ).fetchall()
        texts = {note: text for note, *_, text in rows if text is not None}
        for note, id, start, end, heading, kind, text in rows:
            if text is None:
                names = tuple(json.loads(heading))
                yield StoredPassage(id, note, start, end, names, kind, texts[note][start:end])

    def problems(self) -> list[Problem]:
        rows = self._db.execute("SELECT path, message, skipped FROM problems ORDER BY path")
        return [Problem(path, message, bool(skipped)) for path, message, skipped in rows]

    def counts(self, model: str) -> dict[str, int]:
        """How many notes, passages and passages with a vector."""
        embedded = self._db.execute(
            "SELECT count(*) FROM passages p WHERE EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.model = ? AND v.content = p.content)",
            (model,),
        )
        return {
            "notes": self.note_count(),
            "passages": self.passage_count(),
            "embedded": int(embedded.fetchone()[0]),
        }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
