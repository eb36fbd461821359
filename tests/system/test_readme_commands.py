"""The README's commands, run as they stand."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from documents import ROOT, block, blocks, typed
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from milvus_lite.adapter.grpc.server import start_server_in_thread
from running_server import await_index, get

from index.settings import PREFIX, Settings


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder with the sample notes in it, and the commands of this tree."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, vault: Settings) -> Home:
    folder = tmp_path_factory.mktemp("home")
    (folder / "notes").symlink_to(ROOT / "notes")
    python = shlex.quote(sys.executable)
    commands = {
        "wengu": f'exec {python} -c "from search.cli.main import main; main()" "$@"',
        "browser": f'echo "$1" >> {shlex.quote(str(folder / "opened"))}',
    }
    for name, line in commands.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (folder / name).chmod(0o755)
    (folder / ".curlrc").write_text("fail\nsilent\nshow-error\n", "utf-8")
    changed = {
        "HOME": str(folder),
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "WENGU_MODELS": str(vault.model_cache),
        "BROWSER": str(folder / "browser"),
    }
    return Home(folder, {**os.environ, **changed})


def test_the_commands_of_the_readme_run(home: Home) -> None:
    done = home.run(block("wengu index --dry-run"))
    assert "notes" in done.stdout
    assert "GPT-5.2-Codex" in done.stdout
    answer = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    assert json.loads(answer)["answerable"] is True
    measured = home.run(block("wengu eval")).stdout
    assert "recall@10" in measured


def test_one_machine_indexes_into_a_store_and_others_answer_from_it(
    home: Home, tmp_path: Path
) -> None:
    running, db, port = start_server_in_thread(str(tmp_path), "127.0.0.1", 0)
    try:
        command = block("milvus+").replace("localhost:19530", f"127.0.0.1:{port}")
        assert "notes" in home.run(command).stdout
        elsewhere = f"--store milvus+http://127.0.0.1:{port} --index {tmp_path / 'none'}"
        assert "Codex" in home.run(f"wengu search Codex {elsewhere}").stdout
    finally:
        running.stop(0)
        db.close()


def test_the_python_of_the_readme_runs(home: Home) -> None:
    (code,) = blocks("README.md", "python")
    done = home.run(f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}")
    assert "2025-12-18 GPT-5.2-Codex" in done.stdout
    assert "间隔重复" in done.stdout


def test_other_programs_can_start_what_the_readme_tells_them_to(home: Home) -> None:
    told = json.loads(blocks("README.md", "json")[1])["mcpServers"]["notes"]
    arguments = [str(ROOT / "notes") if "notes" in one else one for one in told["args"]]
    program = shutil.which(told["command"], path=home.environment["PATH"])
    parameters = StdioServerParameters(
        command=program or "", args=arguments, env=dict(home.environment)
    )

    async def asked() -> list[str]:
        async with Client(parameters) as client:
            result = await client.call_tool("search_notes", {"query": "间隔重复", "k": 1})
            assert not result.is_error
            return [tool.name for tool in (await client.list_tools()).tools]

    with ThreadPoolExecutor(1) as own_loop:  # a browser's tests leave a loop in this thread
        assert "ask_notes" in own_loop.submit(lambda: asyncio.run(asked())).result()


@pytest.fixture(scope="module")
def address(home: Home) -> Iterator[str]:
    """Where the server of the README's own command listens, its index ready."""
    environment = {**home.environment, f"{PREFIX}PORT": "0"}
    command = ["bash", "-c", f"exec {block('wengu serve ~').strip()}"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            where = next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
            await_index(where, lambda state: state["state"] == "idle" and state["indexed"] > 0)
            yield where
        finally:
            process.kill()


def test_serving_opens_the_page(home: Home, address: str) -> None:
    assert (home.folder / "opened").read_text("utf-8").split() == [address]


@pytest.fixture(scope="module")
def answers(home: Home, address: str) -> list[str]:
    """What the README's lines with curl bring, in their order."""
    if shutil.which("curl") is None and os.environ.get("CI") != "true":
        pytest.skip("no curl on the PATH")
    lines = block("curl").strip().splitlines()
    place = address.removeprefix("http://").rstrip("/")
    assert all("localhost:8765" in line for line in lines)
    return [home.run(line.replace("localhost:8765", place)).stdout for line in lines]


def test_the_api_answers_as_shown(answers: Sequence[str]) -> None:
    found, answer, events, graph, index = answers
    assert {hit["path"] for hit in json.loads(found)["results"]}
    assert json.loads(answer)["answerable"] is True
    names = re.findall(r"^event: (\w+)$", events, re.MULTILINE)
    assert (names[0], names[-1]) == ("citations", "done")
    assert json.loads(graph)["edges"]
    assert json.loads(index)["notes"] > 0


def test_the_answer_shown_has_the_shape_of_the_real_one(answers: Sequence[str]) -> None:
    shown = blocks("README.md", "json")[0]
    real = json.loads(answers[1])
    assert real["question"] == json.loads(shown)["question"]
    assert unlike(json.loads(shown), real) == []


def unlike(shown: Any, real: Any, place: str = "") -> list[str]:
    """Places where a shown value differs in kind from the real one."""
    if isinstance(shown, dict) and isinstance(real, dict):
        missing = [f"{place}.{key}" for key in shown.keys() - real.keys()]
        both = shown.keys() & real.keys()
        return missing + [
            each for key in both for each in unlike(shown[key], real[key], f"{place}.{key}")
        ]
    if isinstance(shown, list) and isinstance(real, list):
        return unlike(shown[0], real[0], f"{place}[]") if shown and real else [place]
    return [] if isinstance(real, type(shown)) else [place]


def test_what_is_shown_to_be_typed_finds_something(address: str) -> None:
    for code in typed("README.md"):
        found = get(f"{address}api/search?q={quote(f'Codex {code}')}")
        assert found["results"], code
