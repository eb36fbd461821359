"""Decides when the index may have fallen behind its notes; what to do is the caller's.

Events come from the operating system, but network and sync folders lose them and a folder
can be unmounted and come back, so the notes are also looked over every so often.
"""

import math
import mimetypes
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import watchfiles

from index.progress import Scope
from index.settings import USER_DICTIONARY

SWEEP_SECONDS = 60.0
QUIET_MS = 50
"""An edit is over when nothing happens for this long: editors write, rename and delete."""
LONGEST_EDIT_MS = 1000
LOOK_SECONDS = 1.0
"""How often the folder itself is looked at: it may have been unmounted or replaced."""
_NOTE_SUFFIXES = (".md", ".markdown")
_IGNORE_FILE = ".wenguignore"


def watch(
    notes: Path,
    index: Path,
    changed: Callable[[Scope], None],
    stop: threading.Event,
    sweep: float = SWEEP_SECONDS,
) -> None:
    """Call ``changed`` after edits under ``notes``, and every ``sweep`` seconds; until ``stop``.

    It is told what to read: after an edit what differs in size or time, in a sweep all files.

    The first call comes as soon as edits can be heard, for those that came before.
    Blocks its thread and never fails: where the folder cannot be watched, or is gone, it
    is looked at again and again. ``index`` is the index's own folder, whose changes are
    not edits.
    """
    while not stop.is_set():
        seen = _identity(notes)
        try:
            if seen is not None:
                _follow(notes, index, changed, stop, sweep)
        except (OSError, RuntimeError):  # too many watches, no rights
            stop.wait(sweep)
        _wait_for_another(notes, seen, stop)
        if not stop.is_set():
            changed("all")


def concerns_notes(path: Path, notes: Path, index: Path) -> bool:
    """Whether a change at ``path`` may change what is to be indexed.

    Of a name that is gone, or a file now, nobody can tell whether it was a folder, so only names
    of other kinds of files are left out.
    """
    if path.is_relative_to(index) or not path.is_relative_to(notes):
        return False
    parts = path.relative_to(notes).parts
    if parts in ((_IGNORE_FILE,), USER_DICTIONARY.parts):
        return True
    if any(part.startswith(".") or part == "node_modules" for part in parts):
        return False
    if path.suffix.lower() in _NOTE_SUFFIXES or path.is_dir():
        return True
    return mimetypes.guess_type(path.name)[0] is None


def _follow(
    notes: Path, index: Path, changed: Callable[[Scope], None], stop: threading.Event, sweep: float
) -> None:
    """Until stopped, or until the folder is no longer the one that was there."""
    seen, last = _identity(notes), -math.inf
    for batch in watchfiles.watch(
        notes,
        watch_filter=None,
        debounce=LONGEST_EDIT_MS,
        step=QUIET_MS,
        stop_event=stop,
        rust_timeout=int(min(LOOK_SECONDS, sweep) * 1000),
        yield_on_timeout=True,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        if _identity(notes) != seen:
            return
        if time.monotonic() - last >= sweep:
            changed("all")
            last = time.monotonic()
        elif _any_concerns(batch, notes, index):
            changed("changed")


def _any_concerns(batch: Iterable[tuple[watchfiles.Change, str]], notes: Path, index: Path) -> bool:
    return any(concerns_notes(Path(path), notes, index) for _, path in batch)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)  # noqa: PTH116
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _wait_for_another(notes: Path, seen: tuple[int, int] | None, stop: threading.Event) -> None:
    """While the folder is gone there is nothing to do."""
    while _identity(notes) is None and not stop.wait(LOOK_SECONDS):
        pass
