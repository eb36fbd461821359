"""A Model Context Protocol server on stdin and stdout, for the program that started it."""

import signal
import threading

from index.settings import Settings
from search import logs
from search.cli_progress import Shown
from search.mcp import server
from search.serving import assemble, follow


def serve(settings: Settings, show: Shown) -> None:
    """Answer until stdin ends; meanwhile the index is kept as fresh as ``wengu serve`` does.

    Nothing but the protocol goes to stdout.
    """
    logs.begin(settings.log)
    # A thread that waits on stdin would hold Ctrl-C back until a line comes.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    services = assemble(settings, show)
    stop = threading.Event()
    follow(services, stop)
    try:
        server(services).run("stdio")
    finally:
        stop.set()
