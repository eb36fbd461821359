"""Files for running Wengu as a service: checked by their own tools, and against the program."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from index.settings import PREFIX, Settings
from search.cli.main import app

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PORT = str(Settings.model_fields["port"].default)


def block(language: str, word: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    (one,) = [each for each in found if word in each]
    return str(one)


def commands() -> dict[str, Any]:
    return dict(get_command(app).commands)  # type: ignore[attr-defined]


def parsed(unit: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit)
    return parser


def test_the_unit_starts_a_command_that_exists_and_may_write_its_cache_alone() -> None:
    service = parsed(block("ini", "[Service]"))["Service"]
    program, command, notes = shlex.split(service["ExecStart"])
    assert program.endswith("/wengu") and command in commands() and notes == "%h/notes"
    assert service["CacheDirectory"] == "wengu"  # the name of the cache folder, see Settings
    assert (service["ProtectSystem"], service["ProtectHome"]) == ("strict", "read-only")
    name, value = service["Environment"].split("=")
    field = name.removeprefix(PREFIX).lower()
    assert Settings.model_validate({field: value}).model_dump()[field] == value
    assert "systemctl --user enable --now wengu" in block("sh", "systemctl")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_to_complain_of_in_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "wengu.service"
    program = "%h/.local/bin/wengu"
    text = block("ini", "[Service]")
    assert program in text
    unit.write_text(text.replace(program, sys.executable), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_linter_finds_nothing_to_complain_of_in_the_dockerfile() -> None:
    beside = Path(sys.executable).parent / "hadolint"
    linter = str(beside) if beside.exists() else shutil.which("hadolint")
    if linter is None:
        assert "CI" not in os.environ, "the extra lint brings hadolint"
        pytest.skip("hadolint is not installed; the extra lint brings it")
    done = subprocess.run([linter, str(ROOT / "Dockerfile")], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def instructions(name: str) -> list[str]:
    """What follows each instruction of this name, continued lines joined."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return [" ".join(line.split()[1:]) for line in joined.splitlines() if line.startswith(name)]


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in instructions("ENV") for pair in shlex.split(line))


def test_the_image_runs_as_a_user_of_its_own_and_serves() -> None:
    (user,) = instructions("USER")
    assert user.isdecimal() and int(user) > 0
    order = [line.split()[0] for line in DOCKERFILE.splitlines() if line[:1].isupper()]
    assert order.index("USER") < order.index("CMD") and "USER" not in order[order.index("CMD") :]
    (run,) = instructions("CMD")
    program, command = re.findall(r'"([^"]+)"', run)
    assert program == "wengu" and command in commands()
    assert instructions("EXPOSE") == [PORT]
    (health,) = instructions("HEALTHCHECK")
    assert f"http://127.0.0.1:{PORT}/healthz" in health


def test_the_settings_in_the_image_are_settings() -> None:
    given = {k: v for k, v in environment().items() if k.startswith(PREFIX)}
    fields = {name.removeprefix(PREFIX).lower(): value for name, value in given.items()}
    assert fields.keys() <= Settings.model_fields.keys()
    assert Settings.model_validate(fields).host == "0.0.0.0"
    (data,) = instructions("VOLUME")
    assert all(fields[name].startswith(f"{data}/") for name in ("index", "models"))


def test_the_image_is_made_of_what_the_package_needs() -> None:
    copied = [name for line in instructions("COPY") for name in line.split()[:-1]]
    assert all((ROOT / name).exists() for name in copied)
    build = {"pyproject.toml", "setup.py", "README.md", "LICENSE"}
    assert build | {"index", "search", "web", "notes"} == set(copied)
    sent = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in sent and {f"!{name}" for name in copied} <= set(sent)


def test_the_docker_commands_of_the_readme_fit_the_image() -> None:
    build, start = block("sh", "docker build").strip().splitlines()
    assert shlex.split(build) == ["docker", "build", "-t", "wengu", "."]
    words = shlex.split(start)
    assert words[:2] == ["docker", "run"] and words[-1] == "wengu"
    mounts = [words[i + 1].split(":") for i, word in enumerate(words) if word == "-v"]
    vault, data = environment()["WENGU_NOTES"], instructions("VOLUME")[0]
    assert [vault, "ro"] in [mount[1:] for mount in mounts] and [data] in [m[1:] for m in mounts]
    assert words[words.index("-p") + 1] == f"127.0.0.1:{PORT}:{PORT}"
    assert words[words.index("-e") + 1].startswith(f"{PREFIX}TOKEN=")
