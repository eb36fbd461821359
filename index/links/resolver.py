"""Tells which note a link means, and which folder holds the notes that are tags."""

import html
import posixpath
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from index.text.dates import day_named

_NOTE_ENDS = (".md", ".markdown")
_FOLDER_NOTES = frozenset({"index", "_index", "readme"})
_KEPT = 50_000
"""Paths and targets whose names are remembered: an edit changes few of a vault's."""
_LOOK_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("‘’‚‛′´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", None),
    }
)


class Resolver:
    """Finds the note that a link's target names, as Obsidian does.

    In order: the path as written, from the top of the vault, then from the linking note's
    folder; both again with letter case, Unicode forms and look-alike punctuation folded;
    the note whose path ends with the target, the shortest path first, then alphabetically;
    the note that opens the folder of that path; the journal of that day; another name.
    Each look-up takes constant time, memory grows with the number of folders in the paths.
    """

    def __init__(self, paths: Iterable[str], aliases: Iterable[tuple[str, str]] = ()) -> None:
        """``aliases`` are pairs of another name and the path it stands for."""
        self._paths = frozenset(paths)
        self._whole: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._days: dict[str, str] = {}
        for path in sorted(self._paths, key=lambda one: (len(one), one)):
            self._add(path)
        self._aliases: dict[str, str] = {}
        for name, path in aliases:
            self._aliases.setdefault(fold(name), path)

    def resolve(self, target: str, source: str) -> str | None:
        """The path of the note that ``target`` names in the note at ``source``, or ``None``.

        An empty target, as in ``[[#heading]]``, is the source itself. ``./`` and ``../``
        start at the source's folder, ``/`` at the top of the vault.
        """
        if not target.strip("/"):
            return source if source in self._paths and not target else None
        near = posixpath.normpath(posixpath.join(posixpath.dirname(source), target.strip("/")))
        top = target.strip("/")
        if target.startswith(("./", "../")):
            tries: tuple[str, ...] = (near,)
        elif target.startswith("/"):
            tries = (top,)
        else:
            tries = (top, near)
        found = next((path for one in tries if (path := self._exact(one))), None)
        found = found or next((path for one in tries if (path := self._whole.get(_key(one)))), None)
        return found or self._loosely(target, near)

    def _add(self, path: str) -> None:
        parts = [fold(part) for part in _without_end(path).split("/")]
        self._whole.setdefault("/".join(parts), path)
        for at in range(len(parts)):
            self._endings.setdefault("/".join(parts[at:]), path)
        if parts[-1] in _FOLDER_NOTES:
            for at in range(len(parts) - 1):
                self._folders.setdefault("/".join(parts[at:-1]), path)
        if day := day_named(parts[-1]):
            self._days.setdefault(day, path)

    def _exact(self, target: str) -> str | None:
        for end in ("", *_NOTE_ENDS):
            if target + end in self._paths:
                return target + end
        return None

    def _loosely(self, target: str, near: str) -> str | None:
        """By the end of the path, by the folder, the day or another name."""
        if target.startswith("../"):
            return self._folders.get(_key(near))
        name = target.strip("/").removeprefix("./")
        key = _key(name)
        if found := self._endings.get(key):
            return found
        if "/" in target and (found := self._folders.get(_key(near)) or self._folders.get(key)):
            return found
        day = day_named(name)
        return (self._days.get(day) if day else None) or self._aliases.get(key)


@lru_cache(_KEPT)
def found_by(path: str) -> frozenset[str]:
    """Names one of which every link that can mean this note asks for (``asks_for``)."""
    parts = [fold(part) for part in _without_end(path).split("/")]
    folder = parts[-2:-1] if parts[-1] in _FOLDER_NOTES else []
    day = day_named(parts[-1])
    return frozenset((parts[-1], *folder, *([day] if day else [])))


@lru_cache(_KEPT)
def asks_for(target: str) -> frozenset[str] | None:
    """Names of which another note must have one (``found_by``) for this target to mean it.

    None where that depends on the note in which the link stands, as with ``..``.
    """
    if not target.strip("/"):
        return frozenset()
    name = target.strip("/").removeprefix("./")
    last = name.rpartition("/")[2]
    if last in ("", ".", ".."):
        return None
    whole = _slashed(last).rpartition("/")[2]  # a.md, as written, may mean a.md.md
    day = day_named(name)
    return frozenset((_key(last).rpartition("/")[2], fold(whole), *([day] if day else [])))


def fold(name: str) -> str:
    """``name`` as links are compared: case, width, dashes, quotes and entities set aside."""
    if "&" in name:
        name = html.unescape(name)
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name).translate(_LOOK_ALIKE)
        name = unicodedata.normalize("NFKC", name.casefold())
    return " ".join(name.casefold().split())


def _without_end(path: str) -> str:
    for end in _NOTE_ENDS:
        if path.lower().endswith(end):
            path = path[: -len(end)]
            break
    return _slashed(path)


def _slashed(name: str) -> str:
    """With the slashes of a page's name that Logseq writes otherwise in the file's name."""
    return name.replace("___", "/").replace("%2F", "/")


def _key(target: str) -> str:
    return "/".join(fold(part) for part in _without_end(target).split("/"))
