"""Keeps what one question and its parts look for: each is worked out once."""

from dataclasses import dataclass, field, replace

from search.answer.evidence.term_weights import Words, worth
from search.query.query_syntax import Query
from search.searcher import Searcher
from search.snapshot import Snapshot
from search.store.interface import RetrievalRequest


@dataclass(frozen=True, slots=True)
class Requests:
    """What is looked for with the texts of one question, in one state of the index.

    A text is the question itself, which is the empty one, or another that is asked with the
    question's conditions.
    """

    searcher: Searcher
    state: Snapshot
    query: Query
    _whole: dict[str, RetrievalRequest] = field(default_factory=dict)
    _words: dict[str, Words] = field(default_factory=dict)

    def of(self, text: str = "") -> RetrievalRequest:
        """The words and the vector of a text."""
        known = self._whole.get(text)
        if known is None:
            known = self._whole[text] = self.searcher.asked(self._asked(text), self.state)
        return known

    def of_words(self, text: str) -> RetrievalRequest:
        """The words alone: to make a vector takes longer than all the rest."""
        known = self._whole.get(text)
        if known is not None:
            return replace(known, vector=None)
        return self.searcher.asked(self._asked(text), self.state, "keyword")

    def words(self, text: str = "") -> Words:
        """The words by what they are worth."""
        known = self._words.get(text)
        if known is None:
            clauses = self.of_words(text).keywords.clauses
            known = self._words[text] = worth(clauses, self.state.lexical)
        return known

    def _asked(self, text: str) -> Query:
        return replace(self.query, text=text) if text else self.query
