"""What the API's handlers call: everything behind one running server."""

from dataclasses import dataclass
from typing import Protocol

from index.settings import Settings
from search.note_view import NoteViewer
from search.result import Answer, Filters
from search.searcher import Searcher
from search.updates import Updates


class Answers(Protocol):
    """Whoever answers questions."""

    def ask(
        self, question: str, filters: Filters | None = None, context: str | None = None
    ) -> Answer:
        """A cited answer; ``context`` is the question before this one."""


@dataclass(frozen=True, slots=True)
class Services:
    """Built once for a server and handed to each router."""

    settings: Settings
    searcher: Searcher
    answerer: Answers
    viewer: NoteViewer
    updates: Updates
