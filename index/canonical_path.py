"""Spells a path as its file system does, so that one folder has one name.

Windows and macOS open a folder whose name is typed in another case, macOS in another Unicode
form too. But what they tell of edits is spelled as on disk, and an index is named after its
folder.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from unicodedata import normalize


def canonical(path: Path) -> Path:
    """The absolute path, without links, each name as the folder above it lists it."""
    resolved = path.expanduser().resolve()
    spelled = Path(resolved.anchor)
    for name in resolved.parts[1:]:
        spelled /= _listed(spelled, name)
    return spelled


def _listed(folder: Path, name: str) -> str:
    try:
        names = os.listdir(folder)  # noqa: PTH208
        return spelling(name, names, lambda other: (folder / name).samefile(folder / other))
    except OSError:  # there is none such, or nobody may look
        return name


def spelling(name: str, listed: Iterable[str], is_same: Callable[[str], bool]) -> str:
    """Which of the names in a folder is meant by one that is typed.

    ``is_same`` tells whether the typed name and another one open the same.
    """
    names = list(listed)
    if name in names:
        return name
    folded = _folded(name)
    return next((each for each in names if _folded(each) == folded and is_same(each)), name)


def _folded(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())
