"""Reads the user's own words from files of jieba's format: word, frequency and part of speech."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from index.text.segmentation import UserWord
from index.text.terms import fold

_LINE = re.compile(r"(?P<word>\S+)(?:[ \t]+(?P<frequency>\d{1,9}))?(?:[ \t]+(?P<tag>[A-Za-z]+))?")


def load_words(files: Iterable[Path]) -> tuple[UserWord, ...]:
    """The words of these files, folded and sorted; a file that is missing has none.

    Of a word that stands in several files the last one counts. Lines of another form are
    passed over.
    """
    found: dict[str, UserWord] = {}
    for file in files:
        with suppress(OSError):
            found |= {one.word: one for one in _read(file.read_text("utf-8-sig", "replace"))}
    return tuple(sorted(found.values()))


def mentioning(words: Iterable[UserWord]) -> "re.Pattern[str]":
    """What finds any of these words in a folded text."""
    return re.compile("|".join(map(re.escape, sorted({one.word for one in words}))))


def _read(text: str) -> Iterator[UserWord]:
    for line in text.splitlines():
        if match := _LINE.fullmatch(line.strip()):
            yield UserWord(fold(match["word"]), int(match["frequency"] or 0), match["tag"] or "")
