"""Defines what an update tells while it runs and when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Scope = Literal["changed", "all", "rebuild"]
"""What an update reads: files that are new or whose size or time has changed; all files; or
all of them as if each had changed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update has come."""

    phase: Literal["reading", "embedding", "publishing"]
    done: int
    total: int
    rate: float = 0.0
    """Notes or passages a second."""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did."""

    total: int
    added: int
    changed: int
    moved: int
    """Notes found again under another path; they count neither as added nor as deleted."""
    deleted: int
    unchanged: int
    skipped: int
    passages: int
    embedded: int
    """Passages that got a vector in this update."""
    reused: int
    """Passages written in this update whose vector was known already."""
    seconds: float
    warnings: tuple[tuple[str, str], ...]
    """(path, message) of every file passed over or read with a complaint."""


Listener = Callable[[Progress], None]
