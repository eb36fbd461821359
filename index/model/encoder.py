"""Turns texts into unit vectors: what every encoder offers, and the one that runs ONNX models."""

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import WenguError
from index.model.cache import Manifest
from index.model.load import WORDS
from index.model.tokenizer import load_tokens

MODEL = "model.onnx"
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")
SWITCH = "merging"
"""Input of a graph in which tokens merge, a float32: 1 where they are to, 0 where not."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1 whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """The model's name as the user gave it."""

    @property
    def fingerprint(self) -> str:
        """Differs wherever vectors would; vectors are kept under it."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Longest text that is read to its end, in tokens as ``count_tokens`` counts."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimensions), rows in the order of the texts."""

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, (dimensions,)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""


class OnnxModel:
    """A graph from ``input_ids`` (1, tokens) to ``embedding`` (1, dimensions).

    One that merges tokens (``prepare/token_merging.py``) is told whether to by another input.
    Every core works on a text of its own: that needs no padding and no waiting for one
    another inside a layer.
    """

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder)
        self.dimensions: int = self._session.get_outputs()[0].shape[-1]
        self._may_merge = any(value.name == SWITCH for value in self._session.get_inputs())

    def vectors(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Unit vectors of texts given as token ids, (texts, dimensions)."""
        vectors = np.empty((len(tokens), self.dimensions), np.float32)
        longest_first = sorted(range(len(tokens)), key=lambda place: -len(tokens[place]))
        with ThreadPoolExecutor(cores()) as pool:
            results = pool.map(lambda place: self.vector(tokens[place]), longest_first)
            for place, vector in zip(longest_first, results, strict=True):
                vectors[place] = vector
        return vectors

    def vector(self, tokens: Sequence[int], *, merging: bool = True) -> NDArray[np.float32]:
        """The unit vector of one text, (dimensions,), made in the calling thread.

        With ``merging`` tokens that are alike become one, where the graph can do that.
        A text without a single token has no direction: its vector is zero.
        """
        if not tokens:
            return np.zeros(self.dimensions, np.float32)
        vector: NDArray[np.float32] = self.outputs(["embedding"], tokens, merging=merging)[0][0]
        return vector

    def outputs(
        self, names: Sequence[str], tokens: Sequence[int], *, merging: bool = True
    ) -> list[NDArray[np.float32]]:
        """What the graph gives under each of these names for one text, (1, ...) each."""
        inputs: dict[str, NDArray[Any]] = {"input_ids": np.array([tokens], np.int64)}
        if self._may_merge:
            inputs[SWITCH] = np.array(merging, np.float32)
        outputs: list[NDArray[np.float32]] = self._session.run(list(names), inputs)
        return outputs


def open_session(folder: Path) -> Any:
    """The graph in a prepared folder, ready to run in the calling thread.

    Raises:
        WenguError: it cannot be loaded.
    """
    # Since 1.29 it reports to its maker whenever it is used, unless this is set beforehand.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import (  # type: ignore[import-untyped]
        InferenceSession,
        SessionOptions,
    )

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises nothing narrower
        raise WenguError(
            f"The model in {folder} cannot be loaded ({error}); delete that folder."
        ) from error


def cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class OnnxEncoder:
    """A prepared folder at work; safe to share among threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self._tokens = load_tokens(folder)
        self._model = OnnxModel(folder)
        self._manifest = manifest
        prompts = manifest.query_prompt, manifest.passage_prompt
        self.name = manifest.name
        self.fingerprint = manifest.fingerprint
        self.dimensions = manifest.dimensions
        self.max_tokens = manifest.max_length - self._tokens.overhead(prompts)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimensions), rows in the order of the texts."""
        prompt = self._manifest.passage_prompt
        return self._model.vectors(self._ids([prompt + text for text in texts]))

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, (dimensions,)."""
        tokens = self._ids([self._manifest.query_prompt + text])[0]
        return self._model.vector(tokens, merging=False)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""
        return self._tokens.count(texts)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return self._tokens.ids(texts, self._manifest.max_length)


@dataclass(frozen=True, slots=True)
class WordsOnly:
    """An encoder whose vectors have no components."""

    name: str = WORDS
    fingerprint: str = WORDS
    dimensions: int = 0
    max_tokens: int = 500

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows without components, (texts, 0)."""
        return np.empty((len(texts), 0), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        """A vector without components, (0,)."""
        return np.empty(0, np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Characters of Chinese, words of anything else and marks."""
        return [len(_TOKEN.findall(text)) for text in texts]
