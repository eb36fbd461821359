"""Defines what search asks of a store: the one interface with two implementations.

``files`` answers from SQLite, FAISS and Tantivy on this machine, ``milvus`` from Milvus.
Ids of notes and passages are never used again, so what was found in an older state can be
missing in a newer one but never be something else.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.lexical.keyword_index import Ranked
from index.store.records import Problem, StoredLink, StoredNote, StoredPassage
from index.text.bilingual import TermPair
from search.query.keywords import Keywords
from search.query.vocabulary import Vocabulary
from search.result import Filters

Vector = NDArray[np.float32]


class StoredRecords(Protocol):
    """What is stored of notes and passages, by id."""

    @property
    def generation(self) -> int:
        """Raised whenever something else can be found than before; 0 before the first time."""

    @property
    def notes_generation(self) -> int:
        """The last generation that changed notes or links."""

    def meta(self, key: str, default: str = "") -> str: ...

    def reading(self) -> AbstractContextManager[None]:
        """Notes, links and glosses read inside are of one state."""

    def note_ids(self) -> set[int]:
        """Ids of all notes."""

    def notes(self, since: int = 0) -> Iterator[StoredNote]:
        """Those written after the generation ``since`` at least, by id."""

    def links(self, since: int = 0) -> list[StoredLink]:
        """All links of every note that has any written or moved since, by note, in order.

        Notes in which nothing changed may be among them.
        """

    def glosses(self) -> list[tuple[TermPair, int]]:
        """Every term given in two languages and in how many notes it is given so."""

    def text(self, note_id: int) -> str:
        """The whole text of a note; empty when unknown."""

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by id; unknown ids are left out."""

    def passages_of(self, note_ids: Sequence[int]) -> list[StoredPassage]:
        """All passages of these notes in reading order."""

    def passage_ids(self, note_ids: Sequence[int]) -> list[int]: ...

    def notes_of(self, passage_ids: Sequence[int]) -> dict[int, int]:
        """The note id of each passage; unknown passages are left out."""

    def problems(self) -> list[Problem]: ...

    def counts(self, model: str) -> dict[str, int]:
        """How many notes, passages and passages with a vector."""


class SearchIndex(Protocol):
    """One state of a store, searched."""

    @property
    def words(self) -> Vocabulary: ...

    @property
    def model(self) -> str:
        """Fingerprint of the model whose vectors are searched; empty before there are any."""

    @property
    def embedded(self) -> float:
        """The share of passages that can be found by meaning already."""

    def candidates(
        self,
        asked: "RetrievalRequest",
        within: Collection[int] | None,
        also: Collection[int] = (),
        k: int = 0,
    ) -> "Candidates":
        """Candidates for ``k`` results among all notes or ``within`` some (ids).

        Each has the scores of both sides that it would have in an open search. Passages of
        the notes in ``also`` are looked for besides, by their words.
        """

    def nearest(self, vector: Vector, k: int) -> Ranked:
        """The ``k`` passages nearest in meaning, with their cosines."""


class Store(Protocol):
    """A store open for searching; safe to share between threads."""

    @property
    def records(self) -> StoredRecords:
        """For this thread."""

    def engine(self, before: SearchIndex | None) -> SearchIndex:
        """The newest state, made from the one ``before`` where that is less work."""

    def is_between(self, before: SearchIndex) -> bool:
        """Whether notes were written whose words come later: too early to look again."""

    def close(self) -> None:
        """Let go of what is open; the next use opens it anew."""


@dataclass(frozen=True, slots=True)
class RetrievalRequest:
    """What both sides look for; a side that is not asked has nothing to look for."""

    keywords: Keywords
    vector: NDArray[np.float32] | None
    filters: Filters | None = None
    """What the notes are narrowed by, for a store that filters by itself."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scores by passage id."""

    keyword: Mapping[int, float]
    """BM25 over the score of a passage that holds every word often."""
    semantic: Mapping[int, float]
    """Cosines."""
