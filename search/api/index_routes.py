"""Serves the state of the index: asked once, followed as events, brought up to date.

``/metrics``: what a Prometheus server collects, behind the same guard as everything else.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict

from index.errors import NotReady, WenguError
from search.api.note_routes import NoParams
from search.api.search_routes import event
from search.service.metrics import CONTENT_TYPE
from search.service.overview import Overview, Overviews
from search.service.services import Services

MOST_OFTEN = 0.3
"""Seconds between two events, so that a page is not flooded."""
HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it lives, and notices when nobody listens."""


class Update(BaseModel):
    """The body of ``POST /api/index``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rebuild: bool = False


class Health(BaseModel):
    """The answer of ``/healthz`` and ``/readyz``."""

    status: str


def index_routes(services: Services) -> APIRouter:
    """``/api/index``, its events, ``/healthz`` and ``/readyz``."""
    routes = APIRouter(tags=["Index"])
    overviews = services.overviews

    @routes.get("/api/index")
    def index(_: Annotated[NoParams, Query()]) -> Overview:
        """What is indexed, how fresh it is, and how far an update has come."""
        return overviews.now()

    @routes.post("/api/index", status_code=202)
    def update(asked: Update | None = None) -> Overview:
        """Start an update; 409 while one runs."""
        services.updates.start(rebuild=asked is not None and asked.rebuild)
        return overviews.now()

    @routes.get("/api/index/events")
    def events(_: Annotated[NoParams, Query()]) -> StreamingResponse:
        """The same as ``GET /api/index`` at each change, as events named ``index``."""
        return StreamingResponse(_follow(overviews), media_type="text/event-stream")

    @routes.get("/healthz")
    def healthz() -> Health:
        """Whether the server lives."""
        return Health(status="ok")

    @routes.get("/readyz")
    def readyz() -> Health:
        """Whether questions can be answered; 503 until then."""
        try:
            services.searcher.refresh()
        except WenguError as error:
            raise NotReady(str(error)) from error
        return Health(status="ready")

    return routes


async def _follow(overviews: Overviews) -> AsyncIterator[str]:
    """The newest state whenever it differs from the one sent last."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()
    end = overviews.updates.listen(lambda: loop.call_soon_threadsafe(changed.set))
    try:
        sent = None
        while not overviews.updates.closed:
            changed.clear()
            now = await asyncio.to_thread(overviews.now)
            yield ": alive\n\n" if now == sent else event("index", asdict(now))
            sent = now
            await asyncio.sleep(MOST_OFTEN)
            await _until(changed)
    finally:
        end()


async def _until(changed: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(changed.wait(), HEARTBEAT)
    except TimeoutError:
        return


def metrics_routes(services: Services) -> APIRouter:
    """``/metrics``."""
    routes = APIRouter(tags=["Index"])

    @routes.get("/metrics", response_class=PlainTextResponse)
    def metrics(_: Annotated[NoParams, Query()]) -> PlainTextResponse:
        """Counts and times of searches and questions, and the state of the index."""
        return PlainTextResponse(services.metrics.text(), media_type=CONTENT_TYPE)

    return routes
