"""A folder → its notes: which files they are, and their text, read safely."""

import codecs
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pathspec import GitIgnoreSpec

from .encodings import Undecodable, decode
from .errors import WenguError

IGNORE_FILE = ".wenguignore"
MAX_BYTES = 20_000_000
_NOTE = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_SKIPPED_FOLDERS = frozenset({"node_modules"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Unreadable(Exception):
    """This note cannot be indexed; ``reason`` says why, for its owner."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Vanished(Unreadable):
    """The note was there when the folder was listed and is gone now."""


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note's file as the folder lists it; ``path`` is relative, with ``/``."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What a folder holds.

    ``warnings`` are pairs of path and message. ``unlisted`` are the folders that could not
    be listed: notes known to be in them are not to be taken for deleted.
    """

    files: tuple[NoteFile, ...]
    warnings: tuple[tuple[str, str], ...] = ()
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A note's text as it stands in the file, and the digest of the file's bytes."""

    text: str
    digest: str
    warnings: tuple[str, ...] = ()


def walk(root: Path, ignore: Sequence[str] = (), *, follow_links: bool = False) -> Walk:
    """Every note under ``root``, sorted by path.

    Hidden files and folders, ``node_modules``, and what the patterns of ``.wenguignore``
    and ``ignore`` name (both in the form of ``.gitignore``) are passed over. Only plain
    files count. Symbolic links are passed over too: what they name inside the folder is
    found in its own place, and what is outside is read only with ``follow_links``.

    Raises ``WenguError`` when ``root`` is not a folder that can be listed.
    """
    try:
        with os.scandir(root):
            pass
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise WenguError(
            f"cannot list the notes folder {root}: {reason}; give the path of a folder of notes"
        ) from error
    spec, warnings = _ignore_spec(root, ignore)
    walker = _Walker(root, spec, follow_links)
    walker.run()
    files = tuple(sorted(walker.files, key=lambda one: one.path))
    return Walk(files, (*warnings, *sorted(walker.warnings)), tuple(sorted(walker.unlisted)))


def read(
    root: Path, path: str, max_bytes: int = MAX_BYTES, *, follow_links: bool = False
) -> Source:
    """The text of the note at ``path`` under ``root``.

    Raises ``Unreadable``: too large (then nothing is read), not a plain file, outside
    ``root``, not text; or ``Vanished``: no longer there.
    """
    data = _bytes(root, path, max_bytes, follow_links)
    digest = blake2b(data, digest_size=20).hexdigest()
    try:
        text, encoding = decode(data)
    except Undecodable as error:
        raise Unreadable(str(error)) from error
    warnings = () if encoding == "UTF-8" else (f"read as {encoding}",)
    return Source(text, digest, warnings)


def _bytes(root: Path, path: str, max_bytes: int, follow_links: bool) -> bytes:
    place = root / path
    try:
        if not follow_links and not place.resolve(strict=True).is_relative_to(root.resolve()):
            raise Unreadable("leads out of the notes folder by a symbolic link; not followed")
        # Without O_NONBLOCK, opening a FIFO would wait for its other end.
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is not a plain file; not opened")
            if status.st_size > max_bytes:
                raise Unreadable(_too_large(status.st_size, max_bytes))
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Vanished("was removed while it was read") from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(f"cannot be read: {reason.lower()}") from error
    if len(data) > max_bytes:
        raise Unreadable(_too_large(len(data), max_bytes))
    return data


def _too_large(size: int, limit: int) -> str:
    return f"is {size / 1e6:.1f} MB, larger than the limit of {limit / 1e6:.1f} MB; not read"


def _ignore_spec(root: Path, ignore: Sequence[str]) -> tuple[GitIgnoreSpec, list[tuple[str, str]]]:
    lines: list[str] = []
    warnings: list[tuple[str, str]] = []
    if (root / IGNORE_FILE).is_file():
        try:
            lines = read(root, IGNORE_FILE).text.lstrip("\ufeff").splitlines()
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
    return GitIgnoreSpec.from_lines(kept), warnings


class _Walker:
    """One walk through a folder, without recursion, each folder entered once."""

    def __init__(self, root: Path, spec: GitIgnoreSpec, follow_links: bool) -> None:
        self.files: list[NoteFile] = []
        self.warnings: list[tuple[str, str]] = []
        self.unlisted: list[str] = []
        self._root, self._spec, self._follow = root, spec, follow_links
        self._inside = root.resolve()
        self._entered: set[tuple[int, int]] = set()

    def run(self) -> None:
        waiting = [""]
        while waiting:
            waiting.extend(self._folder(waiting.pop()))

    def _folder(self, folder: str) -> Iterator[str]:
        place = self._root / folder
        try:
            status = place.stat()
            if (status.st_dev, status.st_ino) in self._entered:
                return
            self._entered.add((status.st_dev, status.st_ino))
            with os.scandir(place) as listing:
                entries = sorted(listing, key=lambda one: one.name)
        except OSError as error:
            self.unlisted.append(folder)
            reason = (error.strerror or "error").lower()
            self.warnings.append((folder, f"this folder cannot be listed: {reason}"))
            return
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if self._entry(entry, path):
                yield path

    def _entry(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether the entry is a folder to enter; a note is noted down."""
        if entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
            return False
        try:
            if entry.is_symlink() and not self._may_follow(path):
                return False
            if entry.is_dir():
                return not self._spec.match_file(path + "/")
            if not _NOTE.search(entry.name) or self._spec.match_file(path):
                return False
            if not entry.is_file():
                self.warnings.append((path, "is not a plain file; not opened"))
                return False
            self._note(path, entry.stat())
        except OSError as error:
            self.warnings.append((path, f"cannot be read: {(error.strerror or 'error').lower()}"))
        return False

    def _may_follow(self, path: str) -> bool:
        if self._follow:
            return True
        try:
            inside = (self._root / path).resolve(strict=True).is_relative_to(self._inside)
        except (OSError, RuntimeError):
            inside = False
        if not inside:
            self.warnings.append((path, "is a symbolic link out of the notes folder; not followed"))
        return False

    def _note(self, path: str, status: os.stat_result) -> None:
        try:
            codecs.encode(path, "utf-8")
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "backslashreplace").decode()
            self.warnings.append((shown, "its name is not valid text; rename it"))
            return
        if _UNPRINTABLE.search(path):
            self.warnings.append((path, "its name holds control or direction characters"))
        self.files.append(NoteFile(path, status.st_size, status.st_mtime_ns))
