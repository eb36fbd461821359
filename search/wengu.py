"""Offers the notes to a Python program: the command line's calls, without a server."""

import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from index.errors import NotReady

if TYPE_CHECKING:  # importing this package stays cheap; the work is loaded by the first Wengu
    from index.progress import Listener, Report
    from search.result import Answer, Filters, Group, Mode, SearchResult
    from search.searcher import Searcher


class Wengu:
    """A folder of notes that can be asked; safe to share between threads.

    The index is the one that the command line uses for the same folder. A folder that has
    none yet is indexed by the first question; after that, ``update`` takes in what changed.

    Every method raises WenguError for what its user can mend; the message says how.
    """

    def __init__(
        self,
        notes: str | Path | None = None,
        *,
        index: str | Path | None = None,
        store: str | None = None,
        model: str | None = None,
        rerank: str | None = None,
    ) -> None:
        """Nothing is read or written yet.

        Args:
            notes: Folder of notes. This and the others, where not given, come from the
                environment (``WENGU_NOTES``, …) or are the defaults of the command line.
            index: Folder for the index.
            store: Store behind search, such as ``milvus+http://host:19530``; else the index.
            model: Embedding model that ``update`` uses: a name, a folder or an address.
            rerank: Cross-encoder that looks again at the first results: a name or a folder.

        Raises:
            BadRequest: there is no such folder, or another setting is wrong.
        """
        from index.settings import load
        from search.answerer import Answerer
        from search.llm.load_writer import writer
        from search.searcher import Searcher
        from search.service.updates import IndexUpdater
        from search.snapshot import OpenIndex
        from search.store.models import Models

        self.settings = load(notes=notes, index=index, store=store, model=model, rerank=rerank)
        models = Models(self.settings.model_cache)
        self._searcher = Searcher(self.settings, OpenIndex(self.settings, models=models))
        self._answerer = Answerer(self._searcher)
        self._writer = writer(self.settings, self._searcher.index)
        self._updater = IndexUpdater(self.settings, models)
        self._preparing = threading.Lock()

    def update(self, *, rebuild: bool = False, progress: "Listener | None" = None) -> "Report":
        """Bring the index up to date: only what changed, or with ``rebuild`` every note.

        ``progress`` is called now and then with how far it has come.

        Raises:
            Busy: another program is writing this index.
        """
        return self._updater("rebuild" if rebuild else "all", progress or _unheard)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        mode: "Mode" = "hybrid",
        group: "Group" = "passage",
        filters: "Filters | None" = None,
    ) -> "SearchResult":
        """The ``k`` best passages or, grouped by note, notes at their best passage.

        Raises:
            BadRequest: the query's operators cannot be understood.
        """
        return self._ready().search(query, k=k, mode=mode, group=group, filters=filters)

    def ask(
        self, question: str, *, filters: "Filters | None" = None, context: str | None = None
    ) -> "Answer":
        """An answer made of exact quotes, or the word that the notes do not say.

        ``context`` is the question before this one, for a follow-up that leaves things out.
        A language model words the answer if the environment names one.

        Raises:
            BadRequest: the question's operators cannot be understood.
        """
        self._ready()
        answer = self._answerer.ask(question, filters, context)
        return answer if self._writer is None else self._writer.write(answer, context).final()

    def close(self) -> None:
        """Close the index's files and free its memory; a later question opens them again."""
        self._searcher.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ready(self) -> "Searcher":
        with self._preparing:  # of several first questions one indexes
            try:
                self._searcher.refresh()
            except NotReady:
                self.update()
        return self._searcher


def _unheard(_: object) -> None:
    """Where progress goes when nobody listens."""
