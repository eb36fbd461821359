"""The documents cannot lie: their commands are run, their tables compared with the program."""

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
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from milvus_lite.adapter.grpc.server import start_server_in_thread
from test_serving import await_index, get
from typer.main import get_command

from index.settings import PREFIX, Settings
from search.api import routed
from search.cli import app
from search.mcp_tools import Tools
from search.query import OPERATORS, parse
from search.serving import assemble

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")
SCREENSHOT = ROOT / "web" / "screenshot.png"
MOST_PICTURE_BYTES = 300_000

both = pytest.mark.parametrize("name", READMES)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.DOTALL | re.MULTILINE)


def block(word: str) -> str:
    """The one block of commands of the README that holds this word."""
    (found,) = [each for each in blocks("README.md", "sh") if word in each]
    return found


def rows(name: str, start: str) -> list[list[str]]:
    """Cells of all table rows whose first cell starts so."""
    lines = [line.strip("| ") for line in text(name).splitlines() if line.startswith(f"| {start}")]
    return [[cell.strip() for cell in line.split(" |")] for line in lines]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# The two languages


def test_both_languages_show_the_same_commands_and_figures() -> None:
    for language in ("sh", "json", "python", "ini"):
        assert blocks("README.md", language) == blocks("README.zh.md", language)
    for start in ("`WENGU_", "`wengu ", "`GET ", "`POST "):
        names = [[row[0] for row in rows(name, start)] for name in READMES]
        assert names[0] == names[1]
    figures = [re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", text(name)) for name in READMES]
    assert sorted(figures[0]) == sorted(figures[1])


def test_both_languages_have_the_same_sections() -> None:
    levels = [re.findall(r"^(#+) ", text(name), re.MULTILINE) for name in READMES]
    assert levels[0] == levels[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_links_to_is_there(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)\)", text(name))
    assert [t for t in targets if ":" not in t and not (ROOT / t).exists()] == []


def test_the_screenshot_is_a_picture_of_modest_size() -> None:
    assert SCREENSHOT.read_bytes().startswith(b"\x89PNG")
    assert SCREENSHOT.stat().st_size < MOST_PICTURE_BYTES


# Installing and testing


def test_ci_installs_and_tests_as_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    setup = block("-m venv").strip()
    install, _, serve = setup.rpartition(" && ")
    assert serve == ".venv/bin/wengu serve --open"
    assert install in script
    assert f"check {block('.venv/bin/pytest').strip()}\n" in script


def test_contributors_are_told_what_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    told = {line for each in blocks("CONTRIBUTING.md", "sh") for line in each.splitlines()}
    checks = set(re.findall(r"^check (.+)$", script, re.MULTILINE))
    assert checks
    assert checks <= told
    shown = {line for each in blocks("README.md", "sh") for line in each.splitlines()}
    for line in told - checks:
        assert line in script or line.removeprefix(".venv/bin/") in shown


def test_the_design_is_drawn_in_two_diagrams_of_modules_that_exist() -> None:
    drawn = blocks("CONTRIBUTING.md", "mermaid")
    assert len(drawn) == 2
    boxes = [box for each in drawn for box in re.findall(r'\["([\w, ]+): ', each)]
    names = {name for box in boxes for name in box.split(", ")}
    assert len(names) > 20
    folders = (ROOT / "index", ROOT / "search", ROOT / "search" / "answer")
    there = {path.stem for folder in folders for path in folder.iterdir()}
    assert names <= there


# Commands, run as they stand


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
        "wengu": f'exec {python} -c "from search.cli import main; main()" "$@"',
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


@pytest.mark.parametrize("tool", ["pipx run --spec", "uvx --from"])
@both
def test_what_runs_without_setting_up_runs_a_command_of_ours(name: str, tool: str) -> None:
    (line,) = re.findall(rf"`{tool} ([^`]+)`", text(name))
    place, program, command, *options = shlex.split(line)
    assert (place, program) == (".", "wengu")
    assert set(options) <= {one for given in commands()[command].params for one in given.opts}


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


# Tables, compared with the program


@both
def test_every_setting_is_told_with_its_default(name: str) -> None:
    told = {row[0].strip("`"): row for row in rows(name, "`WENGU_")}
    assert list(told) == [PREFIX + field.upper() for field in Settings.model_fields]
    for field, info in Settings.model_fields.items():
        variable, option, default, meaning = told[PREFIX + field.upper()]
        assert set(codes(option)) == long_options(variable.strip("`"))
        shown = shown_default(info.default)
        assert shown is None or codes(default) == [shown]
        assert meaning


def shown_default(value: Any) -> str | None:
    """A default as the table shows it; None where words have to tell."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value) if isinstance(value, str | int) else None


def long_options(variable: str) -> set[str]:
    """The options for which this environment variable stands in."""
    return {
        option
        for command in commands().values()
        for given in command.params
        if variable in ([given.envvar] if isinstance(given.envvar, str) else given.envvar or ())
        for option in given.opts
        if option.startswith("--")
    }


def commands() -> dict[str, Any]:
    return dict(get_command(app).commands)  # type: ignore[attr-defined]


@both
def test_every_command_is_told_with_its_options(name: str) -> None:
    told = {
        codes(row[0])[0].split()[1]: set(codes(row[2]))
        for row in rows(name, "`wengu ")
    }  # fmt: skip
    real = {
        command: {
            option
            for given in about.params
            for option in (*given.opts, *given.secondary_opts)
            if option.startswith("-") and option not in ("-h", "--help")
        }
        for command, about in commands().items()
    }
    assert told == real


@both
def test_no_variable_is_told_that_does_nothing_and_none_is_kept_back(name: str) -> None:
    options = {
        given.envvar for command in commands().values() for given in command.params if given.envvar
    }
    fields = {PREFIX + field.upper() for field in Settings.model_fields}
    others = {
        variable
        for folder in ("index", "search")
        for path in (ROOT / folder).rglob("*.py")
        for variable in re.findall(r"\"(WENGU_[A-Z_]+)\"", path.read_text("utf-8"))
    }
    told = set(re.findall(r"WENGU_[A-Z_]+", text(name)))
    assert told <= fields | options | others
    assert fields | (others - options) <= told


@both
def test_every_endpoint_is_told_with_its_parameters(name: str, vault: Settings) -> None:
    paths = routed(assemble(vault, Silent())).openapi()["paths"]
    real = {
        f"{method.upper()} {path}": {given["name"] for given in about.get("parameters", ())}
        for path, methods in paths.items()
        for method, about in methods.items()
    }
    told = {codes(row[0])[0]: row[1] for start in ("`GET ", "`POST ") for row in rows(name, start)}
    assert told.keys() == real.keys()
    for endpoint, parameters in real.items():
        asked = {one for one in parameters if f"{{{one}}}" not in endpoint and one != "accept"}
        assert asked <= set(codes(told[endpoint]))


@both
def test_other_programs_are_told_the_command_and_the_tools(name: str) -> None:
    ((program,),) = [json.loads(blocks(name, "json")[1])["mcpServers"].values()]
    assert program["command"] == "wengu"
    assert program["args"][0] in commands()
    told = {
        code for line in text(name).splitlines() if "search_notes" in line for code in codes(line)
    }
    assert told == {tool for tool in vars(Tools) if not tool.startswith("_")} - {"resource"}


class Silent:
    """Shows nothing."""

    def progress(self, now: object) -> None:
        pass

    def say(self, message: str) -> None:
        pass


def typed(name: str) -> list[str]:
    """What the table of the search syntax types."""
    table = next(part for part in text(name).split("\n\n") if "\n| `tag:" in part)
    return [code for line in table.splitlines()[2:] for code in codes(line.split("|")[1])]


@both
def test_every_operator_is_told_and_can_be_typed(name: str) -> None:
    shown = typed(name)
    assert {code.split(":")[0] for code in shown if ":" in code} == set(OPERATORS)
    assert any(parse(code).phrases for code in shown)
    assert any(parse(code).excluded for code in shown)


def test_what_is_shown_to_be_typed_finds_something(address: str) -> None:
    for code in typed("README.md"):
        found = get(f"{address}api/search?q={quote(f'Codex {code}')}")
        assert found["results"], code
