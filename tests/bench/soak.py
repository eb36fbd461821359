"""A server under many calls and edits: handles, threads and memory, and calls over one connection.

    python tests/bench/soak.py [CALLS [EDITS [NOTES]]]

NOTES (the sample notes) are copied to a folder of their own. Of the calls one in ten asks, the
others search; edits are spread among them. A line for each twentieth of the way.
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
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from running_server import PROGRAM, await_index, server  # noqa: E402


def state(pid: int) -> tuple[int, int, int, int]:
    """Open files, those of SQLite, threads, and megabytes of memory of a process (Linux)."""
    process = Path(f"/proc/{pid}")
    files = [str(each.readlink()) for each in (process / "fd").iterdir() if each.is_symlink()]
    told = (process / "status").read_text("utf-8")
    threads, kilobytes = (
        int(re.findall(rf"^{name}:\s+(\d+)", told, re.M)[0]) for name in ("Threads", "VmRSS")
    )
    return len(files), sum("sqlite" in each for each in files), threads, kilobytes // 1024


def main() -> None:
    """Run, and print how it went."""
    calls, edits = (int(each) for each in [*sys.argv[1:3], "10000", "1000"][:2])
    notes = Path(sys.argv[3]) if len(sys.argv) > 3 else ROOT / "notes"
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(notes, Path(folder) / "notes"))
        words = sorted(each.stem for each in copied.rglob("*.md"))
        with server(copied, Path(folder) / "index") as (process, address):
            await_index(address, lambda told: told["state"] == "idle" and told["indexed"] > 0)
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=300)
            print_times(connection)
            print("calls  files  sqlite  threads  MB")
            for number in range(calls):
                call(connection, words[number % len(words)], asks=number % 10 == 0)
                if edits and number % max(calls // edits, 1) == 0:
                    (copied / "soak.md").write_text(f"# Soak\n\nEdit {number}.\n", "utf-8")
                if number % max(calls // 20, 1) == 0:
                    print(f"{number:5}  {'  '.join(f'{each:5}' for each in state(process.pid))}")
            print(f"{calls:5}  {'  '.join(f'{each:5}' for each in state(process.pid))}")
        doctor = [sys.executable, "-c", PROGRAM, "doctor", "--notes", str(copied)]
        subprocess.run([*doctor, "--index", str(Path(folder) / "index")], check=False)


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
