"""The numbers of a text by their value, however they are written: 100,000 and 10 万 are equal."""

import re
from collections.abc import Iterator
from decimal import Decimal

_SCALES = {
    "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12, "k": 1000,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_SMALL = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = {word: value for value, word in enumerate(_SMALL)}
_WORDS |= {word: 20 + 10 * place for place, word in enumerate(_TENS)} | {"dozen": 12}

_HAN = "零〇一二两三四五六七八九十百千万亿"
_WORD = rf"(?:{'|'.join([*_WORDS, *(scale for scale in _SCALES if len(scale) > 1)])})"
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


def numbers_in(folded: str) -> frozenset[str]:
    """Every value that a folded text can be read to state, single numerals included."""
    return frozenset(value for value, *_ in numbers(folded))


def asserted_numbers(folded: str) -> frozenset[str]:
    """The values that a folded text puts forward as numbers.

    One, a and 一 are left out, and so is a lone Chinese numeral that counts nothing: they are
    parts of other words far more often than numbers.
    """
    return frozenset(value for value, certain, *_ in numbers(folded) if certain)


def numbers(folded: str) -> Iterator[tuple[str, bool, int, int]]:
    """Each number: its value, whether it is surely one, where it begins and ends."""
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
            value *= _SCALES[part if part in _SCALES else part.removesuffix("s")]
        return f"{value.normalize():f}"
    return plain.lstrip("0") if plain.strip("0.") and not plain.startswith("0.") else plain


def _of_han(numeral: str) -> str:
    whole, _, fraction = numeral.partition("点")
    if fraction:
        return f"{_of_han(whole)}.{''.join(str(_DIGITS.get(c, '')) for c in fraction)}"
    if len(whole) > 1 and all(c in _DIGITS for c in whole):  # read out digit by digit: 二〇二五
        return "".join(str(_DIGITS[c]) for c in whole).lstrip("0") or "0"
    total = section = 0
    digit: int | None = None
    for character in whole:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            total = (total + section + (digit or 0) or 1) * _MYRIADS[character]
            section, digit = 0, None
    return str(total + section + (digit or 0))


def _of_words(words: list[str]) -> int:
    total = part = 0
    for word in words:
        if word in _WORDS:
            part = part * 12 if word == "dozen" and part else part + _WORDS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0
    return total + part
