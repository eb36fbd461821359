"""Makes what a model says plain text and marks: nothing of it may load, link or be markup."""

import re
import unicodedata

MARKS = re.compile(r" ?((?:\[\d{1,3}\])+)")
"""Marks of quotes in a row, in the one form that :func:`plain` leaves them in."""

_MANY = re.compile(r"\[\^?(\d{1,3}(?:\s*[,，、;；]\s*\^?\d{1,3})*)\]")
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?|!\[\[[^\]]*\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^)]*\)|\[(?!\^?\d)[^\]]*\])")
_WIKILINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>?")
_SIGNS = re.compile(r"[`*~\\|{}]+|(?<!\w)_+|_+(?!\w)")
_PLACE = re.compile(r"\[(?!\d{1,3}\])|(?<!\d)\]|(?<!\[\d)(?<!\[\d\d)(?<!\[\d\d\d)\]")
_LEADING = re.compile(r"(?:[\s>#=]|\[\d{1,3}\])+")
_SPACE = re.compile(r"\s+")
_LOOSE = re.compile(r"\s*((?:\[\d{1,3}\]\s*)+)(?=([\w(]?))")
"""Marks and what follows them, which a bracket would make the target of a link."""
_WIDE = str.maketrans({"【": "[", "】": "]", "［": "[", "］": "]", "〔": "[", "〕": "]"})


def plain(sentence: str) -> str:
    """One sentence on one line, without links, images, tags and emphasis.

    Marks come out as `` [1][2]``, never at the beginning.
    """
    text = "".join(
        c if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") else ""
        for c in sentence.translate(_WIDE)
    )
    text = _IMAGE.sub("", text)
    text = _LINK.sub(lambda match: _label(match[1]), text)
    text = _MANY.sub(_parted, _SIGNS.sub("", _WIKILINK.sub(r"\1", text)))
    text = _PLACE.sub("", text)
    while _TAG.search(text):  # what is left of one may make another
        text = _TAG.sub("", text)
    text = _SPACE.sub(" ", text).strip()
    leading = _LEADING.match(text)
    if leading:
        text = text[leading.end() :] + "".join(f"[{mark}]" for mark in numbers_of(leading[0]))
    return _LOOSE.sub(_joined, text).strip()


def numbers_of(marks: str) -> list[int]:
    """The quotes that a text names, in its order."""
    return [int(number) for number in re.findall(r"\[(\d{1,3})\]", marks)]


def _joined(match: re.Match[str]) -> str:
    return f" {''.join(match[1].split())}{' ' if match[2] else ''}"


def _label(label: str) -> str:
    """The words of a link; a mark that was given a target is a mark again."""
    return f"[{label}]" if label.lstrip("^").isdecimal() else label


def _parted(match: re.Match[str]) -> str:
    return "".join(f"[{int(number)}]" for number in re.findall(r"\d+", match[1]))
