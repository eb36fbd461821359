"""Finds terms that a note gives in two languages: 提示词注入（prompt injection）."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.segmentation import cut
from index.text.terms import fold, stem

_CJK = "\u3400-\u9fff"
_LATIN = r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9 &'+-]{0,40}[A-Za-z0-9+]"
_OPEN, _CLOSE = "[（(]", "[)）,，、;；:：]"
_MARKS = r"[”」』》\"*_`\s]{0,4}"
_CHINESE_FIRST = re.compile(
    rf"([{_CJK}·]{{2,30}}+){_MARKS}{_OPEN}\s{{0,2}}({_LATIN})\s{{0,2}}{_CLOSE}"
)
_ENGLISH_FIRST = re.compile(
    rf"({_LATIN}){_MARKS}{_OPEN}\s{{0,2}}([{_CJK}]{{2,12}})\s{{0,2}}{_CLOSE}"
)
_WORD = re.compile(r"[a-z0-9+]+")
_LONGEST = 4
"""English words of the longest term that is taken; longer asides are sentences."""
_KEPT = 6
"""Chinese words kept before a bracket: where the term begins is decided over all notes."""


@dataclass(frozen=True, slots=True)
class TermPair:
    """One place where a note gives a term in two languages."""

    english: str
    """Folded words, plurals undone, separated by spaces."""
    chinese: str
    """Folded words separated by spaces; the term is some of the last ones."""
    bracketed: bool
    """Whether the Chinese stands in the brackets, where its beginning is certain."""


def bilingual_terms(text: str) -> Iterator[TermPair]:
    """Every term that ``text`` gives in two languages, repeats left out."""
    found: dict[TermPair, None] = {}
    for pattern, bracketed in ((_CHINESE_FIRST, False), (_ENGLISH_FIRST, True)):
        for match in pattern.finditer(text):
            chinese, latin = match.group(2, 1) if bracketed else match.group(1, 2)
            english = [stem(word) for word in _WORD.findall(fold(latin).replace("-", " "))]
            if bracketed:
                english = english[-_LONGEST:]
            if 0 < len(english) <= _LONGEST:
                words = cut(fold(chinese))[-_KEPT:]
                found[TermPair(" ".join(english), " ".join(words), bracketed)] = None
    yield from found
