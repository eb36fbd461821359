"""Lists the ways in which a name may be written: Apache-2.0, Apache License 2.0, Apache 2.

Learnt from the names that stand side by side, not from a list of known ones.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from index.text.terms import fold, fold_with_offsets, stem

Form = tuple[str, ...]
"""Words of a name, compared as a whole."""

_PIECE = re.compile(r"\d+(?:\.\d+)*|[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:\+\+|#)?")
_ASIDE = re.compile(r"[（(，,；;。].*", re.DOTALL)
_OR = re.compile(r"\s+(?:OR|AND|or|and|或|和)\s+|\s*[/、]\s*")
"""Between several values in one: Apache-2.0 OR MIT."""
_EMPTY = frozenset({"a", "an", "the", "v"})
_COMMON = 0.15
"""A word in more than this share of a property's values says only what kind they are."""
_KEPT = 100_000
"""Names whose pieces and forms are remembered: an edit changes few of a vault's."""
_FEWEST = 3
"""Values that must share a word before it is taken as common."""


@lru_cache(_KEPT)
def name_tokens(text: str) -> Form:
    """Words and numbers of a text; Chinese characters one by one, as nothing parts words."""
    return tuple(_token(piece) for piece in _PIECE.findall(fold(text)) if piece not in _EMPTY)


def placed_tokens(text: str) -> list[tuple[str, int, int]]:
    """The same with the place of each: its start and end in the text."""
    folded, offsets = fold_with_offsets(text)
    return [
        (_token(match[0]), offsets[match.start()], offsets[match.end() - 1] + 1)
        for match in _PIECE.finditer(folded)
        if match[0] not in _EMPTY
    ]


def _token(piece: str) -> str:
    return _number(piece) if piece[0].isdigit() else stem(piece)


def generic_words(values: Iterable[str]) -> frozenset[str]:
    """Words that many different values of one property share: license, general, …

    A word that is a value by itself, or with a number, is none of them, however many others
    hold it; nor is one that is so beside another value, as in Apache-2.0 OR MIT.
    """
    values = dict.fromkeys(values)
    each = [frozenset(name_tokens(value)) for value in values]
    alone: set[str] = set()
    for value in values:
        named = [{w for w in name_tokens(part) if not w[0].isdigit()} for part in _OR.split(value)]
        if all(len(words) == 1 for words in named):
            alone.update(*named)
    counts = Counter(word for words in each for word in words)
    return frozenset(
        word
        for word, count in counts.items()
        if count >= _FEWEST
        and count > _COMMON * len(each)
        and word.isalpha()
        and word.isascii()
        and word not in alone
    )


@lru_cache(_KEPT)
def name_variants(value: str, common_words: frozenset[str]) -> frozenset[Form]:
    """All forms of a value: without common words, without its version, as an abbreviation."""
    found: frozenset[Form] = frozenset()
    for one in _OR.split(value):
        found |= _variants(one, common_words)
    return found | _variants(value, common_words)


def _variants(value: str, common_words: frozenset[str]) -> frozenset[Form]:
    whole = name_tokens(_ASIDE.sub("", value)) or name_tokens(value)
    plain = tuple(piece for piece in whole if piece not in common_words)
    words = tuple(piece for piece in whole if not piece[0].isdigit())
    numbers = tuple(piece for piece in whole if piece[0].isdigit())
    found = {whole, plain, tuple(piece for piece in plain if not piece[0].isdigit())}
    if len(words) > 2 and all(word.isascii() for word in words):
        initials = "".join(word[0] for word in words)
        for short in (initials, initials[1:]):  # the first word may name who issued it
            found |= {(short,), (short, *numbers)}
    return frozenset(form for form in found if form)


def _number(text: str) -> str:
    """2.0 and 2 are the same version."""
    while text.endswith(".0"):
        text = text[:-2]
    return text
