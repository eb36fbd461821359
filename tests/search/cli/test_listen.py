"""The socket of a server."""

import asyncio
import socket

import pytest

from index.errors import WenguError
from search.cli.listen import listen


def test_small_answers_leave_at_once() -> None:
    async def accepted() -> int:
        options: asyncio.Queue[int] = asyncio.Queue()

        def look(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            options.put_nowait(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = listen("127.0.0.1", 0)
        port = listening.getsockname()[1]
        async with await asyncio.start_server(look, sock=listening):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            option = await options.get()
            writer.close()
            return option

    assert asyncio.run(accepted()) != 0


def test_a_port_that_is_taken_is_named() -> None:
    with listen("127.0.0.1", 0) as listening, pytest.raises(WenguError, match="in use"):
        listen("127.0.0.1", listening.getsockname()[1])
