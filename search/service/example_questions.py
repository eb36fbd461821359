"""Offers questions to begin with that were asked before: only those with a good answer."""

from collections.abc import Iterable, Iterator

from index.text.language import Language
from search.answerer import Answerer
from search.catalogue.examples import examples
from search.result import Answer
from search.snapshot import OpenIndex

_OF_A_KIND = 2
_TRIED = 2
"""Times as many questions of each kind are tried as one would offer untried."""
_SURE = 0.6
_SHORT = 700
"""Characters of an answer that reads at a glance."""
_FEWEST_ROWS = {"list": 3, "compare": 2, "timeline": 2}


class ExampleQuestions:
    """Remembers what it offered for as long as the index stays the same."""

    def __init__(self, answerer: Answerer, index: OpenIndex) -> None:
        self._answerer = answerer
        self._index = index
        self._kept: dict[Language | None, tuple[tuple[int, float], tuple[str, ...]]] = {}

    def offered(self, lang: Language | None) -> tuple[str, ...]:
        """Questions in a language as far as the notes allow, else in that of the notes.

        Raises:
            NotReady: nothing is indexed yet.
        """
        state = self._index.snapshot()
        key = state.catalogue.generation, state.embedded
        kept = self._kept.get(lang)
        if kept is None or kept[0] != key:
            good = tuple(self._good(examples(state.catalogue, lang, _TRIED)))
            if not good and lang is not None:
                return self.offered(None)
            kept = self._kept[lang] = key, good
        return kept[1]

    def _good(self, questions: Iterable[str]) -> Iterator[str]:
        """Those with a good answer, not too many of one kind."""
        left: dict[str, int] = {}
        for question in questions:
            answer = self._answerer.ask(question)
            if is_good(answer) and left.setdefault(answer.kind, _OF_A_KIND) > 0:
                left[answer.kind] -= 1
                yield question


def is_good(answer: Answer) -> bool:
    """Whether an answer shows what the notes can do: rows that differ, or something short."""
    if not answer.answerable or answer.confidence < _SURE:
        return False
    fewest = _FEWEST_ROWS.get(answer.kind, 0)
    if answer.rows or fewest:
        return len({row.text for row in answer.rows}) >= max(fewest, 2)
    return len(answer.answer) <= _SHORT
