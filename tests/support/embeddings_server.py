"""A real HTTP server that speaks the embeddings protocol, for tests."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

WIDTH = 8


def vector(text: str) -> list[float]:
    """A vector that only the text decides; its length is not 1."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
    return [float(value) for value in np.random.default_rng(seed).normal(size=WIDTH)]


class Embeddings(ThreadingHTTPServer):
    """Answers in turn what ``script`` holds, then as it should; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/v1"
        self.script: list[tuple[int, dict[str, str], Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.Lock()
        self.gate: threading.Barrier | None = None
        self.embed: Callable[[list[str]], list[list[float]]] = lambda texts: [*map(vector, texts)]


class _Handler(BaseHTTPRequestHandler):
    server: Embeddings

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.asked.append(body)
            self.server.headers.append(dict(self.headers))
            scripted = self.server.script.pop(0) if self.server.script else None
        if self.server.gate is not None:
            self.server.gate.wait(10)
        vectors = enumerate(self.server.embed(body["input"]))
        items = [{"index": i, "embedding": vector} for i, vector in vectors]
        status, headers, answer = scripted or (200, {}, {"data": items[::-1]})
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Tests need no access log."""


@contextmanager
def running() -> Iterator[Embeddings]:
    """A server on a free port of this machine."""
    with Embeddings() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
