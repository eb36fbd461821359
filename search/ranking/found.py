"""Tells which notes count as found: the same whatever a search is narrowed to, so that numbers
agree."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock

from search.ranking.grouping import ScoredNote

FEW = 100
"""Results for which a store looks no further than for one: its candidates are then the same."""
_KEPT = 50


class NearestNotes:
    """Remembers the notes nearest to a few texts; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, frozenset[int]] = OrderedDict()
        self._lock = Lock()

    def of(self, text: Hashable, look: Callable[[], Iterable[ScoredNote]]) -> frozenset[int]:
        """Ids of the notes that an open search names for ``text``; ``look`` searches."""
        with self._lock:
            kept = self._kept.get(text)
        if kept is None:
            kept = frozenset(noted.note_id for noted in look())
            with self._lock:
                self._kept[text] = kept
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return kept
