"""Lets an OpenAI-compatible embeddings endpoint be an encoder.

The model's name is the endpoint's address, with the model to ask for after ``#``:
``http://localhost:8000/v1#bge-m3``. A key is read from the environment only.

JSON to a server and back, tried again where trying again can help.
"""

import json
import os
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag
from urllib.request import HTTPRedirectHandler, Request, build_opener

import numpy as np
from numpy.typing import NDArray

from index.errors import WenguError
from index.model.cache import fingerprint

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

_TRIES = 5
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_TIMEOUT = 60.0
_QUOTED = 200


def connect(name: str) -> "EndpointEncoder":
    """The encoder for an address; asks the endpoint once, for the length of its vectors."""
    address, model = urldefrag(name)
    model = model or os.environ.get(MODEL, "")
    if not model:
        raise WenguError(
            f"{address} needs the name of a model: add it as {address}#name or set {MODEL}."
        )
    server = JsonClient(f"{address.rstrip('/')}/embeddings", os.environ.get(KEY))
    return EndpointEncoder(name, server, model)


class JsonClient:
    """One address that takes JSON; safe to share among threads."""

    def __init__(
        self, url: str, key: str | None = None, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.url = url
        self._headers = {"Content-Type": "application/json", "User-Agent": "wengu"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._pause = pause
        self._opener = build_opener(_NoRedirect)

    def post(self, body: dict[str, Any]) -> Any:
        """The JSON of the answer.

        Failures that may pass are tried again, twice as long apart each time or as long as
        the server asks. Raises WenguError when they do not pass, and for any other.
        """
        for number in range(_TRIES):
            try:
                return self._once(body)
            except HTTPError as error:
                if not _may_pass(error.code) or number == _TRIES - 1:
                    raise WenguError(self._refused(error)) from error
                wait = _asked_pause(error)
            except (URLError, HTTPException, OSError) as error:
                if number == _TRIES - 1:
                    raise WenguError(
                        f"{self.url} cannot be reached ({getattr(error, 'reason', error)}); "
                        "check the address and that the server runs."
                    ) from error
                wait = 0.0
            self._pause(min(max(_FIRST_PAUSE * 2**number, wait), _LONGEST_PAUSE))
        raise AssertionError("the last try returns or raises")

    def _once(self, body: dict[str, Any]) -> Any:
        request = Request(self.url, json.dumps(body).encode(), self._headers)
        with self._opener.open(request, timeout=_TIMEOUT) as answer:
            content = answer.read()
        try:
            return json.loads(content)
        except ValueError as error:
            raise WenguError(f"{self.url} did not answer with JSON; check the address.") from error

    def _refused(self, error: HTTPError) -> str:
        known: dict[int, str] = {
            HTTPStatus.UNAUTHORIZED: "set WENGU_EMBEDDINGS_KEY to a valid key",
            HTTPStatus.FORBIDDEN: "set WENGU_EMBEDDINGS_KEY to a key that may use the model",
            HTTPStatus.NOT_FOUND: "check the address and the model's name",
            HTTPStatus.TOO_MANY_REQUESTS: "wait, or raise the account's limit",
        }
        advice = known.get(error.code, "check the address, the model's name and the server")
        said = " ".join(error.read(_QUOTED * 4).decode("utf-8", "replace").split())[:_QUOTED]
        return f"{self.url} answered {error.code} ({said}); {advice}."


class EndpointEncoder:
    """Texts to unit vectors by HTTP, several requests at a time."""

    def __init__(self, name: str, server: JsonClient, model: str) -> None:
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


class _NoRedirect(HTTPRedirectHandler):
    """Redirects are errors: following one would hand the key to another server."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _may_pass(status: int) -> bool:
    """Whether the same request may well succeed a little later."""
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    )


def _asked_pause(error: HTTPError) -> float:
    """Seconds in the header Retry-After, where it holds seconds."""
    try:
        return float(error.headers.get("Retry-After", 0))
    except ValueError:
        return 0.0
