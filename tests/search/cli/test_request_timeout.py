"""Connections that never say what they want."""

import asyncio

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from search.cli import request_timeout
from search.cli.listen import listen

APP = Starlette(routes=[Route("/", lambda _: PlainTextResponse("yes"))])


async def answered(sent: bytes) -> bytes:
    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        APP, http=request_timeout.RequestTimeout, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    writer.write(sent)
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        server.should_exit = True
        writer.close()
        await serving


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n"]
)
def test_who_is_too_slow_is_left(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "SECONDS", 0.3)
    assert b"yes" not in asyncio.run(answered(sent))


def test_who_asks_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_timeout, "SECONDS", 60)
    ask = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert asyncio.run(answered(ask)).endswith(b"yes")
