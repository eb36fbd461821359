"""What the API's handlers call: everything behind one running server."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.settings import Settings
from search.answerer import Answerer
from search.metrics import Metrics
from search.note_view import NoteViewer
from search.overview import Overviews
from search.searcher import Searcher
from search.updates import Updates

if TYPE_CHECKING:
    from search.writer.writer import Writer


@dataclass(frozen=True, slots=True)
class Services:
    """Built once for a server and handed to each router."""

    settings: Settings
    searcher: Searcher
    answerer: Answerer
    viewer: NoteViewer
    updates: Updates
    overviews: Overviews
    metrics: Metrics
    writer: "Writer | None" = None
    """A language model that words answers, where one is configured."""
