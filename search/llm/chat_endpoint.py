"""Asks a chat model behind an OpenAI-compatible endpoint: its words as they come, until stopped."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

_MOST_BYTES = 2**16
"""Of one event; a model sends a few words in each."""
_MOST_CHARACTERS = 20_000
"""More than anybody reads, a thought before the answer included."""
_ADVICE: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "set WENGU_LLM_KEY to a valid key",
    HTTPStatus.FORBIDDEN: "set WENGU_LLM_KEY to a key that may use the model",
    HTTPStatus.NOT_FOUND: "check WENGU_LLM_URL and WENGU_LLM_MODEL",
    HTTPStatus.TOO_MANY_REQUESTS: "wait, or raise the account's limit",
}
_CUT = ("length", "content_filter")
"""How a model says that it has more to say than it was let."""

Messages = list[dict[str, str]]


class WriterFailed(Exception):
    """The model gave no answer that can stand; the message says why."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers; ``silence`` and ``seconds`` limit each pause and the whole."""

    url: str
    model: str
    key: str | None
    silence: float
    seconds: float

    def completion(self, messages: Messages) -> "Completion":
        """The model's answer to these messages; nothing is sent before it is iterated."""
        return Completion(self, messages)


class Completion:
    """One answer, to be iterated once; any thread may stop it."""

    def __init__(self, endpoint: Endpoint, messages: Messages) -> None:
        self._endpoint = endpoint
        self._body = {"model": endpoint.model, "messages": messages, "stream": True}
        self._socket: socket.socket | None = None
        self._stopped = ""
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[str]:
        """Pieces of text, in order.

        Raises:
            Unwritten: the endpoint cannot be reached, refuses, takes too long, breaks off, is
                stopped, or answers with anything but a stream that comes to its end.
        """
        seconds = self._endpoint.seconds
        limit = threading.Timer(seconds, self.stop, (f"took more than {seconds:g} s",))
        limit.daemon = True
        limit.start()
        try:
            yield from self._pieces()
        except (OSError, HTTPException, ValueError) as error:
            raise WriterFailed(self._stopped or _told(error)) from error
        finally:
            limit.cancel()
            self.stop()

    def stop(self, why: str = "was stopped") -> None:
        """End it; whoever waits for the next piece need not wait any longer."""
        with self._lock:
            self._stopped = self._stopped or why
            if self._socket is not None:
                with suppress(OSError):  # it has ended by itself
                    self._socket.shutdown(socket.SHUT_RDWR)
                self._socket = None

    def _pieces(self) -> Iterator[str]:
        heard, said = time.monotonic(), 0
        with self._answered() as response:
            while line := response.readline(_MOST_BYTES):
                if time.monotonic() - heard > self._endpoint.silence:
                    raise TimeoutError
                if not line.startswith(b"data:"):
                    continue  # a comment that keeps the connection open, or the space between
                heard = time.monotonic()
                if line[5:].strip() == b"[DONE]":
                    return
                text, ended = _read(line[5:])
                said += len(text)
                if said > _MOST_CHARACTERS:
                    raise WriterFailed("says too much")
                yield text
                if ended:
                    return
        raise WriterFailed(self._stopped or "broke off")

    def _answered(self) -> HTTPResponse:
        for more in ({"temperature": 0}, {}):  # some models take no temperature
            response = self._post(json.dumps(self._body | more).encode())
            if response.status != HTTPStatus.BAD_REQUEST:
                break
        kind = response.headers.get_content_type()
        if response.status == HTTPStatus.OK and kind == "text/event-stream":
            return response
        response.close()  # unread: what it says may repeat the question, and the log may not
        if response.status == HTTPStatus.OK:
            raise WriterFailed(f"answered with {kind} instead of a stream of events")
        advice = _ADVICE.get(response.status, "look at its own log")
        raise WriterFailed(f"answered {response.status}: {advice}")

    def _post(self, body: bytes) -> HTTPResponse:
        address = urlsplit(self._endpoint.url)
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = kind(address.hostname or "", address.port, timeout=self._endpoint.silence)
        connection.connect()
        with self._lock:
            if self._stopped:
                connection.close()
                raise WriterFailed(self._stopped)
            self._socket = connection.sock
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        # It follows no redirect, which would hand the quotes and the key to another server.
        connection.request("POST", f"{address.path.rstrip('/')}/chat/completions", body, headers)
        return connection.getresponse()


def _read(event: bytes) -> tuple[str, bool]:
    """The text of an event, and whether the answer has come to its end."""
    try:
        told: dict[str, Any] = json.loads(event)
        if told.get("error"):
            raise WriterFailed("told of an error")
        if not told["choices"]:
            return "", False
        choice = told["choices"][0]
        text, reason = (choice.get("delta") or {}).get("content") or "", choice.get("finish_reason")
        if not isinstance(text, str) or reason in _CUT:
            raise WriterFailed("was cut short" if reason in _CUT else "sent no text")
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise WriterFailed("sent what is no part of an answer") from error
    return text, reason is not None


def _told(error: Exception) -> str:
    """An error without what it may quote: the key stands in the headers."""
    if isinstance(error, TimeoutError):
        return "was silent for too long"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"could not be asked ({reason or type(error).__name__})"
