"""Finds which properties, tags and folders a question names, and the notes filed there."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.catalogue.fields import LONGEST_VALUE, MetadataField
from search.catalogue.variants import Form, name_tokens
from search.query.stopwords import CHINESE, ENGLISH

_SHORT = 2
"""Letters of a name that must be written as the notes write it: Go, C, R."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something in the question that notes are filed under."""

    drawer: MetadataField
    form: Form
    notes: frozenset[int]


def mentions(question: str, drawers: Iterable[MetadataField]) -> list[Mention]:
    """What the question names, the longest names of each drawer."""
    words = name_tokens(question)
    found = []
    for drawer in drawers:
        if drawer.first.isdisjoint(words):
            continue
        heard = tuple(word for word in words if word not in drawer.common)
        found += [
            Mention(drawer, form, drawer.notes[form])
            for form in dict.fromkeys(_longest(heard, drawer))
            if _is_meant(form, drawer, question)
        ]
    return found


def _longest(words: Form, drawer: MetadataField) -> Iterator[Form]:
    """Runs of words that are a known form, from left to right, the longest at each place."""
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + LONGEST_VALUE), start, -1)
        first_known = words[start] in drawer.first
        end = next((end for end in ends if first_known and words[start:end] in drawer.notes), 0)
        if end:
            yield words[start:end]
        start = end or start + 1


def _is_meant(form: Form, drawer: MetadataField, question: str) -> bool:
    """Short names and names that are also plain words count only as the notes write them."""
    text = "".join(form)
    if text in CHINESE or text.isdigit() or (len(text) == 1 and not text.isascii()):
        return False
    if not text.isascii() or (len(text) > _SHORT and text not in ENGLISH):
        return True
    return any(
        re.search(rf"(?<![\w+#]){re.escape(value)}(?![\w+#])", question)
        for value in drawer.exact[form]
    )


def specificity(notes: int, everything: int) -> float:
    """1 for what one note has, 0 for what all have."""
    return math.log(everything / notes) / math.log(everything) if 0 < notes < everything else 0.0
