"""Prepared folders: whole or not there, whoever else is at it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import WenguError
from index.model.cache import MANIFEST, Manifest, prepare, read

SOURCE = "source 1"


def manifest(source: str = SOURCE) -> Manifest:
    return Manifest("name", source, "print", "onnx", 4, 32, "query: ", "passage: ", 0.995)


def writer(text: str = "weights", source: str = SOURCE) -> Callable[[Path], Manifest]:
    def write(folder: Path) -> Manifest:
        (folder / "model.onnx").write_text(text)
        (folder / "weights.bin").write_bytes(text.encode() * 100)
        return manifest(source)

    return write


def test_what_was_prepared_is_read_back(tmp_path: Path) -> None:
    made = prepare(tmp_path / "m", SOURCE, writer())
    assert read(tmp_path / "m", SOURCE) == made
    assert {name for name, _ in made.files} == {"model.onnx", "weights.bin"}


def test_another_source_does_not_count(tmp_path: Path) -> None:
    prepare(tmp_path / "m", SOURCE, writer())
    assert read(tmp_path / "m", "source 2") is None


@given(st.sampled_from([MANIFEST, "model.onnx", "weights.bin"]), st.data())
def test_any_damaged_byte_or_cut_is_noticed(tmp_path_factory: pytest.TempPathFactory,
                                            name: str, data: st.DataObject) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("models") / "m"
    made = prepare(folder, SOURCE, writer())
    whole = (folder / name).read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    other = whole[:place] if cut else whole[:place] + b"\0" + whole[place + 1 :]
    (folder / name).write_bytes(other)
    assert read(folder, SOURCE) is None
    assert prepare(folder, SOURCE, writer()) == made
    assert read(folder, SOURCE) == made


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"files": [1]}', "\udcff"])
def test_a_manifest_of_another_shape_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, "utf-8", errors="surrogateescape")
    assert read(tmp_path, SOURCE) is None


def test_preparers_at_the_same_time_end_with_one_sound_folder(tmp_path: Path) -> None:
    together = Barrier(8)

    def write(folder: Path) -> Manifest:
        (folder / "model.onnx").write_text(str(folder))
        together.wait()
        return manifest()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: prepare(tmp_path / "m", SOURCE, write), range(8)))
    assert set(made) == {read(tmp_path / "m", SOURCE)}
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_what_was_prepared_of_the_same_model_before_is_removed(tmp_path: Path) -> None:
    prepare(tmp_path / "old", SOURCE, writer())
    prepare(tmp_path / "other", SOURCE, lambda folder: replace(writer()(folder), name="another"))
    (tmp_path / "mine").mkdir()
    prepare(tmp_path / "new", "source 2", writer(source="source 2"))
    assert {path.name for path in tmp_path.iterdir()} == {"other", "mine", "new"}


def test_a_preparer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def write(folder: Path) -> Manifest:
        (folder / "half").write_text("done")
        raise WenguError("no")

    with pytest.raises(WenguError, match="no"):
        prepare(tmp_path / "m", SOURCE, write)
    assert list(tmp_path.iterdir()) == []


def test_a_preparer_killed_halfway_is_forgotten_later(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys, index.model.cache as p\n"
        "def write(folder):\n"
        "    (folder / 'half').write_text('done'); os.kill(os.getpid(), 9)\n"
        "p.prepare(pathlib.Path(sys.argv[1]), 'source 1', write)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "m")], check=False)
    (left,) = tmp_path.iterdir()
    assert read(tmp_path / "m", SOURCE) is None
    prepare(tmp_path / "m", SOURCE, writer())
    assert left.exists()
    long_ago = time.time() - 24 * 3600
    os.utime(left, (long_ago, long_ago))
    prepare(tmp_path / "other", SOURCE, writer())
    assert not left.exists()


def test_a_cache_that_cannot_be_written_says_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WenguError, match="WENGU_MODELS"):
        prepare(tmp_path / "file" / "m", SOURCE, writer())


def test_a_disk_that_fills_while_writing_says_so(tmp_path: Path) -> None:
    def write(folder: Path) -> Manifest:
        raise OSError(28, "No space left on device")

    with pytest.raises(WenguError, match="No space left"):
        prepare(tmp_path / "m", SOURCE, write)


def test_the_manifest_is_readable_text(tmp_path: Path) -> None:
    prepare(tmp_path / "m", SOURCE, writer())
    assert json.loads((tmp_path / "m" / MANIFEST).read_text("utf-8"))["query_prompt"] == "query: "
