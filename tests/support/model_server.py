"""A real HTTP server that speaks the chat protocol of language models, for tests."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONG = 60


class Model(ThreadingHTTPServer):
    """Does in turn what ``script`` holds, the last of it again and again."""

    daemon_threads = True

    def __init__(self, *script: "Act") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/v1"
        self.script = list(script)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.begun = threading.Event()
        """Set when an answer has begun."""
        self.left = threading.Event()
        """Set when the client has gone away from an act that waits for that."""
        self.go_on = threading.Semaphore(0)
        """Lets an act that has paused say its next piece."""

    @property
    def prompt(self) -> str:
        """All that the model was told in the last request."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Model

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        script = self.server.script
        act = script.pop(0) if len(script) > 1 else script[0]
        self.close_connection = True
        try:
            act(self)
        except OSError:  # the client has heard enough
            self.server.left.set()

    def begin(self, kind: str = "text/event-stream; charset=utf-8") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.server.begun.set()

    def send(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def event(self, data: object) -> None:
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.send(f"data: {text}\n\n".encode())

    def say(self, text: str | None, reason: str | None = None) -> None:
        delta = {} if text is None else {"content": text}
        self.event({"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})

    def end(self, reason: str = "stop") -> None:
        self.say(None, reason)
        self.event("[DONE]")
        self.send(b"")

    def wait_until_left(self) -> None:
        self.connection.settimeout(LONG)
        if not self.connection.recv(1):
            self.server.left.set()

    def log_message(self, *args: Any) -> None:
        """Tests need no access log."""


Act = Callable[[Handler], None]


def says(text: str, size: int = 7, reason: str = "stop") -> Act:
    """A model that says this in pieces of a few characters, and then why it ends."""

    def act(handler: Handler) -> None:
        handler.begin()
        for start in range(0, len(text), size):
            handler.say(text[start : start + size])
        handler.end(reason)

    return act


def stalls(text: str = "") -> Act:
    """A model that says this and then nothing more, until the client leaves."""

    def act(handler: Handler) -> None:
        handler.begin()
        handler.say(text)
        handler.wait_until_left()

    return act


def murmurs(handler: Handler) -> None:
    """A model that sends nothing but comments, until the client leaves."""
    handler.begin()
    handler.connection.settimeout(0.02)
    for _ in range(LONG * 50):
        handler.send(b": still thinking\n\n")
        with suppress(TimeoutError):
            if not handler.connection.recv(1):
                handler.server.left.set()
                return


def breaks_off(text: str) -> Act:
    """A model whose connection ends without its answer's end."""

    def act(handler: Handler) -> None:
        handler.begin()
        handler.say(text)

    return act


def pauses(*parts: str) -> Act:
    """A model that waits before each part until the test lets it go on."""

    def act(handler: Handler) -> None:
        handler.begin()
        for part in parts:
            handler.server.go_on.acquire(timeout=LONG)
            handler.say(part)
        handler.end()

    return act


def answers(status: int, content: bytes, kind: str = "application/json") -> Act:
    """A server that gives this instead of a stream."""

    def act(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return act


@contextmanager
def running(*script: Act) -> Iterator[Model]:
    """A server on a free port of this machine."""
    with Model(*script) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
