"""Checks the token that a server demands when others than this machine can reach it.

Shown as ``Authorization: Bearer``, or once as ``?token=`` in the address; a browser then
carries a cookie that only proves that the token was known.
"""

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

COOKIE = "wengu"


def is_authorized(headers: Headers, query: bytes, token: str) -> bool:
    """Whether the request carries the token: as bearer, as ``?token=`` or by our cookie."""
    given = shown_tokens(headers, query)
    if any(hmac.compare_digest(one, token.encode()) for one in given):
        return True
    return hmac.compare_digest(_cookie(headers).encode(), session(token).encode())


def shown_tokens(headers: Headers, query: bytes) -> list[bytes]:
    """The tokens that a request shows, right or wrong."""
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    given = [
        bearer.encode("latin-1") if scheme.lower() == "bearer" else b"",  # as it was sent
        token_in(query).encode(),
    ]
    return [one for one in given if one]


def session(token: str) -> str:
    """What the cookie holds instead of the token itself."""
    return hmac.new(token.encode(), b"wengu session", hashlib.sha256).hexdigest()


def redirect_without_token(scope: Scope, token: str) -> Response:
    """Takes the token out of the address bar: a cookie instead, and the same page."""
    given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    query = urlencode([(key, value) for key, value in given if key != "token"])
    path = "/" + quote(scope["path"].lstrip("/"))
    response = RedirectResponse(f"{path}?{query}" if query else path, 303)
    response.set_cookie(COOKIE, session(token), httponly=True, samesite="lax")
    return response


def token_in(query: bytes) -> str:
    """The token in an address's query, or nothing."""
    return dict(parse_qsl(query.decode("latin-1"))).get("token", "")


def _cookie(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
