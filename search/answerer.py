"""A question → an answer made of exact quotes, or the word that the notes do not say."""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from index.settings import Settings
from search.answer import rows as row
from search.answer.choose import choose
from search.answer.compose import Citations, listed
from search.answer.evidence import Candidate, Weighed, weigh, worth
from search.answer.fresh import confirmed
from search.answer.question import Question, understand
from search.answer.rows import Found
from search.answer.things import Names, Thing, without_names
from search.answer.units import units
from search.answer.words import nothing, say
from search.language import Language
from search.query import Query, parse
from search.result import Answer, Filters, Row
from search.searcher import Searcher
from search.snapshot import Snapshot

_NOTES = 4
"""Notes that a plain answer may quote."""
_ROW_NOTES = 6
_NEAR = 3
_PASSAGES, _PASSAGES_OF_MORE = 25, 10
"""Passages that are taken apart, of each of the nearest notes and of each further one."""
_ROOM = 560
"""Characters of quotes in a plain answer."""
_FOCUS = 2.0
"""Within one thing's notes the aspect's words count this much more: all of it is about the
thing, little of it about the aspect."""
_LEAST = 0.35
"""Share of the best score below which a unit is not quoted."""
_MOST_UNITS = 20


class Answerer:
    """Answers questions from the notes; safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._names: tuple[int, Names] | None = None

    def ask(
        self, question: str, filters: Filters | None = None, context: str | None = None
    ) -> Answer:
        """Answer from the newest state of the index.

        ``context`` is the question before this one, for a follow-up that leaves things out.

        Raises:
            BadRequest: the question's operators cannot be understood.
            NotReady: nothing is indexed yet.
        """
        started = time.perf_counter()
        query = parse(f"{context} {question}" if context else question, filters)
        state = self._searcher.index.snapshot()
        asked = understand(query.text)
        answer = _Asking(self._searcher, state, query, asked, self._known(state)).answer()
        answer = self._checked(answer)
        took = round((time.perf_counter() - started) * 1000, 1)
        return replace(answer, question=question, took_ms=took)

    def _known(self, state: Snapshot) -> Names:
        known = self._names
        if known is None or known[0] != state.catalogue.generation:
            known = self._names = (state.catalogue.generation, Names(state.catalogue))
        return known[1]

    def _checked(self, answer: Answer) -> Answer:
        """The answer with every quote as its note stands now, less what is gone."""
        settings: Settings = self._searcher.index.settings
        kept = {c.id: confirmed(settings, c) for c in answer.citations}
        gone = {number for number, citation in kept.items() if citation is None}
        sound = tuple(citation for citation in kept.values() if citation is not None)
        if not gone:
            return replace(answer, citations=sound)
        if not sound:
            return _none(answer.question, answer.lang, "stale", answer.nearest)
        return replace(
            answer,
            answer=_without(answer.answer, gone),
            rows=tuple(
                replace(r, text=_without(r.text, gone), citations=tuple(set(r.citations) - gone))
                for r in answer.rows
            ),
            citations=sound,
        )


class _Asking:
    """One question being answered."""

    def __init__(
        self, searcher: Searcher, state: Snapshot, query: Query, asked: Question, names: Names
    ) -> None:
        self._searcher = searcher
        self._state = state
        self._query = query
        self._asked = asked
        self._names = names
        self._notes = state.catalogue.notes
        self._citations = Citations(self._notes)

    def answer(self) -> Answer:
        ranked = self._ranked(_ROW_NOTES if self._in_rows else _NOTES)
        if not ranked:
            reason = "nothing" if self._query.filters == Filters() else "filtered"
            return _none(self._query.text, self._asked.lang, reason, ())
        if self._in_rows:
            return self._table(ranked)
        return self._plain(ranked)

    @property
    def _in_rows(self) -> bool:
        return self._asked.kind in ("compare", "timeline", "list")

    def _plain(self, ranked: dict[int, float]) -> Answer:
        weighed = self._weighed(ranked)
        chosen = choose(weighed, _ROOM, least=_LEAST)
        text = listed([each.unit for each in chosen], self._citations)
        return self._made(text, (), weighed, ranked)

    def _table(self, ranked: dict[int, float]) -> Answer:
        things = self._things(ranked)
        found = [self._about(thing, things) for thing in things] or self._by_note(ranked)
        if self._asked.kind != "list":
            found = row.ordered(found, self._notes)
        made = row.rows(found, self._notes, self._citations, self._asked.lang)
        best = [each.weighed[0] for each in found if each.weighed]
        intro = say(self._asked.lang, "things", count=len(made))
        return self._made(intro, made, best, ranked)

    def _by_note(self, ranked: dict[int, float]) -> list[Found]:
        """The best units of all notes together, a row for each note that they come from."""
        weighed = self._weighed(ranked)
        chosen = choose(weighed, row.ROOM, least=_LEAST, most=_MOST_UNITS)
        by_note: dict[int, list[Weighed]] = {}
        for each in chosen:
            by_note.setdefault(each.unit.note_id, []).append(each)
        return [
            Found(Thing(self._notes[note].title, frozenset((note,))), tuple(units), settled=True)
            for note, units in by_note.items()
        ]

    def _things(self, ranked: Collection[int]) -> list[Thing]:
        if self._asked.kind == "list":
            return []
        versions = self._names.versions(self._query.text)
        if versions:
            return versions
        named = [
            thing
            for thing in self._names.named(self._query.text)
            if not thing.notes.isdisjoint(ranked)
        ]
        return named if len(named) > 1 else []

    def _about(self, thing: Thing, things: Sequence[Thing]) -> Found:
        """What a thing's own notes say of the aspect: the question less the things' names."""
        aspect = without_names(self._query.text, things)
        notes = dict.fromkeys(sorted(thing.notes), 1.0)
        return Found(thing, self._weighed(notes, aspect, focus=_FOCUS))

    def _ranked(self, k: int) -> dict[int, float]:
        found = self._searcher.search(
            self._query.text, k=k, group="note", filters=self._query.filters
        )
        by_path = self._state.catalogue.by_path
        best = max((hit.score for hit in found.results), default=1.0) or 1.0
        return {by_path[hit.path]: hit.score / best for hit in found.results if hit.path in by_path}

    def _weighed(
        self, notes: Mapping[int, float], text: str = "", focus: float = 1.0
    ) -> list[Weighed]:
        """The units of some notes, given with their scores, best first."""
        query = replace(self._query, text=text or self._query.text)
        wanted = self._searcher.asked(query, self._state)
        words = worth(wanted.keywords.clauses, self._state.lexical)
        encode = self._searcher.index.passage_vectors
        candidates = self._candidates(query, notes)
        return weigh(self._asked, words, wanted.vector, candidates, encode, focus)

    def _candidates(self, query: Query, notes: Mapping[int, float]) -> list[Candidate]:
        scored = self._searcher.rank(query, self._state, "hybrid", frozenset(notes))
        stored = self._searcher.index.store.passages([each.passage_id for each in scored])
        ranks = {note: rank for rank, note in enumerate(notes)}
        taken: Counter[int] = Counter()
        found: list[Candidate] = []
        for each in scored:
            passage = stored.get(each.passage_id)
            if passage is None or passage.note_id not in ranks:
                continue
            note, rank = self._notes[passage.note_id], ranks[passage.note_id]
            taken[note.id] += 1
            if taken[note.id] <= (_PASSAGES if rank < _NEAR else _PASSAGES_OF_MORE):
                found += [
                    Candidate(unit, note.title, each.score, rank, notes[note.id])
                    for unit in units(note, [passage])
                ]
        return found

    def _made(
        self,
        text: str,
        made: tuple[Row, ...],
        weighed: Sequence[Weighed],
        ranked: Iterable[int],
    ) -> Answer:
        return Answer(
            question=self._query.text,
            lang=self._asked.lang,
            kind=self._asked.kind,
            answerable=True,
            confidence=0.5,
            answer=text,
            rows=made,
            citations=tuple(self._citations.given),
            nearest=tuple((self._notes[n].path, self._notes[n].title) for n in list(ranked)[:3]),
        )


def _none(
    question: str, lang: Language, reason: str, nearest: tuple[tuple[str, str], ...]
) -> Answer:
    return Answer(
        question, lang, "none", False, 0.0, nothing(lang, reason, nearest), nearest=nearest
    )


def _without(text: str, gone: set[int]) -> str:
    """The text less the lines that a quote now gone stood on."""
    marks = [f"[{number}]" for number in gone]
    return "\n".join(line for line in text.split("\n") if not any(m in line for m in marks))
