"""Replaces and removes files that others may have open.

Windows refuses that while a file is open or mapped anywhere. Readers let go of most files at
once, and so do virus scanners, so it is tried again for a while.
"""

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from index.errors import WenguError

PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0)
"""Seconds between tries, 7 in all."""
_DENIED, _IN_USE, _LOCKED = 5, 32, 33
"""What Windows says of a file that is open, mapped or locked elsewhere."""


class InUse(WenguError):
    """Another program has the file open and does not let go."""


def replace(source: Path, target: Path) -> None:
    """Put a file or folder in the place of another file, or where nothing is.

    Raises:
        InUse: the target stays open elsewhere.
    """
    _patiently(target, lambda: source.replace(target))


def remove(path: Path) -> None:
    """Delete a file or a whole folder; one that is gone already is no fault.

    Raises:
        InUse: something of it stays open elsewhere.
    """

    def once() -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    _patiently(path, once)


def _patiently(path: Path, action: Callable[[], object]) -> None:
    for pause in (*PAUSES, None):
        try:
            action()
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in (_DENIED, _IN_USE, _LOCKED):
                raise
            if pause is None:
                raise InUse(
                    f"{path} is open in another program; stop other wengu commands and servers of "
                    "this folder, then run this again"
                ) from error
        time.sleep(pause)
