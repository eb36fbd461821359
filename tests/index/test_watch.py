import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.watch import concerns_notes, watch

SOON = 20.0
NEVER = 3600.0


@contextmanager
def watched(notes: Path, sweep: float = NEVER) -> Iterator[threading.Semaphore]:
    """A watched folder; the semaphore counts how often it was said to have changed."""
    changes, stop = threading.Semaphore(0), threading.Event()
    thread = threading.Thread(
        target=watch,
        args=(notes, notes / "index", lambda _: changes.release(), stop, sweep),
        daemon=True,
    )
    thread.start()
    try:
        yield changes
    finally:
        stop.set()
        thread.join(SOON)
        assert not thread.is_alive()


def test_an_edit_is_heard(tmp_path: Path) -> None:
    with watched(tmp_path) as changes:
        assert changes.acquire(timeout=SOON)
        (tmp_path / "a.md").write_text("a")
        assert changes.acquire(timeout=SOON)


def test_a_moved_folder_is_heard(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "a.md").write_text("a")
    with watched(tmp_path) as changes:
        assert changes.acquire(timeout=SOON)
        (tmp_path / "before").rename(tmp_path / "after")
        assert changes.acquire(timeout=SOON)


def test_without_events_the_notes_are_looked_over_all_the_same(tmp_path: Path) -> None:
    with watched(tmp_path, sweep=0.01) as changes:
        assert changes.acquire(timeout=SOON) and changes.acquire(timeout=SOON)


def test_a_vault_that_goes_and_comes_back_is_heard(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    with watched(notes) as changes:
        assert changes.acquire(timeout=SOON)
        notes.rename(tmp_path / "away")
        notes.mkdir()
        assert changes.acquire(timeout=SOON)
        assert changes.acquire(timeout=SOON)
        (notes / "b.md").write_text("b")
        assert changes.acquire(timeout=SOON)


def test_a_vault_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    with watched(tmp_path / "later") as changes:
        (tmp_path / "later").mkdir()
        assert changes.acquire(timeout=SOON)


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("a.md", True),
        ("深/文.MARKDOWN", True),
        (".wenguignore", True),
        ("gone folder", True),
        ("gone v1.2", True),
        ("picture.png", False),
        (".obsidian/workspace.json", False),
        (".trash/a.md", False),
        ("node_modules/x/readme.md", False),
        ("index/wengu.sqlite", False),
        ("../elsewhere.md", False),
    ],
)
def test_only_what_may_change_the_index_counts(tmp_path: Path, path: str, concerns: bool) -> None:
    place = (tmp_path / path).resolve()
    assert concerns_notes(place, tmp_path, tmp_path / "index") is concerns


def test_a_file_in_the_place_of_a_folder_may_have_taken_its_notes(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("no folder any more", "utf-8")
    assert concerns_notes(tmp_path / "folder", tmp_path, tmp_path / "index")
