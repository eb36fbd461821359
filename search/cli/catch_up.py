"""Brings an index that is behind up to date before it answers, or says that it is behind."""

import sys

from index.errors import WenguError
from index.settings import Settings
from search.diagnostics.status import PendingChanges, pending_changes
from search.searcher import Searcher
from search.service.updates import IndexUpdater
from search.snapshot import OpenIndex
from search.store.models import Models

_FEW = 20
"""Notes that are taken in before a question; together that takes about a second."""
_MOST_BYTES = 200_000


def current_searcher(settings: Settings) -> Searcher:
    """Open the index for searching, a few changed notes taken in; one line tells of them.

    Where there are more, or the index may not be written, the line says what is behind.
    """
    models = Models(settings.model_cache)
    told = _caught_up(settings, models)
    if told:
        print(told, file=sys.stderr)
    return Searcher(settings, OpenIndex(settings, models=models))


def _caught_up(settings: Settings, models: Models) -> str | None:
    """What to say of an index that differs from the notes; None where it does not."""
    if not settings.store_file.is_file():
        return None
    try:
        behind = pending_changes(settings)
    except WenguError:
        return None
    if not len(behind):
        return None
    counts = f"{len(behind.new)} new, {len(behind.changed)} changed, {len(behind.gone)} gone"
    if settings.update and settings.store is None and _is_little(behind, settings):
        try:
            IndexUpdater(settings, models)("all", _unheard)
        except WenguError:
            pass
        else:
            return f"the index was behind the notes and is updated: {counts}"
    return f"the index is behind the notes: {counts}; run: wengu index"


def _is_little(behind: PendingChanges, settings: Settings) -> bool:
    paths = (*behind.new, *behind.changed)
    if len(behind) > _FEW:
        return False
    files = (settings.notes / path for path in paths)
    return sum(file.stat().st_size for file in files if file.is_file()) <= _MOST_BYTES


def _unheard(_: object) -> None:
    """Where progress goes when nobody listens."""
