"""Finds the files in a folder that are notes."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from index.errors import WenguError
from index.vault.read_note import Unreadable, Vanished, read, reason_of

IGNORE_FILE = ".wenguignore"
_NOTE = re.compile(r"\.(?:md|markdown)\Z", re.IGNORECASE)
_USUALLY_IGNORED = ("node_modules/", "/logseq/bak/")
_LATEST = 2**63 - 1
"""Nanoseconds, in the year 2262: what the store holds; a file may claim to be of a later day."""


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note's file as the folder lists it; ``path`` is relative, with ``/``."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What a folder holds.

    ``warnings`` are pairs of path and message, for what looks like a note and is passed
    over. ``unlisted`` are the folders that could not be listed: notes known to be below
    them are not to be taken for deleted.
    """

    files: tuple[NoteFile, ...]
    warnings: tuple[tuple[str, str], ...] = ()
    unlisted: tuple[str, ...] = ()


def walk(root: Path, ignore: Sequence[str] = (), *, follow_links: bool = False) -> Walk:
    """Every note under ``root``, sorted by path.

    Hidden files and folders, ``node_modules``, Logseq's backups, and what the patterns of
    ``.wenguignore`` and ``ignore`` name (both in the form of ``.gitignore``) are passed
    over. Only plain files count. Symbolic links are passed over too: what they name inside
    the folder is found in its own place, and what is outside is read only with
    ``follow_links``.

    Raises ``WenguError`` when ``root`` is not a folder that can be listed.
    """
    try:
        with os.scandir(root):
            pass
    except OSError as error:
        raise WenguError(
            f"cannot list the notes folder {root}: {reason_of(error)}; "
            "give the path of a folder of notes"
        ) from error
    spec, warnings = _ignore_spec(root, ignore)
    walker = _Walker(root, spec, follow_links)
    walker.run()
    files = tuple(sorted(walker.files, key=lambda one: one.path))
    return Walk(files, (*warnings, *sorted(walker.warnings)), tuple(sorted(walker.unlisted)))


def _ignore_spec(root: Path, ignore: Sequence[str]) -> tuple[GitIgnoreSpec, list[tuple[str, str]]]:
    lines: list[str] = []
    warnings: list[tuple[str, str]] = []
    try:
        lines = read(root, IGNORE_FILE).text.removeprefix("\ufeff").splitlines()
    except Vanished:
        pass
    except Unreadable as error:
        warnings.append((IGNORE_FILE, f"{error.reason}; nothing is ignored by it"))
    kept: list[str] = []
    for number, line in enumerate([*lines, *ignore], 1):
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            warnings.append((IGNORE_FILE, f"line {number}: not a pattern; left out"))
        else:
            kept.append(line)
    return GitIgnoreSpec.from_lines([*_USUALLY_IGNORED, *kept]), warnings


def passes_over(root: Path) -> Callable[[str], bool]:
    """Whether a walk of ``root`` would pass over a path: hidden, or named by ``.wenguignore``."""
    spec, _ = _ignore_spec(root, ())
    return lambda path: (
        any(part.startswith(".") for part in path.split("/")) or spec.match_file(path)
    )


class _Walker:
    """One walk through a folder, without recursion, each folder entered once."""

    def __init__(self, root: Path, spec: GitIgnoreSpec, follow_links: bool) -> None:
        self.files: list[NoteFile] = []
        self.warnings: list[tuple[str, str]] = []
        self.unlisted: list[str] = []
        self._root, self._spec, self._follow = root, spec, follow_links
        self._inside = root.resolve()
        self._entered: set[tuple[int, int] | Path] = set()

    def run(self) -> None:
        waiting = [""]
        while waiting:
            waiting.extend(self._folder(waiting.pop()))

    def _folder(self, folder: str) -> Iterator[str]:
        place = self._root / folder
        try:
            status = place.stat()
            # Some network and FUSE mounts number nothing: there the path tells folders apart.
            known = (status.st_dev, status.st_ino) if status.st_ino else place.resolve()
            if known in self._entered:
                return
            self._entered.add(known)
            with os.scandir(place) as listing:
                entries = sorted(listing, key=lambda one: one.name)
        except OSError as error:
            self.unlisted.append(folder)
            self._pass_over(folder, f"this folder cannot be listed: {reason_of(error)}")
            return
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            try:
                if self._is_folder_to_enter(entry, path):
                    yield path
            except OSError as error:
                self._pass_over(path, f"cannot be read: {reason_of(error)}")

    def _is_folder_to_enter(self, entry: os.DirEntry[str], path: str) -> bool:
        """Takes the entry down if it is a note."""
        if entry.name.startswith("."):
            return False
        looks_like_note = bool(_NOTE.search(entry.name))
        if entry.is_symlink() and not self._may_follow(path, looks_like_note):
            return False
        if entry.is_dir():
            return not self._spec.match_file(path + "/")
        if looks_like_note and not self._spec.match_file(path):
            self._note(entry, path)
        return False

    def _may_follow(self, path: str, looks_like_note: bool) -> bool:
        if self._follow:
            return True
        place = self._root / path
        if looks_like_note or place.is_dir():
            try:
                inside = place.resolve(strict=True).is_relative_to(self._inside)
            except (OSError, RuntimeError):
                inside = False
            if not inside:
                self._pass_over(path, "is a symbolic link out of the notes folder; not followed")
        return False

    def _note(self, entry: os.DirEntry[str], path: str) -> None:
        if not entry.is_file():
            self._pass_over(path, "is not a plain file; not opened")
        elif path != path.encode("utf-8", "replace").decode():
            self._pass_over(path, "its name is not valid text; rename it")
        else:
            status = entry.stat()
            modified = min(status.st_mtime_ns, _LATEST)
            self.files.append(NoteFile(path, status.st_size, modified))

    def _pass_over(self, path: str, message: str) -> None:
        shown = path.encode("utf-8", "backslashreplace").decode()
        self.warnings.append((shown, message))
