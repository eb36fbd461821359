"""Answers in a model's words as clients get them: over HTTP, as events, on the command line."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from api_services import BASE, events, services
from model_server import LONG, Model, breaks_off, pauses, running, says, stalls
from starlette.testclient import TestClient

from index.settings import Settings
from search.api.app import build_app
from search.api.guard import Guard
from search.cli.main import run
from search.llm.load_writer import writer
from search.service.services import Services

QUESTION = {"question": "星河 1训练了多久？"}
WORDED = "星河 1 的训练用了三周 [1]。"
ROOT = Path(__file__).resolve().parents[3]
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def behind(vault: Settings) -> Services:
    return services(vault)


Worded = Callable[[Model], Guard]


@pytest.fixture
def worded(behind: Services) -> Worded:
    """The application with a model whose limits no test waits for."""

    def built(model: Model) -> Guard:
        told = {"llm_url": model.url, "llm_model": "m", "llm_silence": 600, "llm_seconds": 600}
        settings = behind.settings.model_copy(update=told)
        return build_app(replace(behind, writer=writer(settings, behind.searcher.index)))

    return built


def client(app: Guard) -> TestClient:
    return TestClient(app, base_url=BASE)


@contextmanager
def serving(app: Guard) -> Iterator[http.client.HTTPConnection]:
    """A connection to a real server, as a browser has it."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    connection = http.client.HTTPConnection(*listening.getsockname(), timeout=LONG)
    try:
        yield connection
    finally:
        connection.close()
        server.should_exit = True
        thread.join()


def heard(response: http.client.HTTPResponse) -> tuple[str, Any]:
    """The next event."""
    lines = [response.readline().decode() for _ in range(3)]
    return lines[0].strip().removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))


def post(connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
    headers = {"Content-Type": "application/json", **STREAM}
    connection.request("POST", "/api/ask", json.dumps(QUESTION), headers)
    return connection.getresponse()


def test_an_answer_is_worded_and_keeps_its_quotes(worded: Worded) -> None:
    with running(says(WORDED)) as model, client(worded(model)) as asking:
        body = asking.post("/api/ask", json=QUESTION).json()
    assert (body["engine"], body["answer"]) == ("llm:m", WORDED)
    assert "训练用了三周" in body["builtin_answer"]
    assert body["citations"][0]["quote"] in body["builtin_answer"]


def test_as_events_the_quotes_come_before_the_text_and_the_whole_at_the_end(worded: Worded) -> None:
    with running(says(f"{WORDED}\n训练不久 [1]。")) as model, client(worded(model)) as asking:
        plain = asking.post("/api/ask", json=QUESTION).json()
        told = events(asking.post("/api/ask", json=QUESTION, headers=STREAM).text)
    assert [name for name, _ in told] == ["citations", "delta", "delta", "done"]
    assert told[0][1]["citations"] == told[-1][1]["citations"]
    assert told[0][1]["answer"] == plain["builtin_answer"]
    assert "".join(data["text"] for name, data in told if name == "delta") == plain["answer"]
    assert {**told[-1][1], "took_ms": 0} == {**plain, "took_ms": 0}


def test_a_sentence_leaves_before_the_model_has_said_the_next(worded: Worded) -> None:
    script = pauses(WORDED, "训练不久 [1]。")
    with running(script) as model, serving(worded(model)) as connection:
        response = post(connection)
        assert heard(response)[0] == "citations"
        model.go_on.release(2)  # the first is known to be whole when another begins
        assert heard(response) == ("delta", {"text": WORDED})
        assert heard(response) == ("delta", {"text": "训练不久 [1]。"})
        assert heard(response)[0] == "done"


def test_a_client_that_leaves_stops_the_model(worded: Worded) -> None:
    with running(stalls(WORDED)) as model, serving(worded(model)) as connection:
        response = post(connection)
        assert heard(response)[0] == "citations"
        assert model.begun.wait(LONG)
        response.close()
        connection.close()
        assert model.left.wait(LONG)


def test_where_the_model_breaks_off_the_last_event_is_the_built_in_answer(worded: Worded) -> None:
    with running(breaks_off(f"{WORDED}\n")) as model, client(worded(model)) as asking:
        told = events(asking.post("/api/ask", json=QUESTION, headers=STREAM).text)
    assert [name for name, _ in told] == ["citations", "delta", "done"]
    assert told[-1][1]["engine"] == "builtin"
    assert told[-1][1]["answer"] == told[0][1]["answer"] != told[1][1]["text"]


def test_a_follow_up_hands_the_question_before_to_the_model(worded: Worded) -> None:
    follow_up = {"question": "星河 1呢？", "context": "星河 2的网络安全评级是什么？"}
    with running(says(WORDED)) as model, client(worded(model)) as asking:
        asking.post("/api/ask", json=follow_up)
    assert follow_up["question"] in model.prompt and follow_up["context"] in model.prompt


def test_what_the_notes_do_not_say_is_not_asked_of_the_model(worded: Worded) -> None:
    with running(says(WORDED)) as model, client(worded(model)) as asking:
        asked = {"question": "法国的首都在哪里？", "tag": "没有这个标签"}
        told = events(asking.post("/api/ask", json=asked, headers=STREAM).text)
    assert (told[-1][1]["answerable"], told[-1][1]["engine"]) == (False, "builtin")
    assert told[1] == ("delta", {"text": told[-1][1]["answer"]})
    assert model.asked == []


def test_without_a_model_nothing_of_the_writer_is_loaded(vault: Settings) -> None:
    code = (
        "import sys; from search.cli.main import run; "
        f"run(['ask', '训练了多久？', '--notes', {str(vault.notes)!r}, "
        f"'--index', {str(vault.index_dir)!r}]); import search.cli.serve; "
        "print([name for name in sys.modules "
        "if name.startswith('search.llm.') and name != 'search.llm.load_writer'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True,
        cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_command_line_too_gives_the_models_words(
    vault: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--notes", str(vault.notes), "--index", str(vault.index_dir)]
    with running(says(WORDED)) as model:
        monkeypatch.setenv("WENGU_LLM_URL", model.url)
        monkeypatch.setenv("WENGU_LLM_MODEL", "some-model")
        assert run(["ask", QUESTION["question"], *place]) == 0
    told = capsys.readouterr().out
    assert WORDED in told and "llm:some-model" in told
