"""Turns text into search terms, the same way for notes and questions.

Folding makes equal what a reader takes as equal: width, case, accents, hyphens and
Traditional characters. Terms are then jieba's words (its search mode, which also gives the
short words inside long ones) for Chinese, and for Latin script the parts of a code word
next to the whole: ``GPT-5.2-Codex`` is found as gpt, 5.2, codex, gpt5.2 and gpt5.2codex.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import add

from index.text.cedict import simplified_characters
from index.text.segmentation import cut_for_search

_HYPHENS = "‐‑‒–—―−﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+(?:[-_.'+][^\W_{_CJK}]+)*[+#]{{0,2}})")
_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+(?:[+#]{1,2}$)?")
_HALF_WIDTH = re.compile(r"[\uff66-\uff9d][\uff9e\uff9f]")
_JOINING = frozenset(map(chr, (*range(0x1160, 0x1200), 0xFF9E, 0xFF9F)))
"""Parts of Hangul syllables and voice marks, which go on with the character before them."""
_NO_LETTER = re.compile(r"[\W_]+")
_LONGEST_TERM = 64
"""Longer Latin runs are hashes and encoded data; nobody types them whole."""
_KEPT = 50_000
"""Latin runs whose terms are remembered: most words of a vault stand in many of its notes."""


class _FoldTable(dict[int, str]):
    """Folds one character at a time, remembering each: ``str.translate`` asks it."""

    def __init__(self) -> None:
        super().__init__({ord(c): "-" for c in _HYPHENS})
        self.update({ord(c): "" for c in _INVISIBLE})
        self.update(_simplified())

    def __missing__(self, code: int) -> str:
        character = unicodedata.normalize("NFKC", chr(code))
        plain = unicodedata.normalize("NFKD", character)
        if plain and plain[0] < "ʰ":  # Latin letters lose accents; kana and Hangul do not
            character = "".join(c for c in plain if not unicodedata.combining(c))
        folded = character.casefold()
        self[code] = "".join(self.get(ord(c), c) for c in folded) if folded else ""
        return self[code]


def _simplified() -> dict[int, str]:
    """Traditional characters and their Simplified form, one for one (OpenCC's t2s).

    Where OpenCC is not installed, the pairs that CC-CEDICT's words show.
    """
    try:
        import opencc
    except ImportError:
        return {ord(t): s for t, s in simplified_characters().items()}
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(t): s for t, s in zip(characters, simple, strict=True) if t != s and len(s) == 1}


@cache
def _table() -> _FoldTable:
    return _FoldTable()


def fold(text: str) -> str:
    """The form in which two spellings of the same word are equal."""
    return _composed(text).translate(_table())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the offset it comes from."""
    table = _table()
    if _composed(text) == text and all(len(table[ord(character)]) == 1 for character in set(text)):
        return text.translate(table), list(range(len(text)))
    folded: list[str] = []
    offsets: list[int] = []
    offset = 0
    for piece in _clusters(text):
        plain = fold(piece)
        folded.append(plain)
        offsets.extend([offset] * len(plain))
        offset += len(piece)
    return "".join(folded), offsets


def _clusters(text: str) -> Iterator[str]:
    """Each character with the marks that may become one with it."""
    start = 0
    for at, character in enumerate(text):
        joins = character in _JOINING or unicodedata.category(character)[0] == "M"
        if at > start and not joins:
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _composed(text: str) -> str:
    """The text with each letter in one character, as keyboards give it.

    File systems and some programs write Hangul by its parts and kana with their voice mark
    apart; half-width kana always have it apart.
    """
    apart = text if text.isascii() else _HALF_WIDTH.sub(_widened, text)
    return apart if unicodedata.is_normalized("NFC", apart) else unicodedata.normalize("NFC", apart)


def _widened(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def terms(text: str) -> list[str]:
    """Search terms of a text in reading order, repeats kept."""
    found: list[str] = []
    for chinese, latin in _RUN.findall(fold(text)):
        found += cut_for_search(chinese) if chinese else _latin_terms(latin)
    return found


@lru_cache(_KEPT)
def _latin_terms(run: str) -> tuple[str, ...]:
    if len(run) > _LONGEST_TERM:
        return ()
    parts = [stem(part) for part in _PART.findall(run)]
    whole = ["".join(parts)] if len(parts) > 2 else []
    return (*parts, *map(add, parts, parts[1:]), *whole)


def stem(word: str) -> str:
    """Plural to singular, by the S stemmer (Harman, "How effective is suffixing?", 1991)."""
    if len(word) <= 3 or not word.endswith("s") or not word.isascii():
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def grams(text: str) -> list[str]:
    """Pairs of neighbouring letters or digits, spaces and punctuation left out.

    A run of two or more characters stands in a text if and only if its pairs stand there
    in a row, which is what makes every substring findable. The last character stands once
    more by itself, so that a single character is the beginning of some gram.
    """
    row = letters(text)
    return [*map(add, row, row[1:]), *row[-1:]]


def letters(text: str) -> str:
    """The letters and digits of a text, folded, with nothing between them."""
    return _composed(_NO_LETTER.sub("", fold(text)))
