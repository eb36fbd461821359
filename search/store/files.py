"""Searches the default store: SQLite, FAISS and Tantivy, in files on this machine.

Each side names its best passages; what only one side named gets its score from the other
too, so that a passage is never judged by half. Scores stay on one scale for the whole
vault: a search within some notes gives a passage what the open search would.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.lexical.keyword_index import Lexical, Ranked
from index.settings import Settings
from index.store.reader import Reader
from index.store.readers import Readers
from index.vectors import centering
from index.vectors.vector_index import VectorIndex
from search.store.interface import Candidates, RetrievalRequest, SearchIndex, Vector

_CANDIDATES = 200
"""Passages that each side names: with 100 to 300 the same notes reach the first ten."""
_FEW = 2000
"""Up to this many passages within the filters, all of them are candidates."""


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
        self,
        asked: RetrievalRequest,
        within: Collection[int] | None,
        also: Collection[int] = (),
        k: int = 0,
    ) -> Candidates:
        """Candidates for ``k`` results, with both their scores."""
        return gather(asked, self.words, self.vectors, self.store.records, within, also, k)

    def nearest(self, vector: Vector, k: int) -> Ranked:
        """The passages nearest in meaning, with their cosines."""
        return [] if self.vectors is None else self.vectors.search(vector, k)


class EmbeddedStore:
    """The files of one index, open for searching."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._readers = Readers(settings.store_file)

    @property
    def records(self) -> Reader:
        """This thread's own connection."""
        return self._readers.mine()

    def engine(self, before: SearchIndex | None) -> EmbeddedEngine:
        """The newest state; what stands already takes in what has changed."""
        kept = before if isinstance(before, EmbeddedEngine) else None
        words = kept.words if kept and kept.words.is_there else Lexical(self._settings.keyword_dir)
        words.reload()
        return EmbeddedEngine(self, words, self._vectors(kept.vectors if kept else None))

    def is_between(self, before: SearchIndex) -> bool:
        """Whether notes were written whose words come later: too early to look again.

        So it is while a writer is at work, and after one that was cut off until the next
        update, which puts the words in.
        """
        if not isinstance(before, EmbeddedEngine):
            return False
        words = before.words if before.words.is_there else Lexical(self._settings.keyword_dir)
        return words.generation < self.records.notes_generation

    def close(self) -> None:
        """Let go of the files; the next use opens them anew."""
        self._readers.close()

    def _vectors(self, kept: VectorIndex | None) -> VectorIndex | None:
        model = self.records.meta("model")
        middle = centering.load(self.records, model, "passages") if model else None
        if middle is None:
            return None
        if kept is not None and kept.is_built_for(model, middle):
            kept.catch_up(self.records)
            return kept
        return VectorIndex.load(self._settings.vector_file, self.records, model, middle)


def gather(
    asked: RetrievalRequest,
    lexical: Lexical,
    vectors: VectorIndex | None,
    store: Reader,
    within: Collection[int] | None,
    also: Collection[int] = (),
    k: int = 0,
) -> Candidates:
    """Candidates for ``k`` results in the whole vault or ``within`` some notes (ids).

    Passages of the notes in ``also`` are looked for besides, by their words.
    """
    most = max(_CANDIDATES, k)
    clauses = asked.keywords.clauses
    notes = None if within is None else sorted(within)
    passages = None if notes is None else store.passage_ids(notes)
    if passages is not None and len(passages) <= _FEW:
        keyword = dict(lexical.search(clauses, len(passages), notes))
        semantic = _cosines(asked, vectors, passages)
    else:
        keyword = dict(lexical.search(clauses, most, notes))
        semantic = _nearest(asked, vectors, passages, most)
        if also:
            keyword |= dict(lexical.search(clauses, most, sorted(also)))
        unread = [passage for passage in semantic if passage not in keyword]
        keyword |= lexical.scores(clauses, unread)
        semantic |= _cosines(asked, vectors, [p for p in keyword if p not in semantic])
    scale = asked.keywords.max_score or 1.0
    return Candidates({p: score / scale for p, score in keyword.items()}, semantic)


def _nearest(
    asked: RetrievalRequest, vectors: VectorIndex | None, allowed: Sequence[int] | None, k: int
) -> dict[int, float]:
    if asked.vector is None or vectors is None:
        return {}
    return dict(vectors.search(asked.vector, k, allowed))


def _cosines(
    asked: RetrievalRequest, vectors: VectorIndex | None, passages: Sequence[int]
) -> dict[int, float]:
    if asked.vector is None or vectors is None:
        return {}
    return vectors.scores(asked.vector, passages)
