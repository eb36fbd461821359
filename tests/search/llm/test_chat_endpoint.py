"""Completion as a shell asks for it: quick, and from the commands as they are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "from search.cli.main import main; main()"
HEAVY = ["numpy", "faiss", "onnxruntime", "tantivy", "fastapi"]


def asked(shell: str, line: str) -> str:
    """What the program answers when this shell completes a line."""
    words = line.split(" ")
    variables = {
        "_WENGU_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **variables},
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_options_and_values_are_completed(shell: str) -> None:
    commands = asked(shell, "wengu se")
    assert "serve" in commands and "search" in commands and "status" not in commands
    assert "--mode" in asked(shell, "wengu search --mo")
    assert "keyword" in asked(shell, "wengu search --mode k")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_asks_the_program(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, "_WENGU_COMPLETE": f"source_{shell}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"_WENGU_COMPLETE=complete_{shell}" in done.stdout


def test_completing_loads_nothing_heavy() -> None:
    told = f"print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = f"import atexit, sys; atexit.register(lambda: {told})"
    variables = {"_WENGU_COMPLETE": "complete_bash", "COMP_WORDS": "wengu se", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", f"{loaded}; {PROGRAM}"], env={**os.environ, **variables},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["serve", "search", "[]"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on the PATH")
def test_bash_completes_after_the_command_that_the_readme_names(tmp_path: Path) -> None:
    program = tmp_path / "wengu"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{PROGRAM}" "$@"\n', "utf-8")
    program.chmod(0o755)
    script = """
wengu --install-completion >/dev/null
source ~/.bashrc
COMP_WORDS=(wengu se) COMP_CWORD=1
_wengu_completion wengu
echo "${COMPREPLY[@]}"
"""
    search = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "HOME": str(tmp_path), "PATH": search},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split() == ["serve", "search"], done.stderr
