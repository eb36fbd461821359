"""One question → ranked passages, each with the signals that put it there."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from index.settings import Settings
from index.words import fold, terms
from search.candidates import Asked, gather
from search.fuse import convex
from search.highlight import segments
from search.keywords import Keywords, keywords
from search.language import has_latin
from search.query import Query, parse
from search.result import Filters, Group, Hit, Mode, SearchResult
from search.signals import SIGNALS, Signal
from search.snapshot import Index, Snapshot
from search.stopwords import meaningful
from search.translation import Translator

_WEIGHTS: Mapping[Signal, float] = {"keyword": 0.55, "semantic": 0.45}
"""Both sides on fixed scales: 0.5 to 0.65 rank alike, on Chinese notes and questions in both
languages."""
_MORE_PASSAGES = (1.0, 0.1, 0.05)
"""What a note's best, second and third passage add to its score."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate passage and what each signal gave it."""

    passage_id: int
    score: float
    signals: Mapping[str, float]


class Searcher:
    """Answers searches from the newest state of the index; safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        index: Index | None = None,
        signals: frozenset[Signal] = SIGNALS,
    ) -> None:
        self.index = index or Index(settings)
        self._settings = settings
        self._signals = signals

    def without(self, signal: Signal) -> "Searcher":
        """The same search with one signal switched off, to see what it is worth."""
        return Searcher(self._settings, self.index, self._signals - {signal})

    def refresh(self) -> None:
        """Take in what has been indexed since."""
        self.index.snapshot()

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        mode: Mode = "hybrid",
        group: Group = "passage",
        filters: Filters | None = None,
    ) -> SearchResult:
        """The ``k`` best passages, or notes at their best passage.

        Raises:
            BadRequest: the query's operators cannot be understood.
            NotReady: nothing is indexed yet.
        """
        started = time.perf_counter()
        asked = parse(query, filters)
        state = self.index.snapshot()
        within = state.catalogue.within(asked.filters)
        ranked = self.rank(asked, state, mode, within)
        hits, notes = self._hits(asked, state, ranked, k, group)
        took = (time.perf_counter() - started) * 1000
        return SearchResult(query, mode, round(took, 1), hits, state.catalogue.facets(notes))

    def rank(
        self, query: Query, state: Snapshot, mode: Mode, within: frozenset[int] | None
    ) -> list[Scored]:
        """All candidates, best first; ``within`` (note ids) every passage of a few notes is one.

        Scores are those of the open search, whatever it is narrowed to.
        """
        asked = self.asked(query, state, mode)
        found = gather(asked, state, self.index.store, within)
        lists: dict[Signal, Mapping[int, float]] = {}
        if asked.keywords.clauses:
            lists["keyword"] = found.keyword
        if asked.vector is not None:
            lists["semantic"] = found.semantic
        weights = _WEIGHTS if len(lists) > 1 else dict.fromkeys(lists, 1.0)
        fused = convex(lists, weights)
        ranked = sorted(fused, key=lambda p: (-fused[p], p))
        return [
            Scored(p, fused[p], {name: scores.get(p, 0.0) for name, scores in lists.items()})
            for p in ranked
        ]

    def asked(self, query: Query, state: Snapshot, mode: Mode = "hybrid") -> Asked:
        """What both sides look for: the question's clauses and its vector."""
        wanted = Keywords((), 0.0)
        if mode != "semantic" and "keyword" in self._signals:
            wanted = keywords(query.text, state.lexical, self._translator(query, state))
        vector = None
        if mode != "keyword" and "semantic" in self._signals and query.text:
            vector = self.index.question_vector(query.text) if state.vectors else None
        return Asked(wanted, vector)

    def _translator(self, query: Query, state: Snapshot) -> Translator | None:
        if "translation" not in self._signals or not has_latin(query.text):
            return None
        return Translator(state.glossary, self.index.dictionary(), state.lexical)

    def _hits(
        self, query: Query, state: Snapshot, ranked: list[Scored], k: int, group: Group
    ) -> tuple[tuple[Hit, ...], list[int]]:
        stored = self.index.store.passages([scored.passage_id for scored in ranked])
        by_note: dict[int, list[Scored]] = defaultdict(list)
        for scored in ranked:
            if scored.passage_id in stored:
                by_note[stored[scored.passage_id].note_id].append(scored)
        totals = {
            note: sum(w * s.score for w, s in zip(_MORE_PASSAGES, scored, strict=False))
            for note, scored in by_note.items()
        }
        notes = sorted(totals, key=lambda note: (-totals[note], note))
        if group == "note":
            chosen = [(by_note[note][0], totals[note]) for note in notes[:k]]
        else:
            kept = [s for s in ranked if s.passage_id in stored][:k]
            chosen = [(scored, scored.score) for scored in kept]
        words = [fold(term) for term in meaningful(terms(query.text))]
        hits = []
        for rank, (scored, score) in enumerate(chosen, 1):
            passage = stored[scored.passage_id]
            note = state.catalogue.notes[passage.note_id]
            hits.append(
                Hit(
                    rank, note.path, note.title, passage.heading, passage.text, passage.start,
                    passage.end, note.date, state.catalogue.tags[note.id], round(score, 4),
                    {name: round(value, 4) for name, value in scored.signals.items()},
                    segments(passage.text, words),
                )
            )  # fmt: skip
        return tuple(hits), notes
