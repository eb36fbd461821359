"""Texts to unit vectors: what every encoder offers, and the one that runs ONNX models."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import WenguError
from index.prepared import Manifest
from index.tokens import Tokens

MODEL = "model.onnx"
_TOKENS_PER_BATCH = 1000


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
    """A graph from ``input_ids`` and ``attention_mask`` to ``embedding``, on all cores."""

    def __init__(self, folder: Path, pad: int) -> None:
        from onnxruntime import (  # type: ignore[import-untyped]
            InferenceSession,
            SessionOptions,
        )

        options = SessionOptions()
        options.log_severity_level = 3
        try:
            self._session = InferenceSession(
                str(folder / MODEL), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library raises nothing narrower
            raise WenguError(
                f"The model in {folder} cannot be loaded ({error}); delete that folder."
            ) from error
        self._pad = pad

    def vectors(self, tokens: Sequence[Sequence[int]], dimensions: int) -> NDArray[np.float32]:
        """Unit vectors of texts given as token ids, (texts, dimensions)."""
        vectors = np.empty((len(tokens), dimensions), np.float32)
        for batch in batches([len(ids) for ids in tokens], _TOKENS_PER_BATCH):
            vectors[batch] = self._run([tokens[place] for place in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        width = max(map(len, tokens))
        ids = np.full((len(tokens), width), self._pad, np.int64)
        mask = np.zeros((len(tokens), width), np.int64)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        vectors: NDArray[np.float32] = self._session.run(["embedding"], inputs)[0]
        return vectors


class OnnxEncoder:
    """A prepared folder at work; safe to share among threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._tokens = Tokens(folder)
        self._model = OnnxModel(folder, manifest.pad)
        self._manifest = manifest
        prompts = manifest.query_prompt, manifest.passage_prompt
        self.name = manifest.name
        self.fingerprint = manifest.fingerprint
        self.dimensions = manifest.dimensions
        self.max_tokens = manifest.max_length - self._tokens.overhead(prompts)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimensions), rows in the order of the texts."""
        return self._encode([self._manifest.passage_prompt + text for text in texts])

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, (dimensions,)."""
        vector: NDArray[np.float32] = self._encode([self._manifest.query_prompt + text])[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""
        return self._tokens.count(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        tokens = self._tokens.ids(texts, self._manifest.max_length)
        return self._model.vectors(tokens, self.dimensions)


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Places of texts of like length, longest first, at most ``budget`` tokens a batch.

    Padding counts: a batch costs its longest text times its texts; a text longer than the
    budget is a batch of its own. Longest first, so that the most memory ever needed is
    asked for at once and then used again.
    """
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
