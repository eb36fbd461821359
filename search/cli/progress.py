"""Shows on stderr how far an update has come: a bar on a terminal, else a line now and then."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from index import progress as told
from search.service.logs import event

LINE_EVERY = 5.0
_PHASES = {"reading": "notes", "embedding": "passages", "publishing": "steps"}


class Shown(Protocol):
    """Where an update is shown."""

    def progress(self, now: told.Progress) -> None:
        """Show how far it has come."""

    def say(self, message: str) -> None:
        """Show a line of its own."""


@contextmanager
def shown(log: str = "plain") -> Iterator[Shown]:
    """A bar while the block runs, or lines where nobody watches; events where those are logged."""
    if log == "json":
        yield _Events()
        return
    if not sys.stderr.isatty():
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(bars)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def progress(self, now: told.Progress) -> None:
        if now.phase not in self._tasks:
            self._tasks[now.phase] = self._bars.add_task(now.phase, total=now.total, pace="")
        task = self._tasks[now.phase]
        self._bars.update(task, completed=now.done, total=now.total, pace=_pace(now))
        if now.done >= now.total:
            self._bars.remove_task(self._tasks.pop(now.phase))

    def say(self, message: str) -> None:
        self._bars.console.print(message, style="dim", highlight=False)


class _Lines:
    def __init__(self) -> None:
        self._last = ("", 0.0)

    def progress(self, now: told.Progress) -> None:
        phase, at = self._last
        if now.phase == phase and time.monotonic() - at < LINE_EVERY:
            return
        self._last = now.phase, time.monotonic()
        self.tell(now)

    def tell(self, now: told.Progress) -> None:
        self.say(f"{now.phase} {now.done}/{now.total} {_pace(now)}".strip())

    def say(self, message: str) -> None:
        print(message, file=sys.stderr, flush=True)


class _Events(_Lines):
    def tell(self, now: told.Progress) -> None:
        event("progress", phase=now.phase, done=now.done, total=now.total)

    def say(self, message: str) -> None:
        event("message", message=message)


def _pace(now: told.Progress) -> str:
    if not now.rate:
        return ""
    left = "" if now.seconds_left is None else f", {_time(now.seconds_left)} left"
    return f"{now.rate:,.0f} {_PHASES[now.phase]}/s{left}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
