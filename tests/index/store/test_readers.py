"""Connections of threads: one each, and none left of those that have ended."""

import threading
import weakref
from pathlib import Path

import pytest
from small_vault import SmallVault

from index.errors import NotReady
from index.store.readers import Readers


@pytest.fixture
def readers(small: SmallVault) -> Readers:
    small.write("茶.md", "# 茶\n\n水温八十度。\n")
    small.update()
    return Readers(small.settings.store_file)


def test_a_thread_keeps_its_connection(readers: Readers) -> None:
    assert readers.mine() is readers.mine()


def test_threads_that_have_ended_leave_no_connection(readers: Readers) -> None:
    for _ in range(50):
        thread = threading.Thread(target=lambda: readers.mine().note_count())
        thread.start()
        thread.join()
    readers.mine()
    assert len(readers) <= 2


def test_after_closing_all_is_opened_anew(readers: Readers) -> None:
    before = readers.mine()
    readers.close()
    assert len(readers) == 0
    assert readers.mine() is not before and readers.mine().note_count() == 1


def test_without_a_store_nothing_is_opened(tmp_path: Path) -> None:
    readers = Readers(tmp_path / "store.db")
    with pytest.raises(NotReady):
        readers.mine()
    assert len(readers) == 0


def test_a_connection_that_is_read_from_closes_after_its_reader(readers: Readers) -> None:
    files = readers.mine().new_texts(0)
    readers.close()
    assert [path for path, _ in files]
    del files
    mine = readers.mine()
    closed = weakref.ref(mine)
    readers.close()
    del mine
    assert closed() is None
