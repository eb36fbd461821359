"""Drops near-duplicate passages to the end of the list.

A copy that a program made of a note stands behind the note.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath

from index.store.records import StoredNote
from index.text.terms import letters
from search.catalogue.catalogue import Catalogue
from search.ranking.grouping import WHOLE_NOTE, ScoredNote, ScoredPassage
from search.store.interface import StoredRecords

SPARE = 10
"""Further results looked at, to take the places that copies leave."""
_MOST = 100
"""Results that are compared; who asks for more reads them all."""
_SHINGLE = 5
"""Characters."""
_RESEMBLANCE = 0.8
"""Share of their shingles that two passages must have in common to be copies.

Broder, "On the Resemblance and Containment of Documents", 1997.
"""
_KEPT = 2
"""Passages that say the same: a thing noted twice is worth seeing, a template is not."""
_NEAR = 0.05
"""Copies score alike: with a greater distance their texts are not compared."""

_MOST_MOVED = 50
"""Notes, best first, that are looked at."""

_COPY = re.compile(
    r"[ ._-]*\([^()]*(?:conflict|copy|冲突|衝突|副本|复件)[^()]*\)"
    r"|[ ._-]+(?:(?:sync-)?conflict|conflicted copy|copy|冲突|衝突|副本|复件)\b.*"
    r"|[-_]?(?:冲突|副本).*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r" (?:\d{1,2}|\(\d{1,2}\))")
"""As programs number copies; a note of a series has a title of its own."""

Chosen = tuple[ScoredPassage, float]


def demote_near_duplicates(chosen: Sequence[Chosen], store: StoredRecords) -> list[Chosen]:
    """Results, best first, in the same order but for further copies of a passage.

    Properties are no copies of each other: it is their business to be the same.
    """
    if len(chosen) > _MOST:
        return list(chosen)
    ids = {scored.passage_id for scored in _near_another(chosen)} - {WHOLE_NOTE}
    stored = store.passages(sorted(ids)).values()
    shingles = {p.id: _shingles(p.text) for p in stored if p.kind != "properties"}
    kept: list[Chosen] = []
    copies: list[Chosen] = []
    for each in chosen:
        told = sum(_same(each, other, shingles) for other in kept)
        (copies if told >= _KEPT else kept).append(each)
    return kept + copies


def _near_another(chosen: Sequence[Chosen]) -> Iterable[ScoredPassage]:
    for (better, high), (scored, low) in pairwise(chosen):
        if high - low <= _NEAR:
            yield better
            yield scored


def _same(each: Chosen, other: Chosen, shingles: dict[int, frozenset[str]]) -> bool:
    if each[0].note_id == other[0].note_id or other[1] - each[1] > _NEAR:
        return False
    own, others = (shingles.get(scored.passage_id) for scored, _ in (each, other))
    if not own or not others:
        return False
    fewer, more = sorted((len(own), len(others)))
    return fewer >= _RESEMBLANCE * more and len(own & others) >= _RESEMBLANCE * len(own | others)


def _shingles(text: str) -> frozenset[str]:
    held = letters(text)
    return frozenset(held[at : at + _SHINGLE] for at in range(max(1, len(held) - _SHINGLE + 1)))


def originals_first(notes: Sequence[ScoredNote], catalogue: Catalogue) -> list[ScoredNote]:
    """The notes, best first, each copy right behind its original where that was found too."""
    found = list(notes)
    for noted in found[:_MOST_MOVED]:
        original = original_of(catalogue.notes[noted.note_id], catalogue)
        places = {each.note_id: place for place, each in enumerate(found)}
        behind = places.get(original, -1) if original is not None else -1
        ahead = places[noted.note_id]
        if behind > ahead:
            moved = found.pop(behind)
            found.insert(ahead, replace(moved, score=max(moved.score, noted.score)))
    return found


def original_of(note: StoredNote, catalogue: Catalogue) -> int | None:
    """The note beside this one (its id) that this is a copy of; None for any other note."""
    path = PurePosixPath(note.path)
    for match in (*_COPY.finditer(path.stem), *_NUMBERED.finditer(path.stem)):
        if match.end() != len(path.stem) or not match.start():
            continue
        beside = catalogue.by_path.get(
            str(path.with_name(path.stem[: match.start()] + path.suffix))
        )
        if beside is not None and beside != note.id:
            numbered = _NUMBERED.fullmatch(match[0]) is not None
            if not numbered or catalogue.notes[beside].title == note.title:
                return beside
    return None
