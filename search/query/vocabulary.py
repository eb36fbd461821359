"""Defines what is asked about the words that the notes use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from index.lexical.keyword_index import Ranked


class Vocabulary(Protocol):
    """Which words the notes use, and how often."""

    @property
    def passages(self) -> int:
        """How many passages are indexed."""

    def frequency(self, term: str) -> int:
        """In how many passages a term stands."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """The same of several terms at once."""

    def idf(self, frequency: int) -> float:
        """BM25's inverse document frequency of what stands in so many passages."""

    def passages_with_all(self, terms: Sequence[str]) -> list[int]:
        """Ids of the passages in which all the terms stand."""

    def notes_containing(self, text: str, k: int) -> Ranked:
        """Up to ``k`` notes in which the letters and digits of ``text`` stand in a row."""
