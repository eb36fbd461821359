"""Objects that live in a process of their own."""

import os
import runpy
import subprocess
import sys

import pytest
from remote_walker import Walker

from index import child_process
from index.child_process import RemoteObject
from index.errors import WenguError


def test_an_object_keeps_its_state_there_and_says_how_far_it_is() -> None:
    walker = RemoteObject(Walker, 4)
    said: list[str] = []
    assert walker.ask("walked", 2, say=said.append) == 6
    assert said == ["at 5", "at 6"]
    assert walker.ask("place") == 6
    assert walker.ask("process") != os.getpid()


def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(WenguError, match="steps go forward"):
        RemoteObject(Walker, -1)
    with pytest.raises(WenguError, match="ValueError: "):
        RemoteObject(int, "no number")


def test_a_process_that_ends_is_told_of() -> None:
    walker = RemoteObject(Walker, 0)
    for _ in range(2):
        with pytest.raises(WenguError, match="has ended"):
            walker.ask("leave")


def test_its_process_ends_when_nobody_refers_to_it() -> None:
    walker = RemoteObject(Walker, 0)
    process = walker._process
    del walker
    assert process.poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="there it is done, not refused")
def test_on_windows_no_console_is_opened_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    there = runpy.run_path(child_process.__file__)
    with pytest.raises(ValueError, match="creationflags is only supported on Windows"):
        there["start"]("os", "getcwd")
