"""Notes that disagree, as the links between them say."""

import re
from collections.abc import Collection, Iterator

from search.catalogue import Catalogue

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
