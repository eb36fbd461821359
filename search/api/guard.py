"""Keeps web pages and strangers away from a server that can read someone's notes.

Any page open in the browser can send requests to 127.0.0.1, and a name its owner
controls can be made to resolve there (DNS rebinding), so that the browser takes our
answers for the page's own. Hence: only requests addressed to this machine by a name of
its own, nothing from pages of other origins, and, where a token is set, nothing without it.
"""

import asyncio
import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import WenguError
from search.api.access_token import is_authorized, redirect_without_token, shown_tokens, token_in

MOST_BODY_BYTES = 64 * 1024
GUESS_SECONDS = 0.5
"""Between two answers to wrong tokens."""
_OPEN_TO_ALL = ("/healthz", "/readyz")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_EVERYWHERE = ("0.0.0.0", "::")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Forbidden(WenguError):
    """A request that may come from elsewhere than this machine's owner."""

    code = "forbidden"
    status = 403


class Unauthorized(WenguError):
    """The token is missing or wrong."""

    code = "unauthorized"
    status = 401


class LengthRequired(WenguError):
    """The request does not say how long its body is."""

    code = "length_required"
    status = 411


class PayloadTooLarge(WenguError):
    """The request's body is larger than any question."""

    code = "too_large"
    status = 413


def is_loopback(host: str) -> bool:
    """Whether a host name or address always means this very machine."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def is_own_host(host_header: str, bound_to: str) -> bool:
    """Whether a ``Host`` header names this server.

    A server bound to every address has names that it cannot know. It always demands a
    token, and a name made to point here by someone else comes without one.
    """
    try:
        host = urlsplit("//" + host_header).hostname or ""
    except ValueError:
        return False
    return bool(host) and (is_loopback(host) or bound_to in (host, *_EVERYWHERE))


def is_cross_site(origin: str | None, fetch_site: str | None, host_header: str) -> bool:
    """Whether the browser says that another page than ours sent the request.

    A client that sends neither header is no browser and may ask.
    """
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        return True
    try:
        return origin is not None and urlsplit(origin).netloc.lower() != host_header.lower()
    except ValueError:
        return True


class Guard:
    """Middleware around the whole application: refuses, limits, and adds the headers."""

    def __init__(self, app: ASGIApp, host: str, token: str | None = None) -> None:
        self.app = app
        self.host = host
        self.token = token
        self._guesses = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            answer = self._answer(scope)
            if isinstance(answer, JSONResponse) and answer.status_code == 401:
                await self._slow_down(scope)
            await answer(scope, receive, _with_headers(send))
        else:
            await self.app(scope, receive, send)

    async def _slow_down(self, scope: Scope) -> None:
        """Answer guesses one after another: who shows no token at all guesses nothing."""
        if shown_tokens(Headers(scope=scope), scope["query_string"]):
            async with self._guesses:
                await asyncio.sleep(GUESS_SECONDS)

    def _answer(self, scope: Scope) -> ASGIApp:
        """The application, or what is answered in its stead."""
        try:
            _check(scope, Headers(scope=scope), self.host)
            if self.token and scope["path"] not in _OPEN_TO_ALL:
                _check_token(scope, Headers(scope=scope), self.token)
        except WenguError as error:
            return error_response(error)
        if self.token and scope["method"] == "GET" and token_in(scope["query_string"]):
            return redirect_without_token(scope, self.token)
        return self.app


def _check(scope: Scope, headers: Headers, bound_to: str) -> None:
    host = headers.get("host", "")
    if not is_own_host(host, bound_to):
        raise Forbidden(f"this server is not called {host!r}; open it by the address it printed")
    guarded = scope["method"] not in _SAFE_METHODS or scope["path"].startswith(
        ("/api/", "/mcp", "/metrics")
    )
    if guarded and is_cross_site(headers.get("origin"), headers.get("sec-fetch-site"), host):
        raise Forbidden("requests from other web pages are refused; use Wengu's own page")
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdecimal():
        raise LengthRequired("the length of the request is not known; send it with Content-Length")
    if int(length) > MOST_BODY_BYTES:
        raise PayloadTooLarge(f"a request may hold {MOST_BODY_BYTES} bytes; send a shorter one")


def _check_token(scope: Scope, headers: Headers, token: str) -> None:
    if not is_authorized(headers, scope["query_string"], token):
        raise Unauthorized(
            "a token is needed; open the address with ?token=… once, or send it as Bearer"
        )


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded


def error_response(error: WenguError) -> JSONResponse:
    """The one shape of every error that the server answers with."""
    body = {"error": {"code": error.code, "message": str(error)}}
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return JSONResponse(body, error.status, headers)
