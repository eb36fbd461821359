"""Limits questions over HTTP: so many at once, so many that wait, and an end to each."""

import asyncio
import os
from collections.abc import Callable
from typing import TypeVar

from fastapi import Request

from index.errors import TookTooLong, TooMany
from search.deadline import SECONDS, Deadline, within

T = TypeVar("T")

MOST = 64
"""Questions that are answered or wait."""
_LOOKS = 0.25
"""Seconds between two looks whether somebody still waits for the answer."""


class Questions:
    """Has questions answered in threads, as many at once as there are processors."""

    def __init__(
        self,
        refresh: Callable[[], object],
        most: int = MOST,
        seconds: float = SECONDS,
    ) -> None:
        """``refresh`` takes in what has been indexed since, on nobody's time."""
        self._refresh = refresh
        self._most = most
        self._seconds = seconds
        self._taken = 0
        self._slots = asyncio.Semaphore(max(2, os.cpu_count() or 2))

    async def answered(self, request: Request, work: Callable[[], T]) -> T:
        """What ``work`` gives.

        Raises:
            TooMany: too many wait already.
            TookTooLong: the time was over, or whoever asked has gone.
        """
        if self._taken >= self._most:
            raise TooMany("too many questions at once; ask again in a moment")
        self._taken += 1
        try:
            async with self._slots:
                if await request.is_disconnected():
                    raise TookTooLong("nobody waits for the answer any more")
                deadline = Deadline(self._seconds)
                watching = asyncio.create_task(_watch(request, deadline))
                try:
                    return await asyncio.to_thread(self._work, deadline, work)
                finally:
                    watching.cancel()
        finally:
            self._taken -= 1

    def _work(self, deadline: Deadline, work: Callable[[], T]) -> T:
        self._refresh()
        with within(deadline):
            deadline.check()
            return work()


async def _watch(request: Request, deadline: Deadline) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(_LOOKS)
    deadline.leave()
