"""Cuts Chinese text into words, by jieba's dictionary and the user's own.

rjieba is jieba in Rust, with the same dictionary, and cuts the same; where there is none for
a machine, jieba itself cuts. A process cuts by one user dictionary, as jieba does.
"""

import logging
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, order=True)
class UserWord:
    """A word of a user dictionary."""

    word: str
    frequency: int = 0
    """How common it is, which decides where two words overlap; 0 is just enough to be cut."""
    tag: str = ""
    """Part of speech, as jieba's format has it; not used here."""


class _Cutter(Protocol):
    def cut(self, text: str) -> Iterable[str]: ...
    def cut_for_search(self, text: str) -> Iterable[str]: ...


_words: tuple[UserWord, ...] = ()


def use(words: Iterable[UserWord]) -> None:
    """Cut by these words too from here on, in the whole process."""
    global _words
    _words = tuple(words)


def cut(text: str) -> list[str]:
    """The words of a text, each character in one."""
    return list(_cutter(_words).cut(text))


def cut_for_search(text: str) -> list[str]:
    """The words of a text, short ones inside long ones before these."""
    return list(_cutter(_words).cut_for_search(text))


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text with their parts of speech: ``nr`` for a person, ``v`` for a verb."""
    try:
        from rjieba import tag
    except ImportError:
        import jieba.posseg  # type: ignore[import-untyped]

        return [(word, kind) for word, kind in jieba.posseg.cut(text)]
    return list(tag(text))


@cache
def _cutter(words: tuple[UserWord, ...]) -> _Cutter:
    cutter: Any
    try:
        import rjieba
    except ImportError:
        cutter = _jieba()
    else:
        cutter = rjieba.Jieba() if words else rjieba  # which is one, and takes 25 MB
    for one in words:
        cutter.add_word(one.word, one.frequency or None, one.tag or None)
    return cutter  # type: ignore[no-any-return]


def _jieba() -> Any:
    """jieba's own cutter, which says nothing of what it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its source, which is older than today's Python
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()
