"""The documents cannot lie: what they tell is compared with the program."""

import json
import re
import shlex
from typing import Any

import pytest
from documents import READMES, ROOT, block, blocks, codes, commands, rows, text, typed

from index.settings import PREFIX, Settings
from search.api.app import routed
from search.mcp.tools import Tools
from search.query.operators import OPERATORS
from search.query.query_syntax import parse
from search.service.services import build_services

DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")
SCREENSHOT = ROOT / "web" / "screenshot.png"
MOST_PICTURE_BYTES = 300_000

both = pytest.mark.parametrize("name", READMES)


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
    there = {path.stem for part in ("index", "search") for path in (ROOT / part).rglob("*")}
    assert names <= there


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


@pytest.mark.parametrize("tool", ["pipx run --spec", "uvx --from"])
@both
def test_what_runs_without_setting_up_runs_a_command_of_ours(name: str, tool: str) -> None:
    (line,) = re.findall(rf"`{tool} ([^`]+)`", text(name))
    place, program, command, *options = shlex.split(line)
    assert (place, program) == (".", "wengu")
    assert set(options) <= {one for given in commands()[command].params for one in given.opts}


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
    paths = routed(build_services(vault, lambda message: None, lambda status: None)).openapi()[
        "paths"
    ]
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


@both
def test_every_operator_is_told_and_can_be_typed(name: str) -> None:
    shown = typed(name)
    assert {code.split(":")[0].lstrip("-") for code in shown if ":" in code} == set(OPERATORS)
    assert any(parse(code).phrases for code in shown)
    assert any(parse(f"x {code}").excluded for code in shown)
