"""Serves searching and asking."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from index.errors import BadRequest, WenguError
from search.api.error_handlers import InternalError
from search.api.guard import error_response
from search.api.questions import Questions
from search.query.operators import date_filter, property_filter
from search.query.query_syntax import MOST_CHARACTERS
from search.result import Answer, Filters, Group, Mode, SearchResult
from search.service.services import Services
from search.service.wrong_answers import WrongAnswer, WrongAnswers

if TYPE_CHECKING:
    from search.llm.answer_writer import StreamedAnswer

_EVENTS = "text/event-stream"
_log = logging.getLogger("wengu")


class FilterParams(BaseModel):
    """What narrows a question; each list may be one value, or several that must all hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tag: list[str] = Field([], max_length=20, description="Only notes with this tag.")
    folder: list[str] = Field([], max_length=20, description="Only notes in this folder.")
    after: str | None = Field(None, description="Not before this day, month or year.")
    before: str | None = Field(None, description="Not after this day, month or year.")
    prop: list[str] = Field([], max_length=20, description="A property, as key:value.")

    @field_validator("tag", "folder", "prop", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        listed = [value] if isinstance(value, str) else value
        return [one for one in listed if one != ""] if isinstance(listed, list) else listed

    def filters(self) -> Filters:
        """As the searcher takes them.

        Raises:
            BadRequest: a date or a property is not in its form.
        """
        return Filters(
            tags=tuple(self.tag),
            folders=tuple(self.folder),
            after=date_filter("after", self.after) if self.after else None,
            before=date_filter("before", self.before) if self.before else None,
            properties=tuple(property_filter(one) for one in self.prop),
        )


class SearchQuery(FilterParams):
    """Parameters of ``/api/search``."""

    q: str = Field("", max_length=MOST_CHARACTERS, description="The question.")
    k: int = Field(10, ge=1, le=10_000, description="How many results.")
    mode: Mode = "hybrid"
    group: Group = "passage"
    typing: bool = Field(False, description="Asked at each letter: quick, nothing is read.")


class Question(FilterParams):
    """The body of ``/api/ask``."""

    question: str = Field(min_length=1, max_length=MOST_CHARACTERS)
    context: str | None = Field(
        None, max_length=MOST_CHARACTERS, description="The question before this one."
    )


class Wrong(BaseModel):
    """The body of ``/api/wrong``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=1, max_length=MOST_CHARACTERS)
    answer: str = Field("", max_length=20_000, description="What was answered.")
    answerable: bool = True
    citations: list[str] = Field([], max_length=1000, description="Paths of the notes quoted.")


class Kept(BaseModel):
    """The answer of ``/api/wrong``."""

    path: str


def search_routes(services: Services) -> APIRouter:
    """``/api/search``, ``/api/ask`` and ``/api/wrong``."""
    routes = APIRouter(tags=["Questions"])
    wrong_answers = WrongAnswers(services.settings.index_dir)

    questions = Questions(services.searcher.refresh)

    @routes.get("/api/search")
    async def search(request: Request, asked: Annotated[SearchQuery, Query()]) -> SearchResult:
        """Ranked passages, or notes at their best passage."""
        filters = asked.filters()
        if not asked.q.strip() and filters == Filters():
            raise BadRequest("q is empty; say what to search for")
        look = partial(
            services.searcher.search,
            asked.q, k=asked.k, mode=asked.mode, group=asked.group, filters=filters,
            reading=not asked.typing,
        )  # fmt: skip
        found = await questions.answered(request, look)
        services.metrics.searched(found)
        return found

    @routes.post("/api/ask", response_model=Answer)
    async def ask(request: Request, asked: Question, accept: Annotated[str, Header()] = "") -> Any:
        """A cited answer; with ``Accept: text/event-stream`` as it comes into being."""
        filters = asked.filters()
        if not asked.question.strip():
            raise BadRequest("question is empty; say what you want to know")
        think = partial(services.answerer.ask, asked.question, filters, asked.context)
        if _EVENTS not in accept:
            answer = await questions.answered(request, think)
            if services.writer is not None:
                writing = services.writer.write(answer, asked.context)
                answer = await asyncio.to_thread(writing.final)
            services.metrics.asked(answer)
            return answer
        await asyncio.to_thread(services.searcher.refresh)
        answering = partial(questions.answered, request, think)
        return StreamingResponse(_events(services, answering, asked.context), media_type=_EVENTS)

    @routes.post("/api/wrong")
    def wrong(given: Wrong) -> Kept:
        """Keep a question that was answered wrongly in a question file on this machine."""
        kept = wrong_answers.keep(
            WrongAnswer(given.question, given.answer, given.answerable, given.citations)
        )
        return Kept(path=str(kept))

    return routes


async def _events(
    services: Services, answering: Callable[[], Awaitable[Answer]], context: str | None
) -> AsyncIterator[str]:
    try:
        async for each in _answering(services, answering, context):
            yield each
    except WenguError as error:
        yield _error(error)
    except Exception:  # the stream has begun, so this is the last place that can tell
        _log.exception("asking failed")
        yield _error(InternalError("Wengu failed at this; the server's log says where"))


async def _answering(
    services: Services, answering: Callable[[], Awaitable[Answer]], context: str | None
) -> AsyncIterator[str]:
    answer = await answering()
    if services.writer is None:
        yield event("citations", {"citations": [asdict(one) for one in answer.citations]})
        yield event("delta", {"text": answer.answer})
    else:
        # The quotes are there before the model has read them: all that is known goes first.
        yield event("citations", asdict(answer))
        writing = services.writer.write(answer, context)
        async for text in _arriving(writing):
            yield event("delta", {"text": text})
        answer = writing.answer
    services.metrics.asked(answer)
    yield event("done", asdict(answer))


async def _arriving(writing: "StreamedAnswer") -> AsyncIterator[str]:
    """The text part by part; a client that leaves ends the model's work at once."""
    parts = iter(writing)
    try:
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            yield part
    finally:
        writing.stop()


def event(name: str, data: object) -> str:
    """One server-sent event with JSON data."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _error(error: WenguError) -> str:
    return event("error", json.loads(bytes(error_response(error).body)))
