"""The files of an index, asked while they are behind or broken: a question never writes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_vault import SmallVault

from index.settings import Settings


def cut_off(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that ends when notes are written and their words are not."""

    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("index.update.link", end)
        vault.update()


def files(settings: Settings) -> dict[Path, tuple[int, bytes]]:
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in settings.index_dir.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


@pytest.fixture
def indexed(small: SmallVault) -> SmallVault:
    small.write("茶.md", "# 茶\n\n水温八十度。\n")
    small.update()
    return small


def nothing(settings: Settings) -> None:
    """Leaves the index as it is."""


def without_words(settings: Settings) -> None:
    shutil.rmtree(settings.keyword_dir)


def with_broken_words(settings: Settings) -> None:
    for file in settings.keyword_dir.rglob("*"):
        if file.is_file():
            file.write_bytes(b"garbage")


@pytest.mark.parametrize("harm", [nothing, without_words, with_broken_words])
def test_a_question_never_writes(
    indexed: SmallVault, harm: Callable[[Settings], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.write("咖啡.md", "# 咖啡\n\n水温九十二度。\n")
    cut_off(indexed, monkeypatch)
    harm(indexed.settings)
    before = files(indexed.settings)
    assert indexed.searcher().search("水温").results
    assert files(indexed.settings) == before


def test_the_update_after_one_that_was_cut_off_puts_the_words_in(
    indexed: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = indexed.searcher()
    assert len(searcher.search("水温", mode="keyword").results) == 1
    indexed.write("咖啡.md", "# 咖啡\n\n水温九十二度。\n")
    cut_off(indexed, monkeypatch)
    fresh = indexed.searcher()
    assert [len(s.search("水温", mode="keyword").results) for s in (searcher, fresh)] == [1, 1]
    indexed.update()
    assert [len(s.search("水温", mode="keyword").results) for s in (searcher, fresh)] == [2, 2]


@pytest.mark.parametrize("harm", [without_words, with_broken_words])
def test_a_searcher_finds_words_that_are_written_anew(
    indexed: SmallVault, harm: Callable[[Settings], None]
) -> None:
    harm(indexed.settings)
    searcher = indexed.searcher()
    assert searcher.search("水温", mode="keyword").results == ()
    indexed.update()
    assert len(searcher.search("水温", mode="keyword").results) == 1
