"""Sums the index up: what ``wengu status`` prints and ``/api/index`` answers."""

import time
from dataclasses import dataclass
from typing import Literal

from index.errors import WenguError
from index.progress import Progress
from index.settings import Settings
from search.diagnostics.status import Facts, Warned, count, size
from search.service.updates import Updates
from search.snapshot import OpenIndex

COUNT_EVERY = 2.0
"""Seconds between two countings while an update runs; they read the whole store."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The answer of ``/api/index``."""

    state: Literal["idle", "updating", "failed"]
    vault: str
    notes: int
    indexed: int
    skipped: int
    passages: int
    embedded: int
    model: str
    dimensions: int
    updated_at: str | None
    size_bytes: int
    progress: Progress | None
    warnings: tuple[Warned, ...]
    error: str | None
    watching: bool


class Overviews:
    """Overviews of a server's index; counts again only when there is something new."""

    def __init__(self, settings: Settings, index: OpenIndex, updates: Updates) -> None:
        self.updates = updates
        self._settings = settings
        self._index = index
        self._counted: tuple[int, float, Facts] = (-1, 0.0, Facts(model=settings.model))

    def now(self) -> Overview:
        """The newest overview; all zero before anything is indexed."""
        status = self.updates.status
        facts = self._facts(status.state == "updating")
        return Overview(
            state=status.state,
            vault=self._settings.notes.name,
            notes=facts.notes,
            indexed=facts.indexed,
            skipped=facts.skipped,
            passages=facts.passages,
            embedded=facts.embedded,
            model=facts.model,
            dimensions=facts.dimensions,
            updated_at=facts.updated_at,
            size_bytes=size(self._settings.index_dir),
            progress=status.progress,
            warnings=facts.warnings,
            error=status.error,
            watching=self._settings.watch and self.updates.enabled,
        )

    def _facts(self, is_updating: bool) -> Facts:
        try:
            store = self._index.store
        except WenguError:
            return Facts(model=self._settings.model)
        generation, counted_at, facts = self._counted
        if store.generation == generation:
            return facts
        if is_updating and time.monotonic() - counted_at < COUNT_EVERY:
            return facts
        now = store.generation
        self._counted = now, time.monotonic(), count(self._settings, store)
        return self._counted[2]
