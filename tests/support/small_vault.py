"""A vault of a few short notes in a test's own folder, indexed by the real thing."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model.encoder import Encoder
from index.progress import Report, Scope
from index.settings import Settings
from index.store.reader import Reader
from index.update import update
from search.result import Mode
from search.searcher import Searcher
from search.snapshot import OpenIndex

Vectors = NDArray[np.float32]


class Remembering:
    """A real encoder that works out each text once in a session."""

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self._real = cache(load)
        self.embedded: list[str] = []
        """Every text of a passage that was asked for, in order."""
        self._fixed: tuple[str, str, int, int] | None = None
        self._passages: dict[str, Vectors] = {}
        self._queries: dict[str, Vectors] = {}
        self._counts: dict[str, int] = {}

    def remembered(self) -> dict[str, object]:
        """All that it knows, for another process to start from."""
        names = ("_fixed", "_passages", "_queries", "_counts")
        return {name: getattr(self, name) for name in names}

    def _about(self) -> tuple[str, str, int, int]:
        if self._fixed is None:
            real = self._real()
            self._fixed = (real.name, real.fingerprint, real.dimensions, real.max_tokens)
        return self._fixed

    @property
    def name(self) -> str:
        return self._about()[0]

    @property
    def fingerprint(self) -> str:
        return self._about()[1]

    @property
    def dimensions(self) -> int:
        return self._about()[2]

    @property
    def max_tokens(self) -> int:
        return self._about()[3]

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        if new:
            self._passages.update(zip(new, self._real().passages(new), strict=True))
        return np.stack([self._passages[text] for text in texts])

    def query(self, text: str) -> Vectors:
        if text not in self._queries:
            self._queries[text] = self._real().query(text)
        return self._queries[text]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        new = [text for text in dict.fromkeys(texts) if text not in self._counts]
        if new:
            self._counts.update(zip(new, self._real().count_tokens(new), strict=True))
        return [self._counts[text] for text in texts]


class SmallVault:
    """Notes and index beside each other in one folder."""

    def __init__(self, folder: Path, encoder: Encoder, **settings: object) -> None:
        from index.settings import load

        self.notes = folder / "notes"
        self.notes.mkdir(parents=True, exist_ok=True)
        self.encoder = encoder
        self.settings: Settings = load(notes=self.notes, index=folder / "index", **settings)

    def write(self, path: str, content: str | bytes) -> Path:
        place = self.notes / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def update(self, scope: Scope = "all") -> Report:
        return update(self.settings, self.encoder, scope)

    def store(self) -> Reader:
        return Reader.open(self.settings.store_file)

    def searcher(self) -> Searcher:
        return Searcher(self.settings, OpenIndex(self.settings, self.encoder))

    def paths(self, query: str, mode: Mode = "hybrid") -> list[str]:
        """Notes found, best first."""
        found = self.searcher().search(query, mode=mode, group="note", k=100)
        return [hit.path for hit in found.results]

    def passages_with_all(self, words: str) -> set[str]:
        """Notes of which a found passage holds these words as they stand."""
        found = self.searcher().search(words, k=100)
        return {hit.path for hit in found.results if words in hit.text}
