"""A server as it is started, in a process of its own."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = "from search.cli.main import main; main()"
LONG = 300


@contextmanager
def server(notes: Path, index: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and its address; killed if the test does not end it."""
    words = ["serve", str(notes), "--index", str(index), "--port", "0", *more]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            address = next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
            yield process, address
        finally:
            process.kill()


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=LONG) as response:
        return json.load(response)


def await_index(address: str, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first state of the index that fits, as its events tell."""
    with urllib.request.urlopen(f"{address}api/index/events", timeout=LONG) as stream:
        for line in stream:
            if line.startswith(b"data: ") and fits(state := json.loads(line[6:])):
                return dict(state)
    raise AssertionError("the events ended")
