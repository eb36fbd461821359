"""Ranks passages for one question, each with the signals that put it there."""

import time
from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from index.model.passage_reader import PassageReader
from index.settings import Settings
from search.catalogue.facets import facets
from search.catalogue.mentions import Mention, mentions
from search.conditions.matching import as_filters
from search.query.keywords import Keywords, asks, keywords
from search.query.query_syntax import Query, parse
from search.query.translation import Translator
from search.ranking.boosts import exact_first, link_boosts, metadata_boosts, newest, phrases_first
from search.ranking.filters import matching_notes
from search.ranking.found import FEW, NearestNotes
from search.ranking.fusion import SIGNALS, Signal, by_signal, convex
from search.ranking.grouping import ScoredNote, ScoredPassage, boosted, by_note, passages
from search.ranking.highlight import marked
from search.ranking.hits import hits
from search.ranking.near_duplicates import SPARE, demote_near_duplicates, originals_first
from search.ranking.reading import Ranked, by_reading
from search.ranking.rerank import Reranker, reranked
from search.result import Filters, Group, Mode, SearchResult
from search.selector import Selector
from search.snapshot import OpenIndex, Snapshot, Vector
from search.store.interface import RetrievalRequest

_FEW_FILED = 150
"""Notes filed under one name that are all looked at, however little else they match."""


class Searcher:
    """Answers searches from the newest state of the index; safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        index: OpenIndex | None = None,
        signals: frozenset[Signal] = SIGNALS,
    ) -> None:
        self.index = index or OpenIndex(settings)
        self._settings = settings
        self.reranker = Reranker(settings.rerank) if settings.rerank else None
        self._signals = signals
        self.selector = Selector(self.index)
        self._nearest = NearestNotes()

    def without(self, signal: Signal) -> "Searcher":
        """The same search with one signal switched off, to see what it is worth."""
        other = copy(self)
        other._signals = self._signals - {signal}
        return other

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
        reading: bool = True,
    ) -> SearchResult:
        """The ``k`` best passages, or notes at their best passage.

        With ``reading`` the nearest passages are read against the question, which takes longer
        than all the rest: too long for every letter that is typed.

        Raises:
            BadRequest: the query's operators cannot be understood.
            NotReady: nothing is indexed yet.
        """
        started = time.perf_counter()
        asked = parse(query, filters)
        state = self.index.snapshot()
        asked, understood, is_selection = self.selector.read(asked, state)
        wanted = self.asked(asked, state, mode)
        ranked = self.ranked(asked, state, mode, k, reading=reading, wanted=wanted)
        if group == "note":
            first = ranked.notes[: k + SPARE]
            chosen = [(noted.shown(noted.passages[0]), noted.score) for noted in first]
        else:
            chosen = [(each, each.score) for each in passages(ranked.notes, k + SPARE)]
        chosen = demote_near_duplicates(chosen, self.index.store)[:k]
        words = marked(wanted.keywords)
        found = tuple(hits(chosen, state.catalogue, self.index.store, asked.text, words))
        is_exact = is_selection or bool(asked.phrases)
        counted = self._counted(asked, is_exact, ranked, wanted, state, mode, k)
        took = (time.perf_counter() - started) * 1000
        return SearchResult(
            query, mode, round(took, 1), found, facets(counted, state.catalogue),
            round(state.embedded, 4), understood.as_json(), len(counted),
        )  # fmt: skip

    def _counted(
        self, asked: Query, is_exact: bool, ranked: Ranked, wanted: RetrievalRequest,
        state: Snapshot, mode: Mode, k: int,
    ) -> frozenset[int]:  # fmt: skip
        """Ids of the notes that count as found: those that the query leaves of the nearest to its
        text; of all where there is none, or what narrows the search is exactly what is asked."""
        if is_exact or not asked.text:
            return ranked.within or frozenset()
        # Where nothing narrows the search, or its text asks nothing, they are there already.
        is_open = not asks(asked.text) or (ranked.within is None and k <= FEW)
        text, plain = Query(asked.text), replace(wanted, filters=Filters())
        near = self._nearest.of(
            (state.catalogue.generation, state.embedded, asked.text, mode, self._signals),
            lambda: ranked.notes if is_open else self._notes(text, plain, state, mode, None, 0),
        )
        return near if ranked.within is None else near & ranked.within

    def ranked(
        self,
        query: Query,
        state: Snapshot,
        mode: Mode = "hybrid",
        k: int = 10,
        *,
        reading: bool = True,
        wanted: RetrievalRequest | None = None,
    ) -> Ranked:
        """All notes that match, best first, in one state of the index.

        ``wanted`` is what the query looks for, where that is known already.
        """
        store = self.index.store
        narrowed = matching_notes(query, state, store)
        if query.text and not asks(query.text):
            return Ranked([], {}, narrowed)
        wanted = wanted or self.asked(query, state, mode)
        notes = self._notes(query, wanted, state, mode, narrowed, k)
        notes = originals_first(notes, state.catalogue)
        if not query.text or mode == "keyword":  # which keeps to the words as typed
            return Ranked(notes, {}, narrowed)
        if self.reranker and "rerank" in self._signals:
            notes = reranked(notes, self.reranker, query.text, state.catalogue, store)
        ranked = Ranked(notes, {}, narrowed)
        reader = self.reader(state) if reading and mode == "hybrid" else None
        if reader is None:
            return ranked
        return by_reading(reader, query.text, ranked, state.catalogue, store)

    def reader(self, state: Snapshot) -> PassageReader | None:
        """The reader of passages; None where it is switched off or cannot be had."""
        return self.index.reader(state) if "reader" in self._signals else None

    def _notes(
        self,
        query: Query,
        asked: RetrievalRequest,
        state: Snapshot,
        mode: Mode,
        narrowed: frozenset[int] | None,
        k: int,
    ) -> list[ScoredNote]:
        """All notes that match, best first, with their passages."""
        if not query.text:
            return newest(state.catalogue, narrowed or ())
        names = [] if mode == "semantic" else mentions(query.text, state.catalogue.fields)
        found = self._passages(asked, state, narrowed, names, k)
        ranked = phrases_first(found, query.phrases, self.index.store)
        boosts = metadata_boosts(names, asked.keywords, len(state.catalogue.notes), self._signals)
        notes = by_note(ranked, boosts)
        if mode == "keyword" and "literal" in self._signals:
            typed = state.lexical.notes_containing(query.text, len(state.catalogue.notes))
            known = state.catalogue.notes
            held = [(-score, known[note].path, note) for note, score in typed if note in known]
            there = [note for *_, note in sorted(held)]
            return exact_first(notes, there, narrowed)
        if mode == "hybrid" and "link" in self._signals:
            links = link_boosts(notes, state.catalogue)
            found_now = {noted.note_id for noted in notes}
            new = (n for n in links if n not in found_now)
            more = {n for n in new if narrowed is None or n in narrowed}
            reached = self._passages(asked, state, frozenset(more), (), k) if more else []
            return boosted([*notes, *by_note(reached, boosts)], links)
        return notes

    def rank(
        self, wanted: RetrievalRequest, state: Snapshot, narrowed: frozenset[int] | None
    ) -> list[ScoredPassage]:
        """All candidate passages, best first, by their own text alone.

        Every passage of a few notes (ids in ``narrowed``) is a candidate, and its score is
        that of the open search, whatever it is narrowed to.
        """
        return self._passages(wanted, state, narrowed, (), 0)

    def asked(self, query: Query, state: Snapshot, mode: Mode = "hybrid") -> RetrievalRequest:
        """What both sides look for: the question's clauses and its vector."""
        wanted = Keywords((), 0.0)
        if mode != "semantic" and "keyword" in self._signals:
            wanted = keywords(query.text, state.lexical, self._translator(query, state))
        vector = None
        if mode != "keyword" and "semantic" in self._signals and query.text:
            vector = self._vector(query.text, state)
        return RetrievalRequest(wanted, vector, as_filters(query.conditions, query.filters))

    def _vector(self, text: str, state: Snapshot) -> Vector | None:
        """The question's vector, where the passages' are of the same model."""
        if not state.engine.model or state.engine.model != self.index.encoder().fingerprint:
            return None
        return self.index.question_vector(text)

    def _translator(self, query: Query, state: Snapshot) -> Translator | None:
        if "translation" not in self._signals:
            return None
        return Translator(state.glossary, self.index.dictionary(), state.lexical)

    def _passages(
        self,
        asked: RetrievalRequest,
        state: Snapshot,
        narrowed: frozenset[int] | None,
        names: Sequence[Mention],
        k: int,
    ) -> list[ScoredPassage]:
        store = self.index.store
        filed_there = {
            note
            for name in names
            if name.drawer.kind == "property" and len(name.notes) <= _FEW_FILED
            for note in name.notes
            if narrowed is None or note in narrowed
        }
        also = filed_there if "property" in self._signals else ()
        found = state.engine.candidates(asked, narrowed, also, k)
        lists = by_signal(asked, found)
        fused = convex(lists)
        known = state.catalogue.notes  # what has been written since waits for the next snapshot
        notes = {p: n for p, n in store.notes_of(list(fused)).items() if n in known}
        return [
            ScoredPassage(
                passage,
                notes[passage],
                fused[passage],
                {name: scores.get(passage, 0.0) for name, scores in lists.items()},
            )
            # Among equals ids would tell what the index went through; paths do not.
            for passage in sorted(notes, key=lambda p: (-fused[p], known[notes[p]].path, p))
        ]
