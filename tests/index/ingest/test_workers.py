import sys
from pathlib import Path

import pytest

from index import child_process
from index.ingest import workers
from index.ingest.ingest_note import IndexedNote, ReadOptions, ingest
from index.ingest.workers import read_all
from index.model.encoder import OnnxEncoder
from index.model.load import load
from index.settings import load as settled
from index.vault.read_note import Unreadable
from index.vault.walk import walk


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    settings = settled()
    encoder = load(settings.model, settings.model_cache)
    assert isinstance(encoder, OnnxEncoder)
    return encoder


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReadOptions:
    monkeypatch.setattr(workers, "MIN_FILES_FOR_WORKERS", 3)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    for number in range(40):
        text = f"---\ndate: 2025-01-0{number % 9 + 1}\n---\n# 第 {number} 篇\n\n水温八十度。\n" * 3
        (tmp_path / f"{number:02}.md").write_text(text, "utf-8")
    (tmp_path / "20.md").write_bytes(b"\x00\xff\xfe\x81" * 50)
    return ReadOptions(tmp_path, 10_000, ("date",), "recipe")


def test_workers_find_what_one_process_finds_in_the_same_order(
    reading: ReadOptions, encoder: OnnxEncoder
) -> None:
    files = walk(reading.notes).files
    alone = [ingest(file, None, reading, encoder) for file in files]
    together = list(read_all([(file, None) for file in files], reading, encoder))
    assert isinstance(alone[20], Unreadable) and isinstance(together[20], Unreadable)
    assert str(together.pop(20)) == str(alone.pop(20))
    assert together == alone


def test_workers_pass_over_what_is_known(reading: ReadOptions, encoder: OnnxEncoder) -> None:
    files = walk(reading.notes).files
    first = ingest(files[0], None, reading, encoder)
    assert isinstance(first, IndexedNote)
    asked = [(files[0], first.file.digest), *((file, None) for file in files[1:])]
    assert next(read_all(asked, reading, encoder)) is None


@pytest.mark.parametrize("module", ["sys", "this"])  # of which one prints when it is imported
def test_what_a_worker_that_died_had_in_hand_is_read_here(
    module: str, reading: ReadOptions, encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "start", lambda *_: child_process.start(module, "exit"))
    files = walk(reading.notes).files
    found = read_all([(file, None) for file in files], reading, encoder)
    assert sum(isinstance(seen, IndexedNote) for seen in found) == 39


def test_where_no_process_can_be_started_all_is_read_here(
    reading: ReadOptions, encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(reading.notes / "no-such-program"))
    files = walk(reading.notes).files
    assert len(list(read_all([(file, None) for file in files], reading, encoder))) == len(files)
