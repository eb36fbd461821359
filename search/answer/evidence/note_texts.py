"""Gives the texts of notes to one question, and of long ones as much as it has time for."""

from functools import lru_cache

from index.store.records import StoredPassage
from search import deadline
from search.snapshot import OpenIndex

_BEGINNING = 200_000
"""Characters of a note in which records, rows, lists and sentences are looked for: some hundred
pages. Passages are found wherever they stand."""
_KEPT = 16
"""Texts at hand: a question looks at the same few notes several times."""


class NoteTexts:
    """Notes' texts as they were indexed, by id."""

    def __init__(self, index: OpenIndex) -> None:
        self._index = index
        self._read = lru_cache(_KEPT)(lambda note: index.store.text(note))

    def whole(self, note: int) -> str:
        """All of a note's text.

        Raises:
            TookTooLong: the question has no time left.
        """
        deadline.check()
        return self._read(note)

    def beginning(self, note: int) -> str:
        """As much of a note's text as is looked through, up to the end of a line."""
        text = self.whole(note)
        if len(text) <= _BEGINNING:
            return text
        return text[: text.rfind("\n", 0, _BEGINNING) + 1 or _BEGINNING]

    def passages(self, note: int) -> list[StoredPassage]:
        """The passages of a note's beginning in reading order."""
        every = self._index.store.passages_of([note])
        return [passage for passage in every if passage.end <= _BEGINNING]
