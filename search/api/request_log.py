"""Logs one event for each request, outside of everything else."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.service.logs import event


class RequestLog:
    """Middleware that tells of each request how it went, not what it asked."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            took = round((time.perf_counter() - started) * 1000, 1)
            event("request", method=scope["method"], route=_route(scope), status=status, ms=took)


def _route(scope: Scope) -> str:
    """The path as it is declared; as it was asked for it may name a note."""
    path = getattr(scope.get("route"), "path", None)
    if path is None and "endpoint" in scope and not scope.get("path_params"):
        path = scope["path"]
    return str(path or "-")
