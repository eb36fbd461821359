"""Counts by what notes are filed under, each as many as a filter by it leaves of them."""

from collections import Counter
from collections.abc import Collection
from heapq import nsmallest
from itertools import chain

from index.text.terms import fold
from search.catalogue.catalogue import Catalogue
from search.result import Facets

_SHOWN = 20
_LOOKED_AT = 60
"""Folders that are counted with what lies below them."""


def facets(found: Collection[int], catalogue: Catalogue) -> Facets:
    """How often tags, folders and years stand among the notes (ids), most frequent first."""
    here = frozenset(found) & catalogue.notes.keys()
    years = Counter(date[:4] for note in here if (date := catalogue.notes[note].date))
    return Facets(
        _first(_tags(here, catalogue)),
        _first(_folders(here, catalogue)),
        tuple(sorted(years.items(), reverse=True)),
    )


def _first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(nsmallest(_SHOWN, counts.items(), key=lambda item: (-item[1], item[0])))


def _tags(here: frozenset[int], catalogue: Catalogue) -> Counter[str]:
    """Each tag with the notes that have it or one below it."""
    counts = Counter(chain.from_iterable(catalogue.tag_keys[note] for note in here))
    return Counter({catalogue.tag_names[key]: count for key, count in counts.items()})


def _folders(here: frozenset[int], catalogue: Catalogue) -> Counter[str]:
    """Each folder that holds notes, with those below it."""
    own = Counter(catalogue.folders[note] for note in here)
    own.pop("", None)
    folded = {folder: f"/{fold(folder)}/" for folder in own}
    return Counter(
        {
            folder: sum(count for other, count in own.items() if folded[folder] in folded[other])
            for folder, _ in own.most_common(_LOOKED_AT)
        }
    )
