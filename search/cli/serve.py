"""Runs a server on this machine: for browsers, or on stdin and stdout for a program."""

import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import asdict
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from index.settings import Settings
from search.api.app import build_app
from search.api.guard import is_loopback
from search.api.request_log import RequestLog
from search.cli.progress import Shown
from search.cli.request_timeout import RequestTimeout
from search.service import logs
from search.service.services import build_services, start_watching, warm_up
from search.service.updates import UpdateStatus


def serve(settings: Settings, listening: socket.socket, show: Shown) -> None:
    """Serve on a listening socket until interrupted.

    Raises:
        WenguError: the address can be reached from elsewhere and there is no token.
    """
    logs.begin(settings.log)
    services = build_services(settings, show.say, _UpdateReporter(show))
    app = RequestLog(build_app(services))
    server = _Server(_configured(app), services.updates.close)
    _announce(settings, listening, show)
    stop = threading.Event()
    start_watching(services, stop)
    threading.Thread(target=warm_up, args=(services,), name="warm", daemon=True).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn has ended in order, and says again what ended it
        pass
    finally:
        stop.set()


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
        http=RequestTimeout,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )


class _UpdateReporter:
    """Says in the terminal how updates go; an update that changed nothing is not told twice."""

    def __init__(self, show: Shown) -> None:
        self._show = show
        self._told = ""

    def __call__(self, status: UpdateStatus) -> None:
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


def serve_stdio(settings: Settings, show: Shown) -> None:
    """Answer until stdin ends; meanwhile the index is kept as fresh as ``wengu serve`` does.

    Nothing but the protocol goes to stdout.
    """
    from search.mcp.server import server

    logs.begin(settings.log)
    # A thread that waits on stdin would hold Ctrl-C back until a line comes.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    services = build_services(settings, show.say, _UpdateReporter(show))
    stop = threading.Event()
    start_watching(services, stop)
    try:
        server(services).run("stdio")
    finally:
        stop.set()
