"""One writer at a time, even when one of them dies."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import Busy, WenguError
from index.store.writer_lock import only_writer

HOLDER = """
import sys
from pathlib import Path
from index.store.writer_lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_keeps_the_lock_until_it_dies(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    with pytest.raises(Busy, match="another wengu"), only_writer(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with only_writer(tmp_path):
        pass


def test_an_error_lets_the_lock_go(tmp_path: Path) -> None:
    with pytest.raises(KeyError), only_writer(tmp_path):
        raise KeyError
    with only_writer(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(WenguError, match="choose another with --index"),
        only_writer(tmp_path / "file" / "index"),
    ):
        pass
