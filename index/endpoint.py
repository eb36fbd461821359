"""An OpenAI-compatible embeddings endpoint as an encoder.

The model's name is the endpoint's address, with the model to ask for after ``#``:
``http://localhost:8000/v1#bge-m3``. A key is read from the environment only.
"""

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urldefrag

import numpy as np
from numpy.typing import NDArray

from index.errors import WenguError
from index.post import Server
from index.prepared import fingerprint

KEY, MODEL = "WENGU_EMBEDDINGS_KEY", "WENGU_EMBEDDINGS_MODEL"
REQUESTS = "WENGU_EMBEDDINGS_REQUESTS"
_TEXTS_PER_REQUEST = 32
_REQUESTS_A_BATCH = 4
"""Requests that one call makes at the same time."""
_REQUESTS_IN_FLIGHT = 16
"""Requests at the same time while a vault is embedded: enough for a server to fill batches of
its own; one that has too many says so, and is asked again later."""
_MAX_TOKENS = 500
"""Most models read 512 tokens; an endpoint does not say how many its own reads."""

_WORD = re.compile(r"[A-Za-z]+|[^\W_]|[^\w\s]|_")
_LETTERS_PER_TOKEN = 3


def connect(name: str) -> "EndpointEncoder":
    """The encoder for an address; asks the endpoint once, for the length of its vectors."""
    address, model = urldefrag(name)
    model = model or os.environ.get(MODEL, "")
    if not model:
        raise WenguError(
            f"{address} needs the name of a model: add it as {address}#name or set {MODEL}."
        )
    server = Server(f"{address.rstrip('/')}/embeddings", os.environ.get(KEY))
    return EndpointEncoder(name, server, model)


class EndpointEncoder:
    """Texts to unit vectors by HTTP, several requests at a time."""

    def __init__(self, name: str, server: Server, model: str) -> None:
        self._server = server
        self._model = model
        self.name = name
        self.max_tokens = _MAX_TOKENS
        self.batches_in_flight = max(1, _requests_in_flight() // _REQUESTS_A_BATCH)
        """Calls of ``passages`` that may run at the same time."""
        self.dimensions = len(self._request(["?"])[0])
        self.fingerprint = fingerprint("endpoint", server.url, model, self.dimensions)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimensions), rows in the order of the texts."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        parts = [
            list(texts[start : start + _TEXTS_PER_REQUEST])
            for start in range(0, len(texts), _TEXTS_PER_REQUEST)
        ]
        with ThreadPoolExecutor(_REQUESTS_A_BATCH) as pool:
            vectors = np.concatenate(list(pool.map(self._request, parts)))
        if vectors.shape[1] != self.dimensions:
            raise self._unexpected(f"vectors of {vectors.shape[1]} instead of {self.dimensions}")
        return vectors

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, (dimensions,)."""
        vector: NDArray[np.float32] = self.passages([text])[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate from above, since the endpoint keeps its tokenizer to itself."""
        return [
            sum(-(-len(word) // _LETTERS_PER_TOKEN) for word in _WORD.findall(text))
            for text in texts
        ]

    def _request(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors of a few texts, in their order."""
        question = {"model": self._model, "input": texts, "encoding_format": "float"}
        answer = self._server.post(question)
        try:
            items = sorted(answer["data"], key=lambda item: item["index"])
            vectors = np.array([item["embedding"] for item in items], np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._unexpected("no list of vectors") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._unexpected(f"other than one vector for each of {len(texts)} texts")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
        return unit

    def _unexpected(self, what: str) -> WenguError:
        return WenguError(
            f"{self._server.url} answered with {what}; check that it serves embeddings "
            f"of the model {self._model}."
        )


def _requests_in_flight() -> int:
    text = os.environ.get(REQUESTS, "")
    if text and not (text.isdecimal() and int(text)):
        raise WenguError(f"{REQUESTS} is {text}; set it to how many requests may run at a time")
    return int(text or _REQUESTS_IN_FLIGHT)
