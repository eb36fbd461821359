"""The index at a glance: what ``wengu status`` prints and ``/api/index`` answers."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import NotReady, WenguError
from index.exact import Kind, kind_for
from index.report import Progress
from index.settings import Settings
from search.engine import Records
from search.snapshot import Index, opened
from search.updates import Updates

COUNT_EVERY = 2.0
"""Seconds between two countings while an update runs; they read the whole store."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A file that was passed over, or read with a complaint."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows of itself."""

    notes: int = 0
    """Indexed and skipped together."""
    indexed: int = 0
    skipped: int = 0
    passages: int = 0
    embedded: int = 0
    """Passages that can be found by meaning already."""
    search: Kind = "exact"
    """Whether a question is compared with every passage, or roughly first."""
    model: str = ""
    dimensions: int = 0
    updated_at: str | None = None
    """ISO 8601, UTC."""
    warnings: tuple[Warned, ...] = ()


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

    def __init__(self, settings: Settings, index: Index, updates: Updates) -> None:
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
            watching=self._settings.watch and self.updates.may_run,
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


def count(settings: Settings, store: Records) -> Facts:
    """Counts and names as of the store's newest state."""
    with store.reading():
        counts = store.counts(store.meta("model"))
        problems = store.problems()
        skipped = len({problem.path for problem in problems if problem.skipped})
        return Facts(
            notes=counts["notes"] + skipped,
            indexed=counts["notes"],
            skipped=skipped,
            passages=counts["passages"],
            embedded=counts["embedded"],
            search=kind_for(counts["passages"]),
            model=store.meta("model_name", settings.model),
            dimensions=int(store.meta("dimensions", "0")),
            updated_at=store.meta("updated_at") or None,
            warnings=tuple(Warned(problem.path, problem.message) for problem in problems),
        )


def facts_if_any(settings: Settings) -> Facts:
    """The same, and all zero where there is no index yet."""
    store = opened(settings)
    try:
        return count(settings, store.records)
    except NotReady:
        return Facts(model=settings.model)
    finally:
        store.close()


def size(folder: Path) -> int:
    """Bytes of all files of an index."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # replaced by a newer one meanwhile
            continue
    return total
