"""Finds the numbers of a text by their value: 100,000 and 10 万 are equal."""

import re
from collections.abc import Iterator
from decimal import Decimal

from index.text.numerals import DIGITS, ENGLISH, SCALES, chinese_number, spelled_digits

_WORDS = ENGLISH | {"dozen": 12}
_HAN = "零〇一二两三四五六七八九十百千万亿"
_WORD = rf"(?:{'|'.join([*_WORDS, *(scale for scale in SCALES if len(scale) > 1)])})"
_NUMBER = re.compile(
    r"(?<![a-z\d.])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)"
    r"(?:[ -]?(?P<scale>[百千万亿兆]+|(?:hundred|thousand|million|billion|trillion)s?\b|k\b))?"
    rf"|(?P<han>[{_HAN}]+(?:点[{_HAN}]+)?)"
    rf"|\b(?P<words>{_WORD}(?:(?:[ -]| and ){_WORD})*)\b"
)
_SHARE = re.compile(r"[ ]?(?:%|‰|per ?cent\b|个百分点)")
_OF_HUNDRED = re.compile(r"百分之(?=[\d零〇一二两三四五六七八九十])")
_COUNTED = re.compile(
    r"[ ]?[天日周年月个倍篇次项款版种人名台元步条轮层位届期岁米克吨份本家字成折段级代组套页行张场]"
    r"|[ ]?(?:小时|分钟|秒)"
)
"""What makes a lone Chinese numeral a number: behind it something is counted,"""
_COUNTING = tuple("有共达约")
"""or it is said how many there are."""


def numbers(folded: str) -> Iterator[tuple[str, bool, int, int]]:
    """Each number: its value, whether it is surely one, where it begins and ends.

    One, a and 一 are not surely one, and neither is a lone Chinese numeral that counts nothing:
    they are parts of other words far more often than numbers.
    """
    text = _OF_HUNDRED.sub("   %", folded)
    for match in _NUMBER.finditer(text):
        shared = _SHARE.match(text, match.end()) or text.endswith("%", 0, match.start())
        sign = "%" if shared else ""
        if match["digits"]:
            yield _scaled(match["digits"], match["scale"]) + sign, True, *match.span()
        elif match["han"]:
            value, before = _of_han(match["han"]), text[max(match.start() - 1, 0) : match.start()]
            counts = len(match["han"]) > 1 or bool(_COUNTED.match(text, match.end()))
            counts = counts or before in _COUNTING
            certain = bool(sign or before == "第" or (counts and value != "1"))
            yield value + sign, certain, *match.span()
        else:
            value = str(_of_words(re.findall(r"[a-z]+", match["words"])))
            yield value + sign, bool(sign) or value != "1", *match.span()


def _scaled(digits: str, scale: str | None) -> str:
    """Leading zeros do not count; those behind the point do, since 5.10 is no 5.1."""
    plain = digits.replace(",", "")
    if scale and plain.count(".") < 2:
        value = Decimal(plain)
        for part in re.findall(r"[百千万亿兆]|[a-z]+", scale):
            value *= SCALES[part if part in SCALES else part.removesuffix("s")]
        return f"{value.normalize():f}"
    return plain.lstrip("0") if plain.strip("0.") and not plain.startswith("0.") else plain


def _of_han(numeral: str) -> str:
    whole, _, fraction = numeral.partition("点")
    if fraction:
        return f"{_of_han(whole)}.{''.join(str(DIGITS.get(c, '')) for c in fraction)}"
    if spelled := spelled_digits(whole):
        return spelled.lstrip("0") or "0"
    return str(chinese_number(whole))


def _of_words(words: list[str]) -> int:
    total = part = 0
    for word in words:
        if word in _WORDS:
            part = part * 12 if word == "dozen" and part else part + _WORDS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in SCALES:
            total, part = total + (part or 1) * SCALES[word], 0
    return total + part
