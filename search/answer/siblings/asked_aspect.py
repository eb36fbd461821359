"""Tells what a question wants to know of a thing, and whether a text can say it."""

import re

from index.text.segmentation import tagged
from index.text.terms import fold, terms
from search.answer.siblings.scope import Asked
from search.query.stopwords import ENGLISH

_OF_WHAT = re.compile(
    r"\b(?:what|which) (?P<word>[a-z]{3,}) (?:is|are|was|were|do|does|did|has|have|had|can|will)\b"
)
_OWNED = re.compile(
    r"\b(?!(?:what|that|there|who|where|it|he|she)['’])\w+['’]s (?P<word>[a-z]{3,})\b"
)
_HAS = re.compile(r"的(?P<word>[\u3400-\u9fff]{2,6}?)(?=是|有|为|在|多|几|\W|\Z)")
_HOW = re.compile(r"\bhow (?P<word>(?!many|much|do|does|did|is|are|can|to)[a-z]{3,})\b")
_WHEN = re.compile(
    r"\bwhen\b|\bwhat (?:date|day|month|year)\b|什么时候|何时|哪一?[年月天]|几[年月号]"
)
_DATED = re.compile(
    r"(?:19|20)\d\d|\d{1,2} ?[月日号:：]|周[一二三四五六日末]|星期|每[天周月年个]"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:every|each|daily|weekly)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}\b"
)
_VALUES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"电话|手机号|\b(?:tele)?phone\b|\bmobile\b", re.IGNORECASE),
        re.compile(r"(?<![\d.-])\+?\d[\d()（）转 -]{3,}\d(?![\d.-])"),
    ),
    (
        re.compile(r"邮箱|邮件地址|\be-?mail\b", re.IGNORECASE),
        re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    ),
    (
        re.compile(r"网址|网站|\burl\b|\bweb ?(?:site|page|address)\b", re.IGNORECASE),
        re.compile(r"https?://|\bwww\.|\b[a-z0-9-]+\.(?:com|org|net|io|cn|de|uk)\b"),
    ),
)
"""What is known by how it is written, whatever stands beside it: names for it, and its shape."""
_NOUNS = ("n", "nz", "nt")
"""Parts of speech of words that name what a thing has."""


def is_beyond(asked: Asked, question: str, held: str) -> bool:
    """Whether a question wants what a text (with what names it) does not speak of.

    That is a noun of which it asks (what colour, 许岚的生日), a measure, or a date.
    """
    folded = fold(held)
    known = frozenset(terms(folded))
    wanted = {
        match["word"]
        for pattern in (_OF_WHAT, _OWNED, _HAS, _HOW)
        for match in pattern.finditer(asked.folded)
        if match["word"] not in ENGLISH
    }
    wanted |= {
        word
        for word, kind in tagged(question)
        if kind in _NOUNS and len(word) > 1 and not word.isascii()
    }
    missing = [word for word in wanted if not _is_held(word, asked, folded, known)]
    return bool(missing) or bool(_WHEN.search(asked.folded) and not is_dated(folded))


def is_dated(text: str) -> bool:
    """Whether a text gives a day or a time."""
    return _DATED.search(fold(text)) is not None


def has_shape(word: str, text: str) -> bool:
    """Whether a word names a kind of value, one of which stands in a text: a phone's number."""
    return any(name.search(word) and shape.search(text) for name, shape in _VALUES)


def _is_held(word: str, asked: Asked, folded: str, known: frozenset[str]) -> bool:
    """Whether a word stands in a text, or what it may mean in the other language."""
    if has_shape(word, folded):
        return True
    own = frozenset(terms(word))
    alternatives = own.union(*(clause for clause in asked.clauses if not own.isdisjoint(clause)))
    return word in folded or not alternatives.isdisjoint(known)
