"""Puts a note before the copies of it."""

from collections.abc import Sequence
from dataclasses import replace

from search.catalogue.catalogue import Catalogue
from search.catalogue.copies import original_of
from search.ranking.grouping import ScoredNote

_MOST = 50
"""Notes, best first, that are looked at."""


def originals_first(notes: Sequence[ScoredNote], catalogue: Catalogue) -> list[ScoredNote]:
    """The notes, best first, each copy right behind its original where that was found too."""
    found = list(notes)
    for noted in found[:_MOST]:
        original = original_of(catalogue.notes[noted.note_id], catalogue)
        places = {each.note_id: place for place, each in enumerate(found)}
        behind = places.get(original, -1) if original is not None else -1
        ahead = places[noted.note_id]
        if behind > ahead:
            moved = found.pop(behind)
            found.insert(ahead, replace(moved, score=max(moved.score, noted.score)))
    return found
