"""Reading is given the time that a note's size allows, and no more."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.ingest.ingest_note import IndexedNote, ReadOptions, ingest
from index.ingest.time_limit import TooSlow, time_limit
from index.vault.walk import walk


def test_work_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TooSlow), time_limit(0.05):
        while True:
            pass


def test_work_that_ends_in_time_is_left_alone() -> None:
    with time_limit(5):
        done = sum(range(1000))
    assert done == 499_500


def test_the_end_of_the_time_never_comes_after_the_work() -> None:
    late = 0
    for _ in range(100):
        try:
            with time_limit(0.002):
                time.sleep(0.0015)
        except TooSlow:
            late += 1
        sum(range(100))  # here nothing may be raised
    assert late <= 100


class _NeverDone:
    """Counts tokens for ever."""

    max_tokens = 254

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        while texts:
            time.sleep(0.001)
        return []


def test_a_note_that_takes_too_long_is_known_by_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "长.md").write_text("# 题\n\n水温八十度。\n" * 1000, "utf-8")
    (file,) = walk(tmp_path).files
    read = ingest(file, None, ReadOptions(tmp_path, 10**6, ("date",), "recipe", 0.1), _NeverDone())
    assert isinstance(read, IndexedNote)
    assert (read.note.title, read.passages) == ("长", ())
    assert "not read within" in read.warnings[0]
    assert (
        ingest(file, read.file.digest, ReadOptions(tmp_path, 10**6, (), "r"), _NeverDone()) is None
    )
