"""Writes the keyword indexes: what they are given of passages and notes, and when it counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import tantivy

from index.file_replacement import replace
from index.store.reader import Reader
from index.text.terms import letters

_HEAP = 100_000_000
"""Bytes that Tantivy may fill before it writes a segment, where all is written."""
_SMALL_HEAP = 15_000_000
"""The same for what was edited: the least that Tantivy takes."""
_GONE = 0.05
"""Share of passages that have gone before the rest is written anew: until their segment is
merged, they count in every frequency, and so in every score."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the indexes of a folder stand for; nothing while they are new."""

    generation: int = 0
    whole: int = 0
    """The generation at which they were last written whole."""
    store: str = ""
    """Identity of the store that the generations are of."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        try:
            generation, whole, store = (folder / "generation").read_text().split()
            return cls(int(generation), int(whole), store)
        except (OSError, ValueError):
            return cls()

    def write(self, folder: Path) -> None:
        scratch = folder / "generation.new"
        scratch.write_text(f"{self.generation} {self.whole} {self.store}")
        replace(scratch, folder / "generation")


class KeywordWriter:
    """What the indexes of passages and of notes gain from a store, until they are closed.

    Only the store's writer may have one. Everything raises OSError where the disk is full or
    the folder cannot be written.
    """

    def __init__(
        self, folder: Path, passages: tantivy.Index, notes: tantivy.Index, store: Reader
    ) -> None:
        self._folder, self._passages, self._notes = folder, passages, notes
        self._store = store
        stand = IndexState.read(folder)
        if stand.store != store.identity:  # of another store, or left half made
            stand = IndexState(store=store.identity)
        self._stand = stand
        self._taken = stand.generation
        self._writers: list[tantivy.IndexWriter] = []

    def add_pending(self) -> None:
        """Put in what the store has gained so far, to be found when it is published."""
        with self._store.reading(), _disk_errors(self._folder):
            if self._taken < self._store.generation and not self._needs_rewrite(self._since):
                self._put_in()

    def publish(self) -> None:
        """Have all found that the store has gained, and no more what it has lost.

        Segments may still be merged until ``finish``.
        """
        with self._store.reading(), _disk_errors(self._folder):
            now = self._store.generation
            if now == self._since:
                return
            if self._needs_rewrite(self._since):
                self._begin_anew()
            self._put_in()
            gone = self._store.tombstones(self._since)
            for writer, index, ids in zip(self._writers, self._indexes, gone, strict=True):
                # Deleting by term takes a number for a signed one and so matches nothing.
                writer.delete_documents_by_query(
                    tantivy.Query.term_set_query(index.schema, "id", ids)
                )
                writer.commit()
        self._stand = IndexState(now, self._stand.whole or now, self._stand.store)
        self._stand.write(self._folder)

    def finish(self) -> None:
        """Write all anew where too much has gone by and by, and wait for segments to be merged."""
        with self._store.reading():
            is_due = self._needs_rewrite(self._stand.whole)
        if is_due:
            self._begin_anew()
            self.publish()
        for writer in self._writers:
            writer.wait_merging_threads()

    def close(self) -> None:
        """Give up what is not published, and let another write."""
        self._writers.clear()  # each holds a lock until it is let go

    @property
    def _indexes(self) -> tuple[tantivy.Index, tantivy.Index]:
        return self._passages, self._notes

    @property
    def _since(self) -> int:
        return self._stand.generation

    def _needs_rewrite(self, generation: int) -> bool:
        """Whether so much has gone since then that the indexes are to be written whole."""
        gone = len(self._store.tombstones(generation)[0]) if self._since else 0
        return gone > self._passages.searcher().num_docs * _GONE

    def _begin_anew(self) -> None:
        self._stand = IndexState(store=self._stand.store)
        self._taken = 0
        self.close()

    def _put_in(self) -> None:
        since, self._taken = self._taken, self._store.generation
        if not self._writers:
            heap = _SMALL_HEAP if self._since else _HEAP
            self._writers += [index.writer(heap, 1) for index in self._indexes]
            if not self._since:
                for writer in self._writers:
                    writer.delete_all_documents()
        new = passage_documents(self._store, since), note_documents(self._store, since)
        for writer, index, documents in zip(self._writers, self._indexes, new, strict=True):
            for identity, document in documents:
                if self._since:  # a crash between commit and generation would add it twice
                    one = tantivy.Query.term_query(index.schema, "id", identity)
                    writer.delete_documents_by_query(one)
                writer.add_document(document)


def passage_documents(store: Reader, since: int) -> Iterator[tuple[int, tantivy.Document]]:
    """Passages written after a generation, with their ids."""
    for passage_id, note_id, terms in store.new_terms(since):
        document = tantivy.Document()
        document.add_unsigned("id", passage_id)
        document.add_unsigned("note", note_id)
        document.add_text("terms", terms)
        yield passage_id, document


def note_documents(store: Reader, since: int) -> Iterator[tuple[int, tantivy.Document]]:
    """Notes written after a generation, with their ids."""
    for note_id, text in store.new_texts(since):
        document = tantivy.Document()
        document.add_unsigned("id", note_id)
        document.add_unsigned("note", note_id)
        document.add_text("grams", gram_text(text))
        yield note_id, document


def gram_text(text: str) -> str:
    """The text's ``grams`` separated by spaces, made at once: a vault has millions of them."""
    row = np.frombuffer(letters(text).encode("utf-32-le"), dtype="<u4")
    spaced = np.full((len(row), 3), ord(" "), dtype="<u4")
    spaced[:, 0] = row
    spaced[:-1, 1] = row[1:]
    return spaced.tobytes().decode("utf-32-le").rstrip(" ")


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:  # all that Tantivy raises
        raise OSError(f"{folder}: {error}") from error
