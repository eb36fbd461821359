"""JSON to a server and back, tried again where trying again can help."""

import json
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from index.errors import WenguError

_TRIES = 5
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_TIMEOUT = 60.0
_QUOTED = 200


class _NoRedirect(HTTPRedirectHandler):
    """Redirects are errors: following one would hand the key to another server."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Server:
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
