"""Finds notes that disagree, as the links between them or their properties say."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from index.store.records import StoredNote
from index.text.terms import fold
from search.catalogue.catalogue import Catalogue

_CONTRARY = re.compile(
    r"相悖|相反|矛盾|冲突|反驳|反对|不一致|contradict|contrary|disagree|oppos|refut|rebut|dispute",
    re.IGNORECASE,
)
"""Relations that say that two notes do not agree, in the words that people give them."""


def contrary(notes: Collection[int], catalogue: Catalogue) -> Iterator[tuple[int, int]]:
    """Pairs of these notes (ids) of which one links to the other as saying the contrary."""
    seen: set[frozenset[int]] = set()
    for note in notes:
        for target, link in catalogue.links_out.get(note, ()):
            pair = frozenset((note, target))
            if target in notes and pair not in seen and _CONTRARY.search(link.relation or ""):
                seen.add(pair)
                yield note, target


def differing(notes: Iterable[StoredNote], keys: Collection[str]) -> list[str]:
    """Those of ``keys`` (folded) under which these notes, all about one thing, differ."""
    stated: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for note in notes:
        for entry in note.properties:
            if fold(entry.key) in keys and entry.values:
                stated[entry.key][note.id] = frozenset(map(fold, entry.values))
    return [key for key, by_note in stated.items() if len(set(by_note.values())) > 1]
