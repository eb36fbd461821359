"""``/metrics``: what a Prometheus server collects, behind the same guard as everything else."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from search.api_notes import Nothing
from search.metrics import CONTENT_TYPE
from search.services import Services


def metrics_routes(services: Services) -> APIRouter:
    """``/metrics``."""
    routes = APIRouter(tags=["Index"])

    @routes.get("/metrics", response_class=PlainTextResponse)
    def metrics(_: Annotated[Nothing, Query()]) -> PlainTextResponse:
        """Counts and times of searches and questions, and the state of the index."""
        return PlainTextResponse(services.metrics.text(), media_type=CONTENT_TYPE)

    return routes
