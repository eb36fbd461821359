"""Notes, their links and pictures, and the vault's tags over HTTP."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.convertors import Convertor, register_url_convertor

from search.catalogue.catalogue import Catalogue
from search.catalogue.examples import examples
from search.catalogue.graph import Graph, Tag, around, tags
from search.render.attachments import IMAGE_TYPES, image
from search.render.note_view import NoteView
from search.service.services import Services

T = TypeVar("T")


class _AnyPath(Convertor[str]):
    """A path with whatever a file's name may hold, line feeds too."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any", _AnyPath())

# A file of the vault can hold script too (SVG); opened by itself it must not run as our page.
_FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class GraphQuery(BaseModel):
    """Parameters of ``/api/graph``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str = Field(min_length=1, description="The note in the middle.")
    depth: int = Field(1, ge=1, le=3, description="How many links away.")


class Nothing(BaseModel):
    """For what takes no parameters, so that a mistaken one is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tags(BaseModel):
    """The answer of ``/api/tags``."""

    tags: tuple[Tag, ...]


class Examples(BaseModel):
    """The answer of ``/api/examples``."""

    examples: tuple[str, ...]


class Kept(Generic[T]):
    """What follows from a catalogue alone, worked out once for each."""

    def __init__(self, work: Callable[[Catalogue], T]) -> None:
        self._work = work
        self._kept: tuple[Catalogue, T] | None = None

    def __call__(self, catalogue: Catalogue) -> T:
        """The result for this catalogue."""
        kept = self._kept
        if kept is None or kept[0] is not catalogue:
            kept = self._kept = catalogue, self._work(catalogue)
        return kept[1]


def note_routes(services: Services) -> APIRouter:
    """``/api/notes``, ``/api/graph``, ``/api/tags``, ``/api/examples``, ``/api/source`` and
    ``/api/files``."""
    routes = APIRouter(tags=["Notes"])
    index = services.searcher.index
    tags_of = Kept(tags)
    examples_of = Kept(examples)

    @routes.get("/api/notes/{path:any}")
    def note(path: str, _: Annotated[Nothing, Query()]) -> NoteView:
        """One note, rendered, with its links and related notes."""
        return services.viewer.view(path)

    @routes.get("/api/graph")
    def graph(asked: Annotated[GraphQuery, Query()]) -> Graph:
        """The notes around one note."""
        return around(asked.path, asked.depth, index.snapshot().catalogue)

    @routes.get("/api/tags")
    def all_tags(_: Annotated[Nothing, Query()]) -> Tags:
        """Every tag with how many notes carry it."""
        return Tags(tags=tags_of(index.snapshot().catalogue))

    @routes.get("/api/examples")
    def example_questions(_: Annotated[Nothing, Query()]) -> Examples:
        """Questions that these notes can answer."""
        return Examples(examples=examples_of(index.snapshot().catalogue))

    @routes.get("/api/source/{path:any}", response_class=PlainTextResponse)
    def source(path: str, _: Annotated[Nothing, Query()]) -> PlainTextResponse:
        """A note's file as it stands, in UTF-8."""
        return PlainTextResponse(services.viewer.source(path), headers=_FILE_HEADERS)

    @routes.get("/api/files/{path:any}", response_class=FileResponse)
    def picture(path: str, _: Annotated[Nothing, Query()]) -> FileResponse:
        """A picture of the vault."""
        place = image(services.settings.notes, path)
        kind = IMAGE_TYPES[place.suffix.lower()]
        kept = {**_FILE_HEADERS, "Cache-Control": "private, max-age=60"}
        return FileResponse(place, media_type=kind, headers=kept)

    return routes
