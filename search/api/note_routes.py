"""Serves notes, their links and pictures, and the vault's tags."""

from collections.abc import Callable
from typing import Annotated, Generic, Literal, TypeVar

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.convertors import Convertor, register_url_convertor

from search.catalogue.catalogue import Catalogue
from search.catalogue.graph import Graph, Tag, around, tags
from search.catalogue.names import PropertyUse, property_uses
from search.ranking.title_search import TitleHit, TitleSearch
from search.render.attachments import IMAGE_TYPES, image
from search.render.note_view import NoteView
from search.service.example_questions import ExampleQuestions
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


class NameQuery(BaseModel):
    """Parameters of ``/api/titles``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(max_length=2000, description="Part of a name, as typed so far.")
    k: int = Field(8, ge=1, le=50, description="How many at most.")


class ExamplesQuery(BaseModel):
    """Parameters of ``/api/examples``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Literal["zh", "en"] | None = Field(None, description="In this language, if possible.")


class NoParams(BaseModel):
    """For what takes no parameters, so that a mistaken one is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tags(BaseModel):
    """The answer of ``/api/tags``."""

    tags: tuple[Tag, ...]


class Titles(BaseModel):
    """The answer of ``/api/titles``."""

    titles: tuple[TitleHit, ...]


class Properties(BaseModel):
    """The answer of ``/api/properties``."""

    properties: tuple[PropertyUse, ...]


class Examples(BaseModel):
    """The answer of ``/api/examples``."""

    examples: tuple[str, ...]


class PerSnapshot(Generic[T]):
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
    tags_of = PerSnapshot(tags)
    questions = ExampleQuestions(services.answerer, index)
    properties_of = PerSnapshot(property_uses)
    title_search = TitleSearch(index)

    @routes.get("/api/notes/{path:any}")
    def note(path: str, _: Annotated[NoParams, Query()]) -> NoteView:
        """One note, rendered, with its links and related notes."""
        return services.viewer.view(path)

    @routes.get("/api/graph")
    def graph(asked: Annotated[GraphQuery, Query()]) -> Graph:
        """The notes around one note."""
        return around(asked.path, asked.depth, index.snapshot().catalogue)

    @routes.get("/api/tags")
    def all_tags(_: Annotated[NoParams, Query()]) -> Tags:
        """Every tag with how many notes carry it."""
        return Tags(tags=tags_of(index.snapshot().catalogue))

    @routes.get("/api/titles")
    def titles(asked: Annotated[NameQuery, Query()]) -> Titles:
        """Notes, headings, folders and tags by part of their names."""
        return Titles(titles=title_search.find(asked.q, asked.k))

    @routes.get("/api/properties")
    def all_properties(_: Annotated[NoParams, Query()]) -> Properties:
        """Every property that notes have, with its most frequent values."""
        return Properties(properties=properties_of(index.snapshot().catalogue))

    @routes.get("/api/examples")
    def example_questions(asked: Annotated[ExamplesQuery, Query()]) -> Examples:
        """Questions that these notes can answer."""
        return Examples(examples=questions.offered(asked.lang))

    @routes.get("/api/source/{path:any}", response_class=PlainTextResponse)
    def source(path: str, _: Annotated[NoParams, Query()]) -> PlainTextResponse:
        """A note's file as it stands, in UTF-8."""
        return PlainTextResponse(services.viewer.source(path), headers=_FILE_HEADERS)

    @routes.get("/api/files/{path:any}", response_class=FileResponse)
    def picture(path: str, _: Annotated[NoParams, Query()]) -> FileResponse:
        """A picture of the vault."""
        place = image(services.settings.notes, path)
        kind = IMAGE_TYPES[place.suffix.lower()]
        kept = {**_FILE_HEADERS, "Cache-Control": "private, max-age=60"}
        return FileResponse(place, media_type=kind, headers=kept)

    return routes
