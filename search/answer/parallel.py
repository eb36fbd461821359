"""What notes about things of a kind say under the same label: **Security**: …, one in each."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.words import fold, terms
from search.answer.clauses import Words
from search.answer.evidence import Weighed

_LABEL = re.compile(r"\W*([^：:\n]{1,24})[：:]")
_MORE = 1.4
"""How much more such a sentence counts: in notes made alike it is what compares; 1.25 to 1.6
choose alike."""


def label(text: str) -> str:
    """The words before a sentence's first colon, folded; empty where there are none."""
    match = _LABEL.match(text)
    return fold(match[1]).strip("* ") if match else ""


def parallel(groups: Sequence[Sequence[Weighed]], aspect: Words) -> list[list[Weighed]]:
    """The units of each thing again, best first.

    A unit counts more where its label names the aspect and stands in the notes of another
    thing too.
    """
    counts = Counter(name for group in groups for name in {label(w.unit.text) for w in group})
    shared = {
        name
        for name, count in counts.items()
        if name and count > 1 and aspect.share(frozenset(terms(name)))
    }
    return [
        sorted(
            (
                replace(each, score=_MORE * each.score) if label(each.unit.text) in shared else each
                for each in group
            ),
            key=lambda each: -each.score,
        )
        for group in groups
    ]
