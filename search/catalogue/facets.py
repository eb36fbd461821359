"""Counts by what notes are filed under, each as many as a filter by it leaves of them."""

from collections import Counter
from collections.abc import Collection

from index.text.terms import fold
from search.catalogue.catalogue import Catalogue, with_above
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
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, count) for name, count in ordered[:_SHOWN])


def _tags(here: frozenset[int], catalogue: Catalogue) -> Counter[str]:
    """Each tag with the notes that have it or one below it."""
    names = {name for note in here for name in catalogue.tags[note]}
    keys = {fold(part) for name in names for part in with_above(name)}
    return Counter(
        {catalogue.tag_names[key]: len(here & catalogue.tagged_below[key]) for key in keys}
    )


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
