"""Answers a question with exact quotes, or says that the notes do not tell."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.text.terms import letters
from search.answer.agenda.period_filter import asks_for_days, kept_to_period
from search.answer.agenda.task_answers import task_answer, with_task_state
from search.answer.build import answer as shaped
from search.answer.citations import Citations
from search.answer.context import Inquiry
from search.answer.evidence.finder import Gatherer
from search.answer.question.entities import Names
from search.answer.question.follow_up import standing_alone
from search.answer.question.intent import asks_entries, understand
from search.answer.selected_notes import by_conditions
from search.answer.table_rows import with_properties
from search.answer.unmet_conditions import unmet
from search.answer.verification import checked, partial
from search.conditions.semantic_parser import Selection
from search.query.query_syntax import Query, parse
from search.result import Answer, Filters
from search.searcher import Searcher
from search.snapshot import Snapshot


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
        state = self._searcher.index.snapshot()
        known = self._known(state)
        whole = standing_alone(question, context, known, self._alike) if context else question
        query = parse(whole, filters)
        index = self._searcher.index
        today = index.settings.today or date.today()
        answer, read, selected = self._answered(query, state, today)
        answer = checked(index.settings, answer, index.text_now)
        answer = partial(with_properties(answer, state.catalogue), state.embedded)
        understood = self._searcher.selector.understood(read, selected, state).as_json()
        took = round((time.perf_counter() - started) * 1000, 1)
        return replace(answer, question=question, took_ms=took, understood=understood)

    def _answered(
        self, query: Query, state: Snapshot, today: date
    ) -> tuple[Answer, Query, Selection | None]:
        """The answer, the query as it was read, and what it selects where that is the answer."""
        told = task_answer(self._inquiry(query, state, today))
        if told is not None:
            return told, with_task_state(query, today), None
        selector = self._searcher.selector
        selected = None if asks_for_days(query) else selector.selection(query, state)
        if selected is not None:
            told = self._selected(query, selected, state, today)
            if told is not None:
                return told, query, selected
        return *self._found(query, state, today), None

    def _selected(
        self, query: Query, selected: Selection, state: Snapshot, today: date
    ) -> Answer | None:
        """The notes that a question selects, as far as filters allow; None where those bar all."""
        if not selected.notes:
            return unmet(self._inquiry(query, state, today), selected.understood.conditions)
        allowed = state.catalogue.within(query.filters)
        notes = selected.notes if allowed is None else selected.notes & allowed
        if not notes:
            return None
        return by_conditions(self._inquiry(query, state, today), replace(selected, notes=notes))

    def _found(self, query: Query, state: Snapshot, today: date) -> tuple[Answer, Query]:
        """The answer that notes' text gives, and the query as it was asked of them."""
        query = _with_phrases_held(query, state)
        timed = kept_to_period(query, today)
        narrowed = timed.query if timed else _of_concepts(query, state.catalogue.tag_folder)
        answer = shaped(self._inquiry(narrowed or query, state, today))
        if narrowed is not None and not answer.answerable and not (timed and timed.is_final):
            other = shaped(self._inquiry(query, state, today))
            if not timed or other.answerable:
                return other, query
        return answer, narrowed or query

    def _inquiry(self, query: Query, state: Snapshot, today: date) -> Inquiry:
        gatherer = Gatherer(self._searcher, state, query, understand(query.text))
        lexicon = self._searcher.selector.lexicon(state)
        return Inquiry(gatherer, self._known(state), Citations(gatherer.notes), today, lexicon)

    def _alike(self, text: str, others: Sequence[str]) -> Sequence[float]:
        vectors = self._searcher.index.passage_vectors([text, *others])
        return [float(each @ vectors[0]) for each in vectors[1:]]

    def _known(self, state: Snapshot) -> Names:
        known = self._names
        if known is None or known[0] != state.catalogue.generation:
            known = self._names = (state.catalogue.generation, Names(state.catalogue))
        return known[1]


def _with_phrases_held(query: Query, state: Snapshot) -> Query:
    """The query without those phrases that no note holds, if it asks more than them: people
    also put into quotes what is called otherwise in their notes."""
    if letters(query.text) == letters("".join(query.phrases)):
        return query
    held = (each for each in query.phrases if state.lexical.notes_containing(each, 1))
    return replace(query, phrases=tuple(held))


def _of_concepts(query: Query, folder: str | None) -> Query | None:
    """A question about the vault's own entries on concepts kept to their folder, else None."""
    given = query.filters
    filed = any(each.kind == "folder" for each in query.conditions)
    if not folder or filed or given.folders or not asks_entries(query.text):
        return None
    return replace(query, filters=replace(given, folders=(folder,)))
