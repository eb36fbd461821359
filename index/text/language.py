"""Tells in which language a text is, as far as Wengu distinguishes: Chinese or English."""

import re
from typing import Literal

Language = Literal["zh", "en"]

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")


def has_latin(text: str) -> bool:
    """Whether there is any Latin word in it."""
    return _LATIN_WORD.search(text) is not None


def language(text: str) -> Language:
    """``zh`` when there are at least as many Chinese characters as Latin words.

    English names stand in Chinese sentences all the time, Chinese ones in English rarely.
    """
    return "zh" if len(_CJK.findall(text)) >= max(1, len(_LATIN_WORD.findall(text))) else "en"
