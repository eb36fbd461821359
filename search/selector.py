"""Reads a query's conditions in one state of the index: typed ones, and those of its words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from index.store.records import StoredNote
from search.condition import Understood
from search.conditions import grammar
from search.conditions.days import as_condition, notes_of, only_period, without
from search.conditions.lexicon import Lexicon, lexicon
from search.conditions.matching import counted, nearest
from search.conditions.relations import related
from search.conditions.semantic_parser import Selection, select
from search.query.query_syntax import Query
from search.snapshot import OpenIndex, Snapshot

_OF_TEXT = ("word", "task")
"""Conditions on what stands in notes, not on what they are filed under."""


class Selector:
    """Reads queries; keeps the names of the newest state. Safe to share between threads."""

    def __init__(self, index: OpenIndex) -> None:
        """Nothing is read until a question is asked.

        Args:
            index: Where dictionary and glossary come from.
        """
        self._index = index
        self._known: tuple[Mapping[int, StoredNote], Lexicon] | None = None

    def selection(self, query: Query, state: Snapshot) -> Selection | None:
        """The notes that a question selects by its conditions; None where it asks otherwise.

        They are all that its conditions leave, whatever the filters beside it.
        """
        if query.phrases or any(each.kind in _OF_TEXT for each in query.conditions):
            return None
        known, catalogue = self.lexicon(state), state.catalogue
        if not query.conditions:
            found = related(query.text, known.relations, catalogue, known.chinese)
            if found is not None:
                return Selection("list", *found)
        return select(query.text, known, catalogue, query.conditions)

    def lexicon(self, state: Snapshot) -> Lexicon:
        """The names of a state; read anew only where its notes are others than those before."""
        known = self._known
        if known is None or known[0] is not state.catalogue.notes:
            read = lexicon(state.catalogue, self._index.dictionary(), state.glossary)
            known = self._known = state.catalogue.notes, read
        return known[1]

    def read(self, query: Query, state: Snapshot) -> tuple[Query, Understood, bool]:
        """A search as it is carried out and as shown, and whether its conditions are all of it."""
        selected = self.selection(query, state)
        if selected is not None:
            understood = self.understood(query, selected, state)
            if selected.notes or not query.text:
                return replace(query, conditions=understood.conditions), understood, True
            return query, understood, False  # said to fit nothing; what is near by its words stays
        query = self._in_period(query, state)
        return query, self.understood(query, None, state), False

    def _in_period(self, query: Query, state: Snapshot) -> Query:
        """A question for several notes kept to the period that it names, if any are of it."""
        if not grammar.SEVERAL.search(query.text):
            return query
        period = only_period(query, self._index.settings.today or date.today())
        if period is None:
            return query
        condition = as_condition(period, query.text)
        rest = without(query.text, (period,))
        if not rest or not notes_of(condition.first, condition.last, state.catalogue):
            return query
        return replace(query, text=rest, shown=rest, conditions=(*query.conditions, condition))

    def understood(self, query: Query, selected: Selection | None, state: Snapshot) -> Understood:
        """How a question was read, with how many notes fulfil each condition, and what is
        nearest to one that none does."""
        if selected is None:
            read = Understood(query.shown, counted(query.conditions, state.catalogue))
        else:
            read = replace(selected.understood, is_unmet=not selected.notes)
        conditions = (
            replace(each, nearest=nearest(each, state.catalogue)) if each.matched == 0 else each
            for each in read.conditions
        )
        return replace(read, conditions=tuple(conditions))
