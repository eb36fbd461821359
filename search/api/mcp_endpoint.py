"""Serves ``/mcp``: the Model Context Protocol over HTTP, behind the same guard as the rest."""

import asyncio
from typing import TYPE_CHECKING

from fastapi import HTTPException
from starlette.types import Receive, Scope, Send

from search.service.services import Services

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpEndpoint:
    """Started by the first request, because the protocol's library takes a second to load."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._starting = asyncio.Lock()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":  # there is no stream to follow and no session to end
            raise HTTPException(405, headers={"Allow": "POST"})
        async with self._starting:
            manager = self._manager = self._manager or await self._start()
        await manager.handle_request(scope, receive, send)

    async def _start(self) -> "StreamableHTTPSessionManager":
        from search.mcp.server import over_http

        manager = await asyncio.to_thread(over_http, self._services)
        ready = asyncio.Event()
        self._running = asyncio.create_task(_run(manager, ready))
        await ready.wait()
        return manager


async def _run(manager: "StreamableHTTPSessionManager", ready: asyncio.Event) -> None:
    """In a task of its own, which lives until the server's loop ends."""
    async with manager.run():
        ready.set()
        await asyncio.Event().wait()
