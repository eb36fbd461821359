"""Limits how long a question may take, asked wherever a question reads from the index."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar

from index.errors import TookTooLong

SECONDS = 5.0
"""Of work for one question that a server is asked."""
_WAITED = 4
"""A busy machine may take so many times as long, by the clock."""


class Deadline:
    """The end of one question's time, or of its asker's interest."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = math.inf
        self._worked = math.inf
        self._left = threading.Event()

    def begin(self) -> None:
        """From here on the time counts; in the thread that answers."""
        self._until = time.monotonic() + _WAITED * self.seconds
        self._worked = time.thread_time() + self.seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Have the time stand still while something is done inside; in the thread that answers."""
        now, worked = time.monotonic(), time.thread_time()
        try:
            yield
        finally:
            self._until += time.monotonic() - now
            self._worked += time.thread_time() - worked

    def leave(self) -> None:
        """Nobody waits for the answer any more; from any thread."""
        self._left.set()

    def check(self) -> None:
        """Raise TookTooLong where the time is over or nobody waits."""
        is_over = time.thread_time() > self._worked or time.monotonic() > self._until
        if self._left.is_set() or is_over:
            raise TookTooLong(
                f"no answer within {self.seconds:g} seconds of work; ask something shorter"
            )


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def check() -> None:
    """Raise TookTooLong where the question that this is done for has a deadline that is over."""
    if (deadline := _current.get()) is not None:
        deadline.check()


@contextmanager
def within(deadline: Deadline) -> Iterator[None]:
    """Do what is done inside for a question with this deadline, which begins here."""
    deadline.begin()
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def paused() -> Iterator[None]:
    """Do what is done inside, such as loading a model, on no question's time."""
    current = _current.get()
    with current.paused() if current else nullcontext():
        yield
