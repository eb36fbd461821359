"""Serves the page and its files as they lie in ``web/``, and a list of the endpoints.

The page's files as they go over the wire; each is read and pressed once.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

import web
from index.errors import NotFound
from search.api.guard import HEADERS

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/opensearchdescription+xml; charset=utf-8",
}
_NAME = re.compile(r"[A-Za-z0-9][\w-]*(\.[a-z]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file with its media type, its bytes as they are and pressed with gzip, and its ETag."""

    media_type: str
    plain: bytes
    pressed: bytes
    etag: str


class PageFiles:
    """Files of one folder by name; a changed file is read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, tuple[tuple[int, int], PageFile]] = {}

    def get(self, name: str) -> PageFile:
        """The file called ``name``.

        Raises:
            NotFound: the page has no such file.
        """
        form = _NAME.fullmatch(name)
        place = self._folder / name
        if form is None or form[1] not in _KINDS or not place.is_file():
            raise NotFound(f"there is nothing at /{name}; the page is at /")
        stat = place.stat()
        state = stat.st_mtime_ns, stat.st_size
        kept = self._kept.get(name)
        if kept is None or kept[0] != state:
            kept = self._kept[name] = state, _read(place, _KINDS[form[1]])
        return kept[1]


def page_routes(app: FastAPI) -> APIRouter:
    """``/``, the files it names, and ``/docs``."""
    routes = APIRouter(include_in_schema=False)
    files = PageFiles(Path(web.__path__[0]))

    # Reading takes a moment and only once, so that no thread need be waited for.
    @routes.get("/")
    async def page(request: Request) -> Response:
        sent = _sent(files.get("index.html"), request)
        if request.query_params.get("images") == "1":  # the reader has asked for them
            sent.headers["Content-Security-Policy"] = HEADERS["Content-Security-Policy"].replace(
                "img-src 'self'", "img-src 'self' https: http:"
            )
        return sent

    @routes.get("/opensearch.xml")
    async def search_engine(request: Request) -> Response:
        """What a browser needs to search here from its own bar: it takes whole addresses only."""
        file = files.get("opensearch.xml")
        origin = escape(str(request.base_url).rstrip("/"))
        return Response(file.plain.decode().replace("{origin}", origin), media_type=file.media_type)

    @routes.get("/docs")
    def docs() -> HTMLResponse:
        return HTMLResponse(_listed(app.openapi()))

    @routes.get("/{name}")
    async def file(name: str, request: Request) -> Response:
        return _sent(files.get(name), request)

    return routes


def _sent(file: PageFile, request: Request) -> Response:
    """The file as this browser takes it; one that has it already is told so."""
    headers = {"ETag": file.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.plain, media_type=file.media_type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(file.pressed, media_type=file.media_type, headers=headers)


def _listed(schema: dict[str, Any]) -> str:
    """Every endpoint with what it takes; needs no script and nothing from elsewhere."""
    rows = [
        f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
        f"<p>{escape(entry.get('description', ''))}</p>{_parameters(entry, schema)}"
        for path, methods in schema["paths"].items()
        for method, entry in methods.items()
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Wengu API</title>'
        '<meta name="viewport" content="width=device-width"></head><body><main>'
        "<h1>Wengu API</h1>"
        '<p>JSON, UTF-8. As a schema: <a href="/openapi.json">openapi.json</a>. Errors are '
        "<code>{&quot;error&quot;: {&quot;code&quot;, &quot;message&quot;}}</code>.</p>"
        f"{''.join(rows)}</main></body></html>"
    )


def _parameters(entry: dict[str, Any], schema: dict[str, Any]) -> str:
    given = [(p["name"], p.get("schema", {}), p) for p in entry.get("parameters", ())]
    given += _body(entry, schema)
    items = "".join(
        f"<li><code>{escape(name)}</code> {escape(about.get('description', ''))}"
        f"{_default(kind)}</li>"
        for name, kind, about in given
    )
    return f"<ul>{items}</ul>" if items else ""


def _body(entry: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    content = entry.get("requestBody", {}).get("content", {}).get("application/json", {})
    kinds = [content.get("schema", {}), *content.get("schema", {}).get("anyOf", ())]
    names = [kind["$ref"].rpartition("/")[2] for kind in kinds if "$ref" in kind]
    models = schema.get("components", {}).get("schemas", {})
    return [(name, kind, kind) for one in names for name, kind in models[one]["properties"].items()]


def _default(kind: dict[str, Any]) -> str:
    value = kind.get("default")
    return "" if value in (None, "", []) else f" (default <code>{escape(str(value))}</code>)"


def _read(place: Path, media_type: str) -> PageFile:
    content = place.read_bytes()
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    return PageFile(media_type, content, gzip.compress(content, mtime=0), etag)
