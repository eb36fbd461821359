"""Loads each model once for all that ask for it in this process."""

import threading
from collections import defaultdict
from pathlib import Path

from index.model.encoder import Encoder
from index.model.load import Progress, load, load_reader
from index.model.passage_reader import PassageReader


class Models:
    """Loads a model when it is first asked for; safe to share among threads."""

    def __init__(self, cache: Path, say: Progress | None = None) -> None:
        """``say`` is told what is going on while a model is prepared."""
        self._cache = cache
        self.say = say or _silent
        self._loaded: dict[str, Encoder] = {}
        self._reader: PassageReader | None = None
        self._loading: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, name: str) -> Encoder:
        """The model with this name; who asks while it is being loaded waits, others do not.

        Raises:
            WenguError: the model cannot be had.
        """
        with self._loading[name]:
            if name not in self._loaded:
                self._loaded[name] = load(name, self._cache, self.say)
            return self._loaded[name]

    def reader(self) -> PassageReader:
        """The reader of passages.

        Raises:
            WenguError: its weights are missing, or it cannot be kept.
        """
        with self._loading[""]:
            if self._reader is None:
                self._reader = load_reader(self._cache, self.say)
            return self._reader


def _silent(message: str) -> None:
    """What is said when nobody listens."""
