"""Finds for one question the notes, their units, and what speaks for an answer."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from index.model.passage_reader import PassageReader
from index.store.records import StoredPassage
from index.text.terms import terms
from search.answer.evidence.answerability import Signs
from search.answer.evidence.features import Source, signs
from search.answer.evidence.note_texts import NoteTexts
from search.answer.evidence.requests import Requests
from search.answer.evidence.scoring import Candidate, Room, Weighed, read, sifted, towards
from search.answer.evidence.spans import Unit, units
from search.answer.evidence.term_weights import Words, tells
from search.answer.question.intent import Question, names, voice
from search.answer.question.subquestions import Facet
from search.answer.siblings.scope import Scope
from search.query.query_syntax import Query
from search.ranking.filters import matching_notes
from search.ranking.near_duplicates import SPARE, demote_near_duplicates
from search.ranking.reading import (
    FIRST,
    Ranked,
    ReadPassage,
    by_reading,
    gained,
    read_again,
    read_nearest,
)
from search.searcher import Searcher
from search.snapshot import Snapshot

_NEAR = 3
_READ_NOTES = 50
_PASSAGES, _PASSAGES_OF_MORE = 25, 10
"""Passages that are taken apart, of each of the nearest notes and of each further one."""
_READ_CHARACTERS = 40_000
"""How much of a note is looked through for the question's words."""
_READ, _READ_OF_PART, _READ_IN_ROWS = Room(1150, 1150), Room(450, 450), Room(2500, 800)
"""Characters whose meaning is compared with the question, and with each part of it: about what
the encoder reads in a tenth of a second; and where every note is to have a row."""
_READ_TOGETHER, _READ_AT_LEAST = 1600, 300
"""The same for all the things of a table, and for each of them."""
_READ_AGAIN = 6
"""Passages that are read for each part of a question; all of them answer no more."""
_ALL = Room(_READ_CHARACTERS, _READ_CHARACTERS)


class Gatherer:
    """The search side of one question: everything is asked of one state of the index."""

    def __init__(self, searcher: Searcher, state: Snapshot, query: Query, asked: Question) -> None:
        self._searcher = searcher
        self.state = state
        self.query = query
        self.asked = asked
        self.notes = state.catalogue.notes
        self.top = 0.0
        """Score of the best note, on the scale of the search."""
        self.scores: Mapping[int, float] = {}
        """Scores of the best notes over the best one's."""
        self.read: Mapping[int, ReadPassage] = {}
        """The passages that were read against the question, by id, the nearest first."""
        self.scope = Scope()
        """What of the notes may speak of what is asked."""
        self._units: dict[int, Sequence[Unit]] = {}
        self._requests = Requests(searcher, state, query)
        self.texts = NoteTexts(searcher.index)

    def ranked(self, k: int, *, reading: bool = True) -> dict[int, float]:
        """The ``k`` best notes, best first, with their scores over the best one's.

        With ``reading`` their nearest passages are read, which takes longer than all the rest.
        """
        found, store = self._found, self._searcher.index.store
        if reading and self.reader and self.query.text:
            found = by_reading(self.reader, self.query.text, found, self.state.catalogue, store)
        self.read = found.read
        near = found.notes[: k + SPARE]
        shown = [(noted.shown(noted.passages[0]), noted.score) for noted in near]
        first = demote_near_duplicates(shown, store)[:k]
        best = {scored.note_id for scored, _ in first}
        top = max((score for _, score in first), default=0.0)
        # How near the notes come is judged on the scale that all questions share.
        plain = (noted.score - gained(noted) for noted in near if noted.note_id in best)
        self.top = max(plain, default=0.0)
        self.scores = {n.note_id: n.score / (top or 1.0) for n in found.notes[:_READ_NOTES]}
        return {scored.note_id: score / (top or 1.0) for scored, score in first}

    @cached_property
    def _found(self) -> Ranked:
        wanted = self._requests.of()
        return self._searcher.ranked(self.query, self.state, reading=False, wanted=wanted)

    @cached_property
    def reader(self) -> PassageReader | None:
        """The reader of passages, where there is one."""
        return self._searcher.reader(self.state)

    @cached_property
    def within(self) -> frozenset[int] | None:
        """Ids of the notes that the question's operators leave; None when all are."""
        return matching_notes(self.query, self.state, self._searcher.index.store)

    def words(self, text: str = "") -> Words:
        """What the question, or another text, looks for, by worth."""
        return self._requests.words(text)

    def weighed(
        self, notes: Mapping[int, float], parts: Sequence[Facet] = (), *, titled: bool = True
    ) -> list[list[Weighed]]:
        """The units of some notes, best first: for the question, then for each part of it.

        ``notes`` are given with their scores; ``titled`` units are read with the title of
        their note, which tells the notes apart.
        """
        candidates = self._candidates("", notes)
        known = frozenset[str]() if self.asked.kind == "opinion" else names(self.asked)
        words, question = self.words(), self._requests.of().vector
        room = _READ if titled else _READ_IN_ROWS
        kept, vectors = [sifted(self.asked, words, candidates, 1.0, room, known)], [question]
        linked = self._linked(notes) if any(part.follows for part in parts) else frozenset()
        for part in parts:
            words, vector = self.words(part.text), self._requests.of(part.text).vector
            alike = linked if part.follows else frozenset[int]()
            own = [replace(c, note_score=1.0) if c.unit.note_id in alike else c for c in candidates]
            kept.append(sifted(self.asked, words, own, 1.0, _READ_OF_PART, known))
            vectors.append(towards(vector, question))
        return read(kept, vectors, self._searcher.index.passage_vectors, titled=titled)

    def _linked(self, notes: Mapping[int, float]) -> frozenset[int]:
        """Those of the notes that are linked with the best of them, one way or the other."""
        best = next(iter(notes))
        catalogue = self.state.catalogue
        links = (*catalogue.links_out.get(best, ()), *catalogue.links_in.get(best, ()))
        return frozenset(note for note, _ in links if note in notes)

    def by_words(self, notes: Mapping[int, float]) -> list[Unit]:
        """The units of some notes that hold the question's words, best first, unread."""
        kept = sifted(self.asked, self.words(), self._candidates("", notes), 1.0, _ALL)
        return [weighed.unit for weighed, _ in kept]

    def about(self, text: str, notes: frozenset[int]) -> dict[int, float]:
        """How well each of the notes that speak of it speaks of ``text``, by its words."""
        wanted = self._requests.of_words(text)
        found: dict[int, float] = {}
        for each in self._searcher.rank(wanted, self.state, notes):
            found[each.note_id] = max(found.get(each.note_id, 0.0), each.score)
        return found

    def weighed_each(
        self, groups: Sequence[frozenset[int]], text: str, focus: float
    ) -> list[list[Weighed]]:
        """The units of each group of notes, best first; all notes count the same."""
        words, vector = self.words(text), self._requests.of(text).vector
        notes = dict.fromkeys(sorted(frozenset().union(*groups)), 1.0)
        candidates = self._candidates(text, notes)
        room = max(_READ_TOGETHER // max(len(groups), 1), _READ_AT_LEAST)
        kept = [
            sifted(
                self.asked,
                words,
                [each for each in candidates if each.unit.note_id in group],
                focus,
                Room(room, room),
            )
            for group in groups
        ]
        return read(kept, [vector] * len(kept), self._searcher.index.passage_vectors)

    def signs(
        self, ranked: Mapping[int, float], weighed: Sequence[Weighed], things: Sequence[str]
    ) -> Signs:
        """What speaks for an answer from these notes and units, both best first.

        ``things`` are the names of what is asked about.
        """
        sources = [
            Source(note, self.notes[note].title, self.visible(note))
            for note in list(ranked)[:_NEAR]
        ]
        words, count = self.words(), len(self.notes)
        return signs(self.asked, words, things, self.top, weighed, sources, count)

    def read_part(self, part: str) -> dict[int, ReadPassage]:
        """The passages that answer the question best, read against a part of it."""
        logits = sorted((each.logit for each in self.read.values()), reverse=True)[:_READ_AGAIN]
        best = [each for each in self.read.values() if each.logit >= logits[-1]]
        return read_again(self.reader, part, best, self.state.catalogue) if self.reader else {}

    def read_also(self, notes: Collection[int]) -> None:
        """Read the best passages of further notes, too."""
        if self.reader:
            ranked = (each for each in self._found.notes if each.note_id in notes)
            more = [replace(each, passages=each.passages[:FIRST]) for each in ranked]
            state, store = self.state, self._searcher.index.store
            found = read_nearest(self.reader, self.query.text, more, state.catalogue, store)
            self.read = {**self.read, **found}

    def visible(self, note: int) -> str:
        """A note's text as far as its words are looked at and may speak of what is asked."""
        return self.scope.visible(note, self.texts.whole(note)[:_READ_CHARACTERS])

    def _candidates(self, text: str, notes: Mapping[int, float]) -> list[Candidate]:
        """The units of these notes; of their properties those that may tell."""
        words = self.words(text)
        allowed = frozenset(notes) if self.within is None else self.within.intersection(notes)
        scored = self._searcher.rank(self._requests.of(text), self.state, allowed)
        stored = self._searcher.index.store.passages([each.passage_id for each in scored])
        ranks = {note: rank for rank, note in enumerate(notes)}
        taken: Counter[int] = Counter()
        voices: dict[int, frozenset[str]] = {}
        found: list[Candidate] = []
        for each in scored:
            passage = stored.get(each.passage_id)
            if passage is None or passage.note_id not in ranks:
                continue
            note, rank = self.notes[passage.note_id], ranks[passage.note_id]
            if note.id not in voices:
                voices[note.id] = voice(self.asked, note)
            taken[note.id] += 1
            if taken[note.id] <= (_PASSAGES if rank < _NEAR else _PASSAGES_OF_MORE):
                found += [
                    Candidate(
                        unit, note.title, each.score, rank, notes[note.id],
                        frozenset(terms(unit.stated)), voices[note.id],
                    )
                    for unit in self.units(passage)
                    if not unit.is_property or tells(unit.text, words)
                ]  # fmt: skip
        return found

    def units(self, passage: StoredPassage) -> list[Unit]:
        """The pieces of a passage that may speak of what is asked."""
        known = self._units.get(passage.id)
        if known is None:
            found = units(self.notes[passage.note_id], [passage])
            known = self._units[passage.id] = tuple(found)
        return [each for each in known if self.scope.leaves(each.note_id, each.start, each.end)]
