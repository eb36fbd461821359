"""A server as it is started, in a process of its own."""

import json
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from copied_index import copied_index
from running_server import LONG, PROGRAM, await_index, get, server

from index.errors import WenguError
from index.settings import Settings
from search.cli.listen import listen


def test_an_edit_is_followed_until_the_server_is_interrupted(
    vault: Settings, tmp_path: Path
) -> None:
    notes = shutil.copytree(vault.notes, tmp_path / "notes", symlinks=True)
    index = copied_index(vault.index_dir, tmp_path / "index")
    with server(notes, index) as (process, address):
        assert get(f"{address}healthz") == {"status": "ok"}
        first = await_index(address, lambda state: state["state"] == "idle")
        assert first["indexed"] == 4 and first["watching"]
        (notes / "新.md").write_text("# 新笔记\n\n彗星今夜经过。", "utf-8")
        await_index(address, lambda state: state["indexed"] == 5 and state["state"] == "idle")
        found = get(f"{address}api/search?q=%E5%BD%97%E6%98%9F")
        assert found["results"][0]["path"] == "新.md"
        (notes / "新.md").unlink()
        await_index(address, lambda state: state["indexed"] == 4)
        with urllib.request.urlopen(f"{address}api/index/events", timeout=LONG) as follower:
            follower.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(LONG) == 0


def test_with_a_token_strangers_are_turned_away(vault: Settings) -> None:
    more = ("--token", "s3cret", "--no-watch")
    with server(vault.notes, vault.index_dir, *more) as (_, address):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            get(f"{address}api/index")
        asked = urllib.request.Request(
            f"{address}api/index", headers={"Authorization": "Bearer s3cret"}
        )
        with urllib.request.urlopen(asked, timeout=LONG) as response:
            assert json.load(response)["watching"] is False


def test_without_a_token_other_machines_are_not_served(vault: Settings) -> None:
    words = ["serve", str(vault.notes), "--index", str(vault.index_dir), "--port", "0"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words, "--host", "0.0.0.0", "--token", ""],
        capture_output=True, text=True, timeout=LONG,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "--token" in done.stderr and done.stderr.count("\n") == 1


def test_who_serves_other_machines_is_warned_that_there_is_no_tls(vault: Settings) -> None:
    more = ("--host", "0.0.0.0", "--token", "s3cret", "--no-watch")
    with server(vault.notes, vault.index_dir, *more) as (process, _):
        assert process.stderr is not None
        assert "TLS" in process.stderr.readline()


@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_explained(host: str) -> None:
    with pytest.raises(WenguError, match="--host"):
        listen(host, 0)
