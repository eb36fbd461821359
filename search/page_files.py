"""The page's files as they go over the wire; each is read and pressed once."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from index.errors import NotFound

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_NAME = re.compile(r"[A-Za-z0-9][\w-]*(\.[a-z]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file with its media type, its bytes as they are and pressed with gzip, and its ETag."""

    media_type: str
    plain: bytes
    pressed: bytes
    etag: str


class PageFiles:
    """Files of one folder by name; a changed file is read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, tuple[tuple[int, int], PageFile]] = {}

    def get(self, name: str) -> PageFile:
        """The file called ``name``.

        Raises:
            NotFound: the page has no such file.
        """
        form = _NAME.fullmatch(name)
        place = self._folder / name
        if form is None or form[1] not in _KINDS or not place.is_file():
            raise NotFound(f"there is nothing at /{name}; the page is at /")
        stat = place.stat()
        state = stat.st_mtime_ns, stat.st_size
        kept = self._kept.get(name)
        if kept is None or kept[0] != state:
            kept = self._kept[name] = state, _read(place, _KINDS[form[1]])
        return kept[1]


def _read(place: Path, media_type: str) -> PageFile:
    content = place.read_bytes()
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    return PageFile(media_type, content, gzip.compress(content, mtime=0), etag)
