"""Finds names with a version number in titles and questions: GPT-5.1-Codex, 流明 2.1."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.text.numerals import chinese_number
from index.text.terms import fold
from search.query.stopwords import ENGLISH

Version = tuple[int, ...]

_TOKEN = re.compile(
    r"(?P<word>[A-Za-z][A-Za-z+#]*)|(?P<number>\d+(?:\.\d+)*)(?![A-Za-z0-9.]*[A-Za-z])"
)
_JOINT = re.compile(r"[ \-_/‐‑]?")
_BEFORE, _AFTER = 3, 2
"""Words of a name before its number and behind it, as in Claude Opus 4 and GPT-5.1-Codex-Max."""
_LONGEST_NUMBER = 3
_YEARS = range(1900, 2100)
_COUNTED = re.compile(r"\s?[万亿千百个年月日天款条倍种篇次部分位家步岁元块小点%％]")
"""What follows a number that counts something: it is no version."""
_CHINESE = re.compile(r"([\u4e00-\u9fff]{2,6}) ?[vV]?(\d+(?:\.\d+)+)")
_GENERATION = re.compile(r"(?:第)?([一二三四五六七八九十两])代|[vV]?(\d{1,3}(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Versioned:
    """A name with its version, and the words (folded) that are left without it."""

    name: str
    family: frozenset[str]
    version: Version


def versioned(text: str, belongs: Callable[[str], bool] | None = None) -> Iterator[Versioned]:
    """The names with a version in a text, in order.

    ``belongs`` tells whether a word is part of a name; else words beside the number are, and
    those further away that have a capital.
    """
    tokens = list(_TOKEN.finditer(text))
    for place, token in enumerate(tokens):
        number = token["number"]
        if number and (version := _version(number)) and not _COUNTED.match(text, token.end()):
            first, last = _ends(text, tokens, place, belongs or _is_name)
            name = text[tokens[first].start() : tokens[last].end()]
            family = _words(tokens[first : last + 1])
            if not family and belongs is None and 0 < first < place:  # Suno 正式上线 V3
                family = _words(tokens[first - 1 : first])
                name = f"{tokens[first - 1][0]} {name}"
            if any(len(word) > 1 for word in family):
                yield Versioned(name, family, version)


def chinese(text: str) -> Iterator[tuple[str, Version]]:
    """Chinese before a version with a point, as long as it goes, and the version."""
    for run, number in _CHINESE.findall(text):
        yield run, _version(number)


def numbers(text: str) -> list[Version]:
    """All that may be a version in a question: 3.5, V6, 二代."""
    found = []
    for numeral, number in _GENERATION.findall(text):
        found.append((chinese_number(numeral),) if numeral else _version(number))
    return [version for version in found if version]


def _words(tokens: list[re.Match[str]]) -> frozenset[str]:
    return frozenset(fold(each[0]) for each in tokens if each["word"]) - {"v"}


def _version(number: str) -> Version:
    parts = tuple(int(part) for part in number.split(".") if len(part) <= len("2026"))
    if not parts or parts[0] in _YEARS or len(number.split(".")[0]) > _LONGEST_NUMBER:
        return ()
    while len(parts) > 1 and parts[-1] == 0:
        parts = parts[:-1]
    return parts


def _ends(
    text: str, tokens: list[re.Match[str]], place: int, belongs: Callable[[str], bool]
) -> tuple[int, int]:
    """The first and the last token of the name around the number at ``place``."""
    first = place
    while first > 0 and place - first < _BEFORE:
        word, joint = tokens[first - 1], text[tokens[first - 1].end() : tokens[first].start()]
        beside = first == place or joint != " "
        if not word["word"] or not _JOINT.fullmatch(joint) or fold(word[0]) in ENGLISH:
            break
        if not (beside or belongs(word[0])):
            break
        first -= 1
    last = place
    while last + 1 < len(tokens) and last - place < _AFTER:
        word, joint = tokens[last + 1], text[tokens[last].end() : tokens[last + 1].start()]
        if not word["word"] or not joint or not _JOINT.fullmatch(joint) or fold(word[0]) in ENGLISH:
            break
        if joint == " " and not belongs(word[0]):
            break
        last += 1
    return first, last


def _is_name(word: str) -> bool:
    return any(c.isupper() for c in word)
