"""Puts the server together: routes, every error in one shape, and the guard around them all."""

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from index.errors import BadRequest
from search.api.error_handlers import handlers
from search.api.guard import Guard, is_loopback
from search.api.index_routes import index_routes, metrics_routes
from search.api.mcp_endpoint import McpEndpoint
from search.api.note_routes import note_routes
from search.api.page_routes import page_routes
from search.api.search_routes import search_routes
from search.service.services import Services


def build_app(services: Services) -> Guard:
    """The application around these services; nothing runs until it is served.

    Raises:
        BadRequest: it would be reachable from other machines without a token.
    """
    settings = services.settings
    token = settings.token.get_secret_value() if settings.token else None
    if not is_loopback(settings.host) and not token:
        raise BadRequest(
            f"others could read the notes at {settings.host}; set a secret with --token"
        )
    return Guard(routed(services), settings.host, token)


def routed(services: Services) -> FastAPI:
    """The routes without the guard."""
    app = FastAPI(
        title="Wengu",
        description="Ask your own notes.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=handlers(),
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.include_router(search_routes(services))
    app.include_router(note_routes(services))
    app.include_router(index_routes(services))
    app.include_router(metrics_routes(services))
    app.routes.append(Route("/mcp", McpEndpoint(services)))
    app.include_router(page_routes(app))
    return app
