"""Marks in a passage what matches the question."""

import re
from collections.abc import Iterable, Sequence

from index.text.terms import fold_with_offsets
from search.query.keywords import Keywords

_RUN = re.compile(rb"\x00+|\x01+")
Segments = tuple[tuple[str, bool], ...]
Word = tuple[str, ...]
"""A word of the question and what it is translated by."""


def marked(keywords: Keywords) -> list[Word]:
    """What to mark: the question's own words with their translations, and those of its phrases.

    A single Chinese character among several translations marks too much to say anything.
    """
    words: dict[Word, None] = {}
    for clause in keywords.clauses:
        own = clause[0][0] if clause[0][0] in keywords.term_scores else None
        others = [part for terms, _ in clause for part in terms.split() if len(part) > 1]
        if own is None:
            words |= dict.fromkeys((part,) for part in others)
        else:
            words[own, *(part for part in others if part != own)] = None
    return list(words)


def segments(text: str, words: Iterable[Word]) -> Segments:
    """The text cut into pieces in order; True where a piece is one of the folded ``words``.

    A Latin word counts only as a whole word, a Chinese one wherever it stands. A word that
    stands there itself needs no translation, which may be a loose one.
    """
    folded, offsets = fold_with_offsets(text)
    marked = bytearray(len(text))
    for own, *translations in words:
        if not _mark(own, folded, offsets, marked):
            for word in translations:
                _mark(word, folded, offsets, marked)
    return _runs(text, marked)


def _mark(word: str, folded: str, offsets: Sequence[int], marked: bytearray) -> bool:
    """Marks a word wherever it stands; whether it does."""
    found = False
    at = folded.find(word)
    while word and at >= 0:
        end = at + len(word)
        if not word.isascii() or _whole(folded, at, end):
            found = True
            for place in range(offsets[at], offsets[end - 1] + 1):
                marked[place] = 1
        at = folded.find(word, end)
    return found


def _whole(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    plural = folded[end : end + 2] in ("s", "s ") or after == "s"
    return not _latin(before) and (not _latin(after) or plural)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _runs(text: str, marked: bytearray) -> Segments:
    runs = _RUN.finditer(marked)
    return tuple((text[run.start() : run.end()], bool(marked[run.start()])) for run in runs)
