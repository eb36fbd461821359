"""Copies that programs make of a note beside it: where two machines wrote it, or by hand."""

import re
from pathlib import PurePosixPath

from index.store.records import StoredNote
from search.catalogue.catalogue import Catalogue

_COPY = re.compile(
    r"[ ._-]*\([^()]*(?:conflict|copy|冲突|衝突|副本|复件)[^()]*\)"
    r"|[ ._-]+(?:(?:sync-)?conflict|conflicted copy|copy|冲突|衝突|副本|复件)\b.*"
    r"|[-_]?(?:冲突|副本).*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r" (?:\d{1,2}|\(\d{1,2}\))")
"""As programs number copies; a note of a series has a title of its own."""


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
