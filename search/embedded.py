"""The default store: SQLite, FAISS and Tantivy, in files on this machine."""

import threading
from collections.abc import Collection
from dataclasses import dataclass

from index import centre
from index.errors import Busy
from index.lexical import Lexical, Ranked
from index.lock import only_writer
from index.reader import Reader
from index.settings import Settings
from index.sync import LEXICAL, STORE, VECTORS
from index.vectors import VectorIndex
from search.candidates import Asked, Candidates, gather
from search.engine import Engine, Vector


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """One state of the files."""

    store: "EmbeddedStore"
    words: Lexical
    vectors: VectorIndex | None
    """None until the first vectors are there."""

    @property
    def model(self) -> str:
        """Whose vectors are searched; empty before there are any."""
        return "" if self.vectors is None else self.vectors.model

    @property
    def embedded(self) -> float:
        """The share of passages that can be found by meaning already."""
        passages = self.store.records.passage_count()
        there = len(self.vectors) if self.vectors is not None else 0
        return min(1.0, there / passages) if passages else 1.0

    def candidates(
        self, asked: Asked, within: Collection[int] | None, also: Collection[int] = (), k: int = 0
    ) -> Candidates:
        """Candidates for ``k`` results, with both their scores."""
        return gather(asked, self.words, self.vectors, self.store.records, within, also, k)

    def nearest(self, vector: Vector, k: int) -> Ranked:
        """The passages nearest in meaning, with their cosines."""
        return [] if self.vectors is None else self.vectors.search(vector, k)


class EmbeddedStore:
    """The files of one index, open for searching."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.index_dir
        self._threads = threading.local()

    @property
    def records(self) -> Reader:
        """This thread's own connection."""
        path = self._folder / STORE
        try:
            file = path.stat().st_ino
        except OSError:
            file = None
        reader: Reader | None = getattr(self._threads, "reader", None)
        if reader is None or self._threads.file != file:  # a store that was broken is replaced
            reader = self._threads.reader = Reader.open(path)
            self._threads.file = file
        return reader

    def engine(self, before: Engine | None) -> EmbeddedEngine:
        """The newest state; what stands already takes in what has changed."""
        kept = before if isinstance(before, EmbeddedEngine) else None
        words = kept.words if kept else Lexical(self._folder / LEXICAL)
        self._repaired(words)
        words.reload()
        return EmbeddedEngine(self, words, self._vectors(kept.vectors if kept else None))

    def is_between(self, before: Engine) -> bool:
        """Whether a writer has put in notes whose words come later: too early to look again."""
        return isinstance(before, EmbeddedEngine) and not self._repaired(before.words)

    def close(self) -> None:
        """Let go of the files; the next use opens them anew."""
        reader: Reader | None = getattr(self._threads, "reader", None)
        if reader is not None:
            reader.close()
        self._threads = threading.local()  # other threads' connections close with it

    def _repaired(self, words: Lexical) -> bool:
        """Bring keyword search up to the store; False where a writer is at it."""
        if words.generation < self.records.notes_generation:
            try:
                with only_writer(self._folder), words.writing(self.records) as writing:
                    writing.publish()
            except Busy:
                return False
        return True

    def _vectors(self, kept: VectorIndex | None) -> VectorIndex | None:
        model = self.records.meta("model")
        middle = centre.load(self.records, model, "passages") if model else None
        if middle is None:
            return None
        if kept is not None and kept.stands_on(model, middle):
            kept.catch_up(self.records)
            return kept
        return VectorIndex.load(self._folder / VECTORS, self.records, model, middle)
