"""Reads numbers that are written in words: Chinese numerals, English number words and scales."""

import re

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

_SMALL = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
ENGLISH = {word: value for value, word in enumerate(_SMALL)} | {
    word: 20 + 10 * place for place, word in enumerate(_TENS)
}
"""English words for numbers below a hundred."""
SCALES = {
    "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12,
    "k": 1000, "m": 10**6, "b": 10**9,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
"""What a number is multiplied by when one of these stands behind it."""


def chinese_number(numeral: str) -> int:
    """The value of a Chinese numeral without a point: 三百二十 is 320, 十二万 120,000.

    Of digits side by side, as in 两三个, the last counts.
    """
    total = section = 0
    digit: int | None = None
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            total = (total + section + (digit or 0) or 1) * _MYRIADS[character]
            section, digit = 0, None
    return total + section + (digit or 0)


def spelled_digits(numeral: str) -> str:
    """Digits of a numeral that is read out one by one: 二〇二五 is 2025; "" for others."""
    if len(numeral) < 2 or any(character not in DIGITS for character in numeral):
        return ""
    return "".join(str(DIGITS[character]) for character in numeral)
