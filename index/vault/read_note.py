"""Reads a note's file from inside a folder without being led astray."""

import os
import re
import stat
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from index.vault.encodings import Undecodable, decode

MAX_BYTES = 20_000_000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Unreadable(Exception):
    """This file cannot be read; ``reason`` says why, for its owner."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Vanished(Unreadable):
    """The file was there when the folder was listed and is gone now."""


def read_bytes(root: Path, path: str, max_bytes: int, *, follow_links: bool = False) -> bytes:
    """All bytes of the plain file at ``path`` under ``root``, if they are ``max_bytes`` at most.

    Raises ``Unreadable``: too large (then nothing is read), a device or FIFO (then it is not
    waited for), outside ``root``; or ``Vanished``.
    """
    place = root / path
    try:
        if not _is_inside(root, path, follow_links):
            raise Unreadable("is outside the notes folder; not read")
        # Without O_NONBLOCK, opening a FIFO would wait for its other end.
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is not a plain file; not read")
            _check_size(status.st_size, max_bytes)
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Vanished("was removed while it was read") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise Unreadable(f"cannot be read: {reason_of(error)}") from error
    _check_size(len(data), max_bytes)
    return data


def reason_of(error: Exception) -> str:
    """What the system says is wrong, in a few words."""
    return (getattr(error, "strerror", None) or str(error) or "unknown error").lower()


def _is_inside(root: Path, path: str, follow_links: bool) -> bool:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        return False
    return follow_links or (root / path).resolve(strict=True).is_relative_to(root.resolve())


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise Unreadable(f"is {_amount(size)}, larger than the limit of {_amount(limit)}; not read")


def _amount(size: int) -> str:
    """Bytes in the unit that people would choose."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"


@dataclass(frozen=True, slots=True)
class Source:
    """A note's text as it stands in the file, and the digest of the file's bytes."""

    text: str
    digest: str
    warnings: tuple[str, ...] = ()


def read(
    root: Path, path: str, max_bytes: int = MAX_BYTES, *, follow_links: bool = False
) -> Source:
    """The text of the note at ``path`` under ``root``, with its line ends as they are.

    Raises ``Unreadable``: too large (then nothing is read), not a plain file, outside
    ``root``, not text; or ``Vanished``: no longer there.
    """
    data = read_bytes(root, path, max_bytes, follow_links=follow_links)
    try:
        text, encoding = decode(data)
    except Undecodable as error:
        raise Unreadable(str(error)) from error
    warnings = [] if encoding == "UTF-8" else [f"read as {encoding}; it is not UTF-8"]
    if _UNPRINTABLE.search(path):
        warnings.append("its name holds control or direction characters; rename it")
    return Source(text, blake2b(data, digest_size=20).hexdigest(), tuple(warnings))
