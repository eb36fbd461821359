"""What a server logs, in a process of its own: how things went, never what was said."""

import json
import logging
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from running_server import LONG, PROGRAM

from index.settings import Settings
from search.service.logs import OnceAMinute

QUESTION = "星河的网络安全评级"
NOTE = "博客/模型一.md"


@contextmanager
def logged(vault: Settings, *more: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that logs JSON: its address, and its events, complete after the block."""
    words = ["serve", str(vault.notes), "--index", str(vault.index_dir), "--port", "0"]
    entries: list[dict[str, Any]] = []
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words, "--no-watch", "--log-format", "json", *more],
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            for line in process.stderr:
                entries.append(json.loads(line))
                if "http://" in entries[-1].get("message", ""):
                    break
            message = entries[-1]["message"]
            yield next(word for word in message.split() if word.startswith("http://")), entries
            while all(
                one["event"] != "update" for one in entries
            ):  # else it would be ended in the midst of it
                entries.append(json.loads(next(process.stderr)))
        finally:
            process.terminate()
            entries += [json.loads(line) for line in process.stderr]


@pytest.fixture(scope="module")
def entries(vault: Settings) -> list[dict[str, Any]]:
    """What is logged while everything that can be asked is asked."""
    with logged(vault) as (address, entries):
        for place in (
            f"api/search?q={quote(QUESTION)}",
            f"api/notes/{quote(NOTE)}",
            "?q=" + quote(QUESTION),
            "api/index",
            quote("没有/这里.md"),
        ):
            try:
                urllib.request.urlopen(address + place, timeout=LONG).read()
            except urllib.error.HTTPError as error:
                error.close()
        body = json.dumps({"question": QUESTION}).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{address}api/ask", body, headers)
        urllib.request.urlopen(asked, timeout=LONG).read()
    return entries


def test_every_line_is_an_event_with_time_and_level(entries: list[dict[str, Any]]) -> None:
    assert all({"time", "level", "event"} <= entry.keys() for entry in entries)
    assert {"message", "request", "search", "ask", "update"} <= {e["event"] for e in entries}
    assert all(entry["time"].endswith("+00:00") for entry in entries)


def test_requests_are_logged_by_the_route_that_answered(entries: list[dict[str, Any]]) -> None:
    requests = [entry for entry in entries if entry["event"] == "request"]
    told = {(one["method"], one["route"], one["status"]) for one in requests}
    assert told >= {
        ("GET", "/api/search", 200),
        ("GET", "/api/notes/{path:any}", 200),
        ("GET", "/", 200),
        ("GET", "-", 404),
        ("POST", "/api/ask", 200),
    }
    assert all(one["ms"] >= 0 for one in requests)


def test_answers_and_updates_are_logged_by_their_figures(entries: list[dict[str, Any]]) -> None:
    [ask] = [entry for entry in entries if entry["event"] == "ask"]
    assert ask["lang"] == "zh" and ask["kind"] and ask["ms"] > 0
    updates = [entry for entry in entries if entry["event"] == "update"]
    assert updates[-1]["state"] == "idle" and updates[-1]["total"] == 4


def test_neither_question_nor_note_is_logged(
    entries: list[dict[str, Any]], vault: Settings
) -> None:
    text = json.dumps(entries, ensure_ascii=False)
    assert not [word for word in ("网络安全", "星河", "模型一", "没有", "评级") if word in text]


FAILING = """
import logging, sys
from search.service import logs
logs.begin(sys.argv[1])
def fail(text):
    raise ValueError("cannot read " + text)
try:
    fail("my diary")
except ValueError:
    logging.getLogger("wengu").exception("reading failed")
"""


def failed(kind: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FAILING, kind],
        capture_output=True, text=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    return done.stderr


@pytest.mark.parametrize("kind", ["plain", "json"])
def test_a_fault_is_logged_with_its_place_but_not_with_what_it_failed_at(kind: str) -> None:
    told = failed(kind)
    assert "reading failed" in told and "ValueError" in told and "in fail" in told
    assert "diary" not in told
    assert "my diary" in failed(kind, WENGU_DEBUG="1")


def test_a_fault_in_json_is_one_line() -> None:
    [line] = failed("json").splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["level"], entry["message"]) == (
        "message", "error", "reading failed",
    )  # fmt: skip
    assert entry["fault"][0] == "ValueError"


def test_an_unknown_format_is_wrong_usage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "serve", str(tmp_path), "--log-format", "xml"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2 and done.stderr.count("\n") == 1


def test_a_fault_that_comes_again_and_again_is_told_once_a_minute() -> None:
    def fault(created: float) -> logging.LogRecord:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "no %s", ("room",), None)
        record.created = created
        return record

    told = OnceAMinute()
    kept = [each for at in range(300) if told.filter(each := fault(1000.0 + at))]
    assert [each.getMessage() for each in kept] == ["no room", *["no room (59 more like it)"] * 4]
