"""Holds what a question is answered from: one state of store, indexes and catalogue."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.errors import NotReady, WenguError
from index.model.encoder import Encoder
from index.model.passage_reader import PassageReader
from index.settings import Settings
from index.text import segmentation
from index.text.bilingual import TermPair
from index.text.language import language
from index.text.user_dictionary import load_words
from index.vault.read_note import Unreadable, read
from index.vectors import centering
from index.vectors.vector_index import centred
from search import deadline
from search.catalogue import catalogue
from search.catalogue.catalogue import Catalogue
from search.query.dictionary import Dictionary
from search.query.dictionary import load as load_dictionary
from search.query.glossary import glossary
from search.query.vocabulary import Vocabulary
from search.store.files import EmbeddedStore
from search.store.interface import SearchIndex, Store, StoredRecords
from search.store.models import Models

Vector = NDArray[np.float32]
_log = logging.getLogger("wengu")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one generation of the index offers to a question."""

    catalogue: Catalogue
    engine: SearchIndex
    glosses: Sequence[tuple[TermPair, int]]
    """Terms that the notes give in two languages, and in how many notes."""
    glossary: Mapping[str, tuple[str, ...]]
    """English terms and the Chinese ones that follow from them."""
    embedded: float
    """The share of passages that can be found by meaning already."""

    @property
    def lexical(self) -> Vocabulary:
        """Which words the notes use, and how often."""
        return self.engine.words


class OpenIndex:
    """The open index: gives the newest snapshot, the records, question vectors."""

    def __init__(
        self, settings: Settings, encoder: Encoder | None = None, models: Models | None = None
    ) -> None:
        self.settings = settings
        self._encoder = encoder
        self._models = models or Models(settings.model_cache)
        self._dictionary: Dictionary | None = None
        self._unread = False
        """Whether the reader was asked for in vain."""
        self._centres: dict[tuple[str, str], tuple[int, Vector | None]] = {}
        self._snapshot: Snapshot | None = None
        self._state = ("", 0)
        """Identity and generation of the store that the snapshot was made from."""
        self._store = opened(settings)
        self._refreshing = threading.Lock()
        segmentation.use(load_words(settings.user_dictionaries))

    @property
    def store(self) -> StoredRecords:
        """What is stored of notes and passages, for this thread.

        Raises:
            TookTooLong: the question that this is read for has no time left.
        """
        deadline.check()
        return self._store.records

    def snapshot(self) -> Snapshot:
        """The newest state; what has changed since the last call is taken in first.

        Raises:
            NotReady: nothing is indexed yet.
        """
        store = self._store.records
        now = store.generation  # asked first: what else is told is of that moment
        state = store.meta("identity"), now
        current = self._snapshot
        if current is not None and (
            self._state == state
            or (self._state[0] == state[0] and self._store.is_between(current.engine))
        ):
            return current
        with self._refreshing:
            if self._snapshot is None or self._state != state:
                if self._state[0] != state[0]:  # another store, whose ids mean something else
                    self._snapshot = None
                    self._centres.clear()
                self._snapshot = self._load(self._snapshot)
                early = self._store.is_between(self._snapshot.engine)  # then it is looked at again
                self._state = state[0], -1 if early else self._snapshot.catalogue.generation
            return self._snapshot

    def close(self) -> None:
        """Let go of the files and of all that was read; the next question begins anew."""
        with self._refreshing:
            self._snapshot = None
            self._centres.clear()
            self._store.close()

    def encoder(self) -> Encoder:
        """The model that the index was made with, so that question and notes agree."""
        name = self.store.meta("model_name", self.settings.model)
        given = self._encoder
        if given is not None and given.name == name:
            return given
        with deadline.paused():
            return self._models(name)

    def text_now(self, path: str) -> str:
        """A note's text as its file stands now.

        Where the index is kept elsewhere and the file is not at hand, as it was indexed.

        Raises:
            Unreadable: there is no such file, or nothing can be made of it.
        """
        settings = self.settings
        try:
            return read(settings.notes, path, settings.max_note_bytes).text
        except Unreadable:
            note = None if settings.update else self.snapshot().catalogue.by_path.get(path)
            if note is None:
                raise
            return self.store.text(note)

    def dictionary(self) -> Dictionary:
        """The English-Chinese dictionary, read when it is first needed."""
        if self._dictionary is None:
            with deadline.paused():
                self._dictionary = load_dictionary(self.settings.model_cache)
        return self._dictionary

    def reader(self, state: Snapshot) -> PassageReader | None:
        """The reader of passages; None where it is switched off or cannot be had, and where notes
        are found by their words alone."""
        if not self.settings.reader or self._unread or not state.engine.model:
            return None
        try:
            with deadline.paused():
                return self._models.reader()
        except WenguError as error:
            self._unread = True
            _log.warning("passages are ranked without being read: %s", error)
            return None

    def question_vector(self, text: str) -> Vector:
        """The question as a centred unit vector, shape (dimensions,)."""
        encoder = self.encoder()
        vector = encoder.query(text)
        middle = self._centre(encoder.fingerprint, language(text))
        return vector if middle is None else centred(vector[None, :], middle)[0]

    def passage_vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts of notes as centred unit vectors, shape (texts, dimensions)."""
        deadline.check()
        encoder = self.encoder()
        vectors = encoder.passages(texts)
        middle = self._centre(encoder.fingerprint, "passages")
        return vectors if middle is None else centred(vectors, middle)

    def _centre(self, model: str, name: str) -> Vector | None:
        generation = self.store.generation
        kept = self._centres.get((model, name))
        if kept is None or kept[0] != generation:
            kept = generation, centering.load(self.store, model, name)
            self._centres[model, name] = kept
        return kept[1]

    def _load(self, previous: Snapshot | None) -> Snapshot:
        store = self._store.records
        if store.generation == 0:
            raise NotReady("nothing is indexed yet; run: wengu index")
        engine = self._store.engine(previous.engine if previous else None)
        before = previous.catalogue if previous else None
        now = store.generation  # asked first: what has changed since will be taken in next time
        if previous and before and before.generation >= store.notes_generation:
            small = replace(before, generation=now)
            return replace(previous, catalogue=small, engine=engine, embedded=engine.embedded)
        with store.reading():
            small = catalogue.load(store, before)
            glosses = store.glosses()
        same = previous is not None and previous.glosses == glosses
        own = previous.glossary if previous and same else glossary(glosses)
        return Snapshot(small, engine, glosses, own, engine.embedded)


def opened(settings: Settings) -> Store:
    """The store that the settings choose."""
    if settings.store is None:
        return EmbeddedStore(settings)
    from search.store.milvus.store import MilvusStore

    return MilvusStore(settings.store)
