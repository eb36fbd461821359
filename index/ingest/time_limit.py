"""Ends work in its own thread when it takes too long."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_raise_in_thread = ctypes.pythonapi.PyThreadState_SetAsyncExc


class TooSlow(Exception):
    """The time is over."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``TooSlow`` in the work inside, wherever it is, once the time is over.

    Python delivers it between two steps of its own: a loop ends, one long call to a library
    does not.
    """
    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    is_over = False

    def end() -> None:
        with lock:
            if not is_over:
                _raise_in_thread(thread, ctypes.py_object(TooSlow))

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            is_over = True
            _raise_in_thread(thread, None)  # one that was on its way comes no more
