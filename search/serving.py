"""A server on this machine: the port first, then the index, then every edit."""

import gc
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from index.errors import WenguError
from index.settings import Settings
from index.watch import watch
from search import logs
from search.answerer import Answerer
from search.api import build_app
from search.cli_progress import Shown
from search.guard import is_loopback
from search.metrics import Metrics
from search.models import Models
from search.note_view import NoteViewer
from search.overview import Overviews
from search.request_log import RequestLog
from search.searcher import Searcher
from search.services import Services
from search.snapshot import Index
from search.updates import Updates
from search.updating import Updater
from search.wording import writer


def serve(settings: Settings, listening: socket.socket, show: Shown) -> None:
    """Serve on a listening socket until interrupted.

    Raises:
        WenguError: the address can be reached from elsewhere and there is no token.
    """
    logs.begin(settings.log)
    services = assemble(settings, show)
    app = RequestLog(build_app(services))
    server = _Server(_configured(app), services.updates.close)
    _announce(settings, listening, show)
    stop = threading.Event()
    follow(services, stop)
    threading.Thread(target=_settle, args=(services,), name="warm", daemon=True).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn has ended in order, and says again what ended it
        pass
    finally:
        stop.set()


def assemble(settings: Settings, show: Shown) -> Services:
    """Everything behind a server, nothing of it running."""
    models = Models(settings.model_cache, show.say)
    searcher = Searcher(settings, Index(settings, models=models))
    run = Updater(settings, models) if settings.update else None
    updates = Updates(run, lambda: _warm(searcher))
    updates.listen(_Teller(updates, show))
    overviews = Overviews(settings, searcher.index, updates)
    return Services(
        settings, searcher, Answerer(searcher), NoteViewer(searcher.index), updates,
        overviews, Metrics(overviews.now), writer(settings, searcher.index),
    )  # fmt: skip


def _settle(services: Services) -> None:
    """Load what questions need; from then on little is garbage."""
    _warm(services.searcher)
    services.updates.wait()
    spare_what_stays()


def spare_what_stays() -> None:
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


def _announce(settings: Settings, listening: socket.socket, show: Shown) -> None:
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{port}/"
    show.say(f"Wengu is at {address} with the notes in {settings.notes}; Ctrl-C ends it")
    if not is_loopback(settings.host):
        show.say("What is sent can be read on the way: put a proxy with TLS in front of it")
    if settings.open:
        webbrowser.open(address)


def _configured(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )


def follow(services: Services, stop: threading.Event) -> None:
    """Bring the index up to date and, where that is set, follow every edit until ``stop``."""
    settings, updates = services.settings, services.updates
    updates.want()
    if settings.update and settings.watch:
        arguments = (settings.notes, settings.index_dir, updates.want, stop)
        threading.Thread(target=watch, args=arguments, name="watch", daemon=True).start()


class _Teller:
    """Says in the terminal how updates go; an update that changed nothing is not told twice."""

    def __init__(self, updates: Updates, show: Shown) -> None:
        self._updates = updates
        self._show = show
        self._told = ""

    def __call__(self) -> None:
        status = self._updates.status
        if status.state == "updating":
            if status.progress is not None:
                self._show.progress(status.progress)
            return
        done = status.report
        counts = asdict(done) if done else {}
        warnings = counts.pop("warnings", ())
        logs.event("update", state=status.state, **counts, warnings=len(warnings))
        message = f"wengu: {status.error}" if status.error else ""
        if done is not None and not message:
            message = f"{done.total:,} notes, {done.passages:,} passages; up to date"
        if message != self._told:
            self._told = message
            self._show.say(message)


class _Server(uvicorn.Server):
    """Tells those who follow events to leave, so that ending does not wait for them."""

    def __init__(self, config: uvicorn.Config, leaving: Callable[[], None]) -> None:
        super().__init__(config)
        self._leaving = leaving

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._leaving()
        super().handle_exit(sig, frame)
