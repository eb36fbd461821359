"""What notes about things of a kind say under the same label: **Security**: …, one in each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.text.terms import fold, terms
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.term_weights import Words

_LABEL = re.compile(r"\W*([^：:\n]{1,24})[：:]")
_MORE = 1.3
"""How much more a sentence counts whose label stands in another thing's notes too."""
_ALIKE = 0.5
"""And how much more again, if it says all that the other says: the level, not what led there."""


def label(text: str) -> str:
    """The words before a sentence's first colon, folded; empty where there are none."""
    match = _LABEL.match(text)
    return fold(match[1]).strip("* ") if match else ""


def parallel(groups: Sequence[Sequence[Weighed]], aspect: Words) -> list[list[Weighed]]:
    """The units of each thing again, best first.

    A unit counts more where its label names the aspect and stands in the notes of another
    thing too, the more the more alike the two are.
    """
    places: dict[str, dict[int, list[Weighed]]] = defaultdict(lambda: defaultdict(list))
    for place, group in enumerate(groups):
        for each in group:
            name = label(each.unit.text)
            if name and aspect.share(frozenset(terms(name))):
                places[name][place].append(each)
    found = []
    for place, group in enumerate(groups):
        again = []
        for each in group:
            others = places.get(label(each.unit.text), {})
            like = [w for other, units in others.items() if other != place for w in units]
            again.append(replace(each, score=each.score * _more(each, like)))
        found.append(sorted(again, key=lambda each: -each.score))
    return found


def _more(each: Weighed, like: Iterable[Weighed]) -> float:
    shares = [len(each.terms & other.terms) / len(other.terms) for other in like if other.terms]
    return _MORE * (1 + _ALIKE * max(shares)) if shares else 1.0
