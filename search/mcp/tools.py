"""Offers other programs what they can do with the notes: the API's calls, with links.

All of it only reads. A note is the resource ``wengu://note/PATH``; ``?start=&end=`` names a part
of it, as offsets in characters of its file, so that the link of a citation gives its quote.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote

from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import CallToolResult, ResourceLink, TextContent
from pydantic import Field, RootModel

from index.errors import WenguError
from search.deadline import SECONDS, Deadline, within
from search.query.query_syntax import MOST_CHARACTERS
from search.render.note_view import LinkIn, LinkOut, Related
from search.result import Answer, Group, Mode, SearchResult
from search.service.overview import Overview
from search.service.services import Services

NOTE = "wengu://note/"
KIND = "text/markdown"

Asked = Annotated[str, Field(max_length=MOST_CHARACTERS, pattern=r"\S")]
NotePath = Annotated[str, Field(description="The note's path in the vault, as results give it.")]
Offset = Annotated[int | None, Field(ge=0, description="Offset in characters of the file.")]


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note's file as it is now, or a part of it: ``text`` stands at ``start`` to ``end``."""

    path: str
    title: str
    date: str | None
    tags: tuple[str, ...]
    text: str
    start: int
    end: int
    characters: int
    """Of the whole file."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The notes around a note: alike by meaning, linked to, linked from."""

    related: tuple[Related, ...]
    links_out: tuple[LinkOut, ...]
    links_in: tuple[LinkIn, ...]


class Tools:
    """Each public method is one tool; its docstring tells a model what it is for."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def search_notes(
        self,
        query: Asked,
        k: Annotated[int, Field(ge=1, le=50, description="How many results.")] = 10,
        mode: Mode = "hybrid",
        group: Group = "passage",
    ) -> Annotated[CallToolResult, RootModel[SearchResult]]:
        """Find passages of the notes by words and meaning, best first.

        The query may narrow: "exact text", -word, tag:name, path:folder, title:words,
        after:2025-12, before:2026-02-05, prop:key=value.
        """
        with _told_as(ToolError), self._in_time():
            found = self._services.searcher.search(query, k=k, mode=mode, group=group)
        self._services.metrics.searched(found)
        plain = replace(found, results=tuple(replace(hit, segments=()) for hit in found.results))
        links = [note_link(hit.path, hit.title, hit.start, hit.end) for hit in found.results]
        passages = (
            f"{hit.rank}. {_markdown(link)}\n{hit.text}"
            for hit, link in zip(found.results, links, strict=True)
        )
        return _result("\n\n".join(passages) or "Nothing found.", plain, links)

    def ask_notes(
        self,
        question: Asked,
        context: Annotated[
            Asked | None, Field(description="The question before, for a follow-up.")
        ] = None,
    ) -> Annotated[CallToolResult, RootModel[Answer]]:
        """Answer a question from the notes with exact quotes; a mark like [1] links to its note.

        Comparisons, timelines and lists have a row for each thing. Where the notes hold no
        answer, answerable is false and the nearest notes are named.
        """
        with _told_as(ToolError), self._in_time():
            answer = self._services.answerer.ask(question, context=context)
        self._services.metrics.asked(answer)
        cited = [
            note_link(one.path, one.title, one.start, one.end, one.quote)
            for one in answer.citations
        ]
        near = [note_link(path, title) for path, title in answer.nearest]
        lines = [answer.answer, ""]
        if answer.understood.get("conditions"):
            lines.insert(0, f"Understood as: {answer.understood['query']}\n")
        lines += [f"- {row.subject} ({row.date or '–'}): {row.text}" for row in answer.rows]
        lines += ["", *(f"- {_markdown(link)}" for link in near)] if near else [""]
        # As Markdown's link definitions they turn every mark in the answer into a link.
        lines += [
            f"[{one.id}]: {link.uri}" for one, link in zip(answer.citations, cited, strict=True)
        ]
        return _result("\n".join(lines).strip(), answer, cited + near)

    def read_note(
        self, path: NotePath, start: Offset = None, end: Offset = None
    ) -> Annotated[CallToolResult, RootModel[NoteText]]:
        """Read a note's Markdown as it is now, whole or from start to end."""
        with _told_as(ToolError):
            note = self._note(path, start, end)
        return _result(note.text, note, [])

    def related_notes(self, path: NotePath) -> Annotated[CallToolResult, RootModel[Neighbours]]:
        """List the notes around a note: alike by meaning, linked to, linked from, and why."""
        with _told_as(ToolError):
            view = self._services.viewer.view(path)
        around = Neighbours(view.related, view.links_out, view.links_in)
        links = [note_link(one.path, one.title) for one in view.related]
        linked: tuple[LinkOut | LinkIn, ...] = (*view.links_out, *view.links_in)
        links += [_linked(one) for one in linked if one.path]
        lines = (f"- {_markdown(link)} {link.description or ''}".rstrip() for link in links)
        return _result("\n".join(lines) or "No other note is near.", around, links)

    def index_status(self) -> Annotated[CallToolResult, RootModel[Overview]]:
        """Tell what is indexed, with which model, how fresh, and how far an update has come."""
        with _told_as(ToolError):
            now = self._services.overviews.now()
        return _result(json.dumps(asdict(now), ensure_ascii=False), now, [])

    def resource(self, path: str, start: int | None = None, end: int | None = None) -> str:
        """A note's Markdown as it is now; with start and end, that part of it."""
        with _told_as(ResourceNotFoundError):
            return self._note(path, start, end).text

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Have a question end, as those over HTTP do; what is new is taken in before."""
        self._services.searcher.refresh()
        with within(Deadline(SECONDS)):
            yield

    def _note(self, path: str, start: int | None, end: int | None) -> NoteText:
        view = self._services.viewer.view(path)  # only what is indexed may be read
        text = self._services.viewer.source(path)
        first, last, _ = slice(start, end).indices(len(text))
        part = text[first:last]
        return NoteText(
            path, view.title, view.date, view.tags, part, first, first + len(part), len(text)
        )


def note_link(
    path: str,
    title: str,
    start: int | None = None,
    end: int | None = None,
    about: str | None = None,
) -> ResourceLink:
    """A link to a note, or to its characters ``start`` to ``end``."""
    part = "" if start is None else f"?start={start}&end={end}"
    uri = f"{NOTE}{quote(path)}{part}"
    return ResourceLink(name=path, title=title, uri=uri, description=about, mime_type=KIND)


def _linked(one: LinkOut | LinkIn) -> ResourceLink:
    why = " ".join(filter(None, (one.relation, one.explanation)))
    return note_link(one.path or "", one.title, about=why or None)


def _markdown(link: ResourceLink) -> str:
    title = (link.title or link.name).replace("[", "\\[").replace("]", "\\]")
    return f"[{title}]({link.uri})"


def _result(text: str, value: Any, links: Iterable[ResourceLink]) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(text=text), *links], structured_content=asdict(value)
    )


@contextmanager
def _told_as(kind: type[Exception]) -> Iterator[None]:
    """What the user can mend reaches the model in our words; a fault of ours does not."""
    try:
        yield
    except WenguError as error:
        raise kind(str(error)) from error
