"""A server under many calls and edits: handles, threads and memory, and calls over one connection.

    python tests/bench/soak.py [CALLS [EDITS [NOTES [INDEX]]]]

NOTES (the sample notes) are copied to a folder of their own, and INDEX, where one is given, to
begin with. Of the calls one in ten asks, the others search; edits are spread among them. A line
for each twentieth of the way, and a plot of them in soak.svg. At the end what is found is
compared with what an index of the same notes finds that is made anew.
"""

import http.client
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from plot import plot  # noqa: E402
from running_server import PROGRAM, await_index, server  # noqa: E402

LINES = {
    "files": ("open files", "#1f6f5c"),
    "sqlite": ("of SQLite", "#777"),
    "threads": ("threads", "#b4541a"),
    "memory": ("memory, MB", "#3a5fa0"),
    "anonymous": ("of it anonymous", "#8a4fa0"),
}
COMPARED = 40
"""Searches that are compared at the end."""


def state(pid: int) -> dict[str, int]:
    """Open files, those of SQLite, threads, and megabytes of memory of a process (Linux)."""
    process = Path(f"/proc/{pid}")
    files = [str(each.readlink()) for each in (process / "fd").iterdir() if each.is_symlink()]
    told = (process / "status").read_text("utf-8")
    threads, kilobytes, anonymous = (
        int(re.findall(rf"^{name}:\s+(\d+)", told, re.M)[0])
        for name in ("Threads", "VmRSS", "RssAnon")
    )
    handles = {"files": len(files), "sqlite": sum("sqlite" in each for each in files)}
    memory = {"memory": kilobytes // 1024, "anonymous": anonymous // 1024}
    return {**handles, "threads": threads, **memory}


def main() -> None:
    """Run, and print how it went."""
    calls, edits = (int(each) for each in [*sys.argv[1:3], "10000", "1000"][:2])
    notes, index = (Path(sys.argv[at]) if len(sys.argv) > at else None for at in (3, 4))
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(notes or ROOT / "notes", Path(folder) / "notes"))
        own = Path(folder) / "index"
        if index is not None:
            shutil.copytree(index, own)
        words = sorted(each.stem for each in copied.rglob("*.md"))
        rows: list[dict[str, int]] = []
        with server(copied, own) as (process, address):
            await_index(address, lambda told: told["state"] == "idle" and told["indexed"] > 0)
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=300)
            print_times(connection)
            print("calls", *LINES, sep="  ")
            for number in range(1, calls + 1):
                call(connection, words[number % len(words)], asks=number % 10 == 0)
                if edits and number % max(calls // edits, 1) == 0:
                    (copied / "soak.md").write_text(f"# Soak\n\nEdit {number}.\n", "utf-8")
                if number % max(calls // 20, 1) == 0:
                    rows.append({"calls": number, **state(process.pid)})
                    print(*(f"{each:6}" for each in rows[-1].values()), flush=True)
            time.sleep(5)  # until the last edit is seen
            await_index(address, lambda told: told["state"] == "idle")
        Path("soak.svg").write_text(plot(rows, LINES, "calls"), "utf-8")
        run("doctor", copied, own)
        before = found(copied, own, words)
        run("index", copied, own, str(copied), "--rebuild")
        differing = [
            word for word, hits in found(copied, own, words).items() if hits != before[word]
        ]
        print(f"{len(before)} searches, otherwise in a fresh index: {differing or 'none'}")


def run(command: str, notes: Path, index: Path, *more: str) -> None:
    """One command of the program."""
    where = ["--index", str(index), *([] if more else ["--notes", str(notes)])]
    subprocess.run([sys.executable, "-c", PROGRAM, command, *more, *where], check=False)


def found(notes: Path, index: Path, words: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """What searches for some of the words find: places, texts and scores."""
    from search import Wengu

    with Wengu(notes, index=index) as vault:
        return {
            word: [(h.path, h.start, h.text, round(h.score, 2)) for h in vault.search(word).results]
            for word in words[:: max(len(words) // COMPARED, 1)]
        }


def print_times(connection: http.client.HTTPConnection) -> None:
    """The median of calls over one kept connection."""
    for path in ("/healthz", "/api/tags", "/api/search?q=a"):
        took = []
        for _ in range(50):
            began = time.perf_counter()
            connection.request("GET", path)
            connection.getresponse().read()
            took.append(1000 * (time.perf_counter() - began))
        print(f"{path:16} {statistics.median(took):7.1f} ms")


def call(connection: http.client.HTTPConnection, text: str, *, asks: bool) -> None:
    """One search, or one question."""
    if asks:
        body = json.dumps({"question": text})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
    else:
        connection.request("GET", f"/api/search?q={quote(text)}")
    connection.getresponse().read()


if __name__ == "__main__":
    main()
