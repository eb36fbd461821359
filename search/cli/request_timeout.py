"""Closes connections that take too long to say what they want."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 30.0
"""For the headers and the body of one request, both of them small."""


class RequestTimeout(H11Protocol):
    """HTTP as uvicorn speaks it, with an end to waiting for a request."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting until the whole request is there."""
        if self._waiting is None:
            self._wait()
        super().data_received(data)
        if self.cycle is not None and not self.cycle.more_body:
            self._arrived()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._arrived()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(SECONDS, self.transport.abort)

    def _arrived(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = None
