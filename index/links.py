"""Which note a link means, and which folder holds the notes that are tags."""

import html
import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

_NOTE_ENDS = (".md", ".markdown")
_LOOK_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", None),
    }
)


class Resolver:
    """Finds the note that a link's target names, as Obsidian does.

    In order: the exact path; the path from the linking note's folder; the same two with
    letter case, Unicode forms and look-alike punctuation folded; then the note whose path
    ends with the target, the shortest path first, then alphabetically; last an alias.
    Each look-up takes constant time. Memory grows with the number of folders in the paths.
    """

    def __init__(self, paths: Iterable[str], aliases: Iterable[tuple[str, str]] = ()) -> None:
        """``aliases`` are pairs of another name and the path it stands for."""
        self._paths = frozenset(paths)
        self._folded: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        for path in sorted(self._paths, key=lambda one: (len(one), one)):
            parts = [fold(part) for part in _without_end(path).split("/")]
            self._folded.setdefault("/".join(parts), path)
            for at in range(len(parts)):
                self._endings.setdefault("/".join(parts[at:]), path)
        self._aliases: Mapping[str, str] = {fold(name): path for name, path in aliases}

    def resolve(self, target: str, source: str) -> str | None:
        """The path of the note that ``target`` names in the note at ``source``, or ``None``.

        An empty target, as in ``[[#heading]]``, is the source itself.
        """
        if not target:
            return source if source in self._paths else None
        relative = target.startswith(("./", "../"))
        folder = posixpath.dirname(source)
        near = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
        tries = (near,) if relative else (target.strip("/"), near)
        if target.startswith("/"):
            tries = (target.strip("/"),)
        for one in tries:
            if found := self._exact(one):
                return found
        keys = [_key(one) for one in tries]
        for key in keys:
            if key in self._folded:
                return self._folded[key]
        if target.startswith("../"):
            return None
        key = _key(target.strip("/").removeprefix("./"))
        return self._endings.get(key) or self._aliases.get(key)

    def _exact(self, target: str) -> str | None:
        for end in ("", *_NOTE_ENDS):
            if target + end in self._paths:
                return target + end
        return None


def fold(name: str) -> str:
    """``name`` as links are compared: case, width, dashes, quotes and entities set aside."""
    name = unicodedata.normalize("NFKC", html.unescape(name)).translate(_LOOK_ALIKE)
    return " ".join(name.casefold().split())


def tag_folder(links: Iterable[tuple[str, str, str | None]], notes: int) -> str | None:
    """The folder whose notes serve as tags, if the vault has one.

    ``links`` are triples of the linking note's path, the linked note's path and the title
    of the section the link stands in; ``notes`` is the number of notes in the vault. A
    folder of tags is linked under one and the same heading from at least half of all notes,
    by most of the links it gets, by three notes or more for each tag on average, and it
    holds at most half of the notes that are linked or link. The deepest such folder wins.
    """
    under: dict[tuple[str, str], set[str]] = defaultdict(set)
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    all_links: dict[str, int] = defaultdict(int)
    tags: dict[str, set[str]] = defaultdict(set)
    for source, target, section in links:
        for folder in _folders(target):
            all_links[folder] += 1
            if section:
                place = (folder, fold(section))
                under[place].add(source)
                pairs[place] += 1
                tags[folder].add(target)
    fitting = [
        (len(sources), folder.count("/"), folder)
        for (folder, section), sources in under.items()
        if len(sources) * 2 >= notes
        and pairs[folder, section] * 2 > all_links[folder]
        and pairs[folder, section] >= 3 * len(tags[folder])
        and len(tags[folder]) * 2 <= notes
    ]
    return max(fitting)[2] if fitting else None


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _without_end(path: str) -> str:
    for end in _NOTE_ENDS:
        if path.lower().endswith(end):
            return path[: -len(end)]
    return path


def _key(target: str) -> str:
    return "/".join(fold(part) for part in _without_end(target).split("/"))
