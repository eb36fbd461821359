"""Marks in a passage what matches the question."""

import re
from collections.abc import Iterable

from index.words import fold_with_offsets
from search.keywords import Keywords

_RUN = re.compile(rb"\x00+|\x01+")
Segments = tuple[tuple[str, bool], ...]


def marked(keywords: Keywords) -> list[str]:
    """What to mark: the question's own words, and what they are translated by.

    A single Chinese character among several translations marks too much to say anything.
    """
    own = list(keywords.worth)
    others = (term for clause in keywords.clauses for terms, _ in clause for term in terms.split())
    return list(dict.fromkeys([*own, *(term for term in others if len(term) > 1)]))


def segments(text: str, words: Iterable[str]) -> Segments:
    """The text cut into pieces in order; True where a piece is one of the folded ``words``.

    A Latin word counts only as a whole word, a Chinese one wherever it stands.
    """
    folded, offsets = fold_with_offsets(text)
    marked = bytearray(len(text))
    for word in set(words):
        at = folded.find(word)
        while word and at >= 0:
            end = at + len(word)
            if not word.isascii() or _whole(folded, at, end):
                for place in range(offsets[at], offsets[end - 1] + 1):
                    marked[place] = 1
            at = folded.find(word, end)
    return _runs(text, marked)


def _whole(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    plural = folded[end : end + 2] in ("s", "s ") or after == "s"
    return not _latin(before) and (not _latin(after) or plural)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _runs(text: str, marked: bytearray) -> Segments:
    runs = _RUN.finditer(marked)
    return tuple((text[run.start() : run.end()], bool(marked[run.start()])) for run in runs)
