"""Ends a command line that cannot be obeyed with one line on stderr and a status."""

import logging
import os
import sys
import threading
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn


def never_fail_to_print() -> None:
    """Have characters that the console's encoding lacks come out as ``?``.

    Windows gives pipes and files the encoding of its own language, in which notes cannot
    always be written.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def failed(message: str, status: int = 1) -> int:
    """Say on one line what was wrong; gives the exit status.

    What a name in it could command the terminal with is left out.
    """
    plain = "".join(c if c.isprintable() else " " for c in message)
    print(f"wengu: {' '.join(plain.split())}", file=sys.stderr)
    return status


def unexpected(error: Exception) -> int:
    """A usage error, or a fault of our own."""
    # Usage errors are of click, or of the copy of it that newer typers carry.
    if hasattr(error, "format_message"):
        message = str(error.format_message()).rstrip(".")
        return failed(f"{message}. See wengu --help.", 2)
    if os.environ.get("WENGU_DEBUG"):
        raise error
    kind = type(error).__name__
    return failed(f"a fault of Wengu ({kind}: {error}); WENGU_DEBUG=1 shows where it is")


def leave(status: int) -> NoReturn:
    """End the process with this status.

    A thread that is cut off, as an update's is when a server ends, may be inside a library, where
    an interpreter that is taken down under it crashes; so it is not taken down then.
    """
    if any(thread.daemon for thread in threading.enumerate()):
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # nobody reads it any more
                stream.flush()
        os._exit(status)
    sys.exit(status)
