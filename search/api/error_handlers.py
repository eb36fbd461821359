"""Gives every error of the API one shape: ``{"error": {"code": …, "message": …}}``."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from index.errors import BadRequest, NotFound, WenguError
from search.api.guard import error_response


class WrongMethod(WenguError):
    """The path exists, but not for this method."""

    code = "method_not_allowed"
    status = 405


class InternalError(WenguError):
    """Our own mistake; what it was is logged and not told."""

    code = "internal"
    status = 500


Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]


def handlers() -> dict[int | type[Exception], Handler]:
    """What answers each exception; one that nobody expected is logged by the server."""
    return {
        WenguError: _told,
        RequestValidationError: _not_valid,
        HTTPException: _not_routed,
        Exception: _fault,
    }


async def _told(_: Request, error: WenguError) -> JSONResponse:
    return error_response(error)


async def _not_valid(_: Request, error: RequestValidationError) -> JSONResponse:
    return error_response(BadRequest(explained(error.errors())))


async def _not_routed(request: Request, error: HTTPException) -> JSONResponse:
    path = request.url.path
    if error.status_code == 405:
        response = error_response(WrongMethod(f"{path} does not take {request.method}; see /docs"))
    elif error.status_code == 404:
        response = error_response(
            NotFound(f"there is nothing at {path}; /docs lists what there is")
        )
    else:
        response = error_response(
            BadRequest("the request cannot be read; /docs describes what can")
        )
        response.status_code = error.status_code
    response.headers.update(error.headers or {})
    return response


async def _fault(_: Request, __: Exception) -> JSONResponse:
    return error_response(InternalError("Wengu failed at this; the server's log says where"))


def explained(errors: Sequence[Any]) -> str:
    """The first thing that is wrong with a request, and what to do."""
    first = errors[0]
    name = str(first["loc"][-1]) if len(first["loc"]) > 1 else "the body"
    if first["type"] == "extra_forbidden":
        return f"there is no parameter {name}; see /docs for those there are"
    if first["type"] == "missing":
        return f"{name} is missing; see /docs for what is needed"
    if first["type"] == "json_invalid":
        return "the body is not JSON; send it as application/json"
    return f"{name}: {first['msg'].lower()}; see /docs"
