"""The page and its files as they lie in ``web/``, and a list of the endpoints."""

from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

import web
from search.guard import HEADERS
from search.page_files import PageFile, PageFiles


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
