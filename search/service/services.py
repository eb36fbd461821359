"""Builds everything behind one running server once and hands it to what answers."""

import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import WenguError
from index.settings import Settings
from index.watch import watch
from search.answerer import Answerer
from search.llm.load_writer import writer
from search.render.note_view import NoteViewer
from search.searcher import Searcher
from search.service.metrics import Metrics
from search.service.overview import Overviews
from search.service.updates import IndexUpdater, Updates, UpdateStatus
from search.snapshot import OpenIndex
from search.store.models import Models

if TYPE_CHECKING:
    from search.llm.answer_writer import Writer


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


def build_services(
    settings: Settings, say: Callable[[str], None], on_update: Callable[[UpdateStatus], None]
) -> Services:
    """Everything behind a server, nothing of it running.

    ``on_update`` is called, from another thread, at each change of an update's state.
    """
    models = Models(settings.model_cache, say)
    searcher = Searcher(settings, OpenIndex(settings, models=models))
    run = IndexUpdater(settings, models) if settings.update else None
    updates = Updates(run, lambda: _warm(searcher))
    updates.listen(lambda: on_update(updates.status))
    overviews = Overviews(settings, searcher.index, updates)
    return Services(
        settings, searcher, Answerer(searcher), NoteViewer(searcher.index), updates,
        overviews, Metrics(overviews.now), writer(settings, searcher.index),
    )  # fmt: skip


def warm_up(services: Services) -> None:
    """Load what questions need; from then on little is garbage."""
    _warm(services.searcher)
    services.updates.wait()
    freeze_gc()


def freeze_gc() -> None:
    """Have the collector pass over what stays until the end, and come by a hundredth as often.

    An update of a large vault makes a million small objects that stay; looking at them all,
    again and again, took half of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(70_000, 20, 20)


def _warm(searcher: Searcher) -> None:
    """Take in what is new, and load what the first question would have to wait for."""
    with suppress(WenguError):  # nothing is indexed yet
        searcher.search("warm", k=1)


def start_watching(services: Services, stop: threading.Event) -> None:
    """Bring the index up to date and, where that is set, follow every edit until ``stop``."""
    settings, updates = services.settings, services.updates
    updates.request()
    if settings.update and settings.watch:
        arguments = (settings.notes, settings.index_dir, updates.request, stop)
        threading.Thread(target=watch, args=arguments, name="watch", daemon=True).start()
