"""Finds for one question the notes, their units, and what speaks for an answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.answer.confidence import Signs, signs
from search.answer.evidence import Candidate, Weighed, Words, weigh, worth
from search.answer.question import Question
from search.answer.units import units
from search.query import Query
from search.searcher import Searcher
from search.snapshot import Snapshot

_NEAR = 3
_PASSAGES, _PASSAGES_OF_MORE = 25, 10
"""Passages that are taken apart, of each of the nearest notes and of each further one."""
_READ_CHARACTERS = 40_000
"""How much of a note is looked through for the question's words."""


class Gatherer:
    """The search side of one question: everything is asked of one state of the index."""

    def __init__(self, searcher: Searcher, state: Snapshot, query: Query, asked: Question) -> None:
        self._searcher = searcher
        self.state = state
        self.query = query
        self.asked = asked
        self.notes = state.catalogue.notes
        self._top = 0.0

    def ranked(self, k: int) -> dict[int, float]:
        """The ``k`` best notes, best first, with their scores over the best one's."""
        found = self._searcher.search(
            self.query.text, k=k, group="note", filters=self.query.filters
        )
        by_path = self.state.catalogue.by_path
        top = max((hit.score for hit in found.results), default=0.0)
        # How near the notes come is judged on the scale that all questions share.
        plain = (hit.score - hit.signals.get("rerank", 0.0) for hit in found.results)
        self._top = max(plain, default=0.0)
        return {
            by_path[hit.path]: hit.score / (top or 1.0)
            for hit in found.results
            if hit.path in by_path
        }

    def words(self, text: str = "") -> Words:
        """What the question, or another text, looks for, by worth."""
        query = replace(self.query, text=text or self.query.text)
        wanted = self._searcher.asked(query, self.state, "keyword")
        return worth(wanted.keywords.clauses, self.state.lexical)

    def weighed(
        self, notes: Mapping[int, float], text: str = "", focus: float = 1.0
    ) -> list[Weighed]:
        """The units of some notes, given with their scores, best first."""
        query = replace(self.query, text=text or self.query.text)
        wanted = self._searcher.asked(query, self.state)
        words = worth(wanted.keywords.clauses, self.state.lexical)
        encode = self._searcher.index.passage_vectors
        return weigh(
            self.asked, words, wanted.vector, self._candidates(query, notes), encode, focus
        )

    def signs(self, ranked: Mapping[int, float], weighed: Sequence[Weighed]) -> Signs:
        """What speaks for an answer from these notes and units, both best first."""
        nearest = list(ranked)[:_NEAR]
        store = self._searcher.index.store
        texts = [(self.notes[n].title, store.text(n)[:_READ_CHARACTERS]) for n in nearest]
        meaning = weighed[0].meaning if weighed else 0.0
        lexical = self.state.lexical
        return signs(self.asked, self.words(), lexical, self._top, meaning, texts)

    def text(self, note: int) -> str:
        """A note's text as it was indexed."""
        return self._searcher.index.store.text(note)

    def _candidates(self, query: Query, notes: Mapping[int, float]) -> list[Candidate]:
        scored = self._searcher.rank(query, self.state, "hybrid", frozenset(notes))
        stored = self._searcher.index.store.passages([each.passage_id for each in scored])
        ranks = {note: rank for rank, note in enumerate(notes)}
        taken: Counter[int] = Counter()
        found: list[Candidate] = []
        for each in scored:
            passage = stored.get(each.passage_id)
            if passage is None or passage.note_id not in ranks:
                continue
            note, rank = self.notes[passage.note_id], ranks[passage.note_id]
            taken[note.id] += 1
            if taken[note.id] <= (_PASSAGES if rank < _NEAR else _PASSAGES_OF_MORE):
                found += [
                    Candidate(unit, note.title, each.score, rank, notes[note.id])
                    for unit in units(note, [passage])
                ]
        return found
