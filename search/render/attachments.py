"""Finds pictures of the vault by name as Obsidian does, and never outside it."""

import os
import posixpath
from pathlib import Path

from index.errors import NotFound
from index.vault.walk import passes_over

IMAGE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".svg": "image/svg+xml",
}
_MOST_FILES = 200_000


def image(notes: Path, path: str) -> Path:
    """The picture's file.

    Raises:
        NotFound: it is no picture, not there, hidden, or leads out of the vault.
    """
    place = _inside(notes, path)
    if place is None:
        raise NotFound(f"there is no picture at {path} in the vault")
    return place


class Attachments:
    """Where the pictures that one note names lie."""

    def __init__(self, notes: Path, source: str) -> None:
        self._notes = notes
        self._folder = posixpath.dirname(source)
        self._by_name: dict[str, str] | None = None

    def find(self, target: str) -> str | None:
        """Path of the picture meant: from the vault's root, from the note's folder, by name."""
        near = posixpath.normpath(posixpath.join(self._folder, target))
        for path in (posixpath.normpath(target.lstrip("/")), near):
            if _inside(self._notes, path):
                return path
        if not _is_image(target):
            return None
        if self._by_name is None:
            self._by_name = _pictures(self._notes)
        named = self._by_name.get(posixpath.basename(target).casefold())
        return named if named and _inside(self._notes, named) else None


def _inside(notes: Path, path: str) -> Path | None:
    """The file of a picture, by whatever links it is reached: itself a picture of the vault."""
    try:
        place = (notes / path).resolve(strict=True)
        real = place.relative_to(notes.resolve()).as_posix()
        is_there = _is_image(path) and _is_image(real) and place.is_file()
    except (OSError, RuntimeError, ValueError):  # missing, outside, a loop of links, a null byte
        return None
    hidden = passes_over(notes) if is_there else None
    return None if hidden is None or hidden(path) or hidden(real) else place


def _is_image(path: str) -> bool:
    return posixpath.splitext(path)[1].lower() in IMAGE_TYPES


def _pictures(notes: Path) -> dict[str, str]:
    """Shortest path of each picture's name; the search ends where a vault is no vault."""
    found: dict[str, str] = {}
    seen = 0
    for folder, subfolders, names in os.walk(notes):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        seen += len(names)
        if seen > _MOST_FILES:
            break
        for name in filter(_is_image, sorted(names)):
            path = (Path(folder) / name).relative_to(notes).as_posix()
            known = found.setdefault(name.casefold(), path)
            if path.count("/") < known.count("/"):
                found[name.casefold()] = path
    return found
