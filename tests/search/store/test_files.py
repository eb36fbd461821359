"""The files of an index, asked while they are behind or broken: a question never writes."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_vault import SmallVault

from index import file_replacement
from index.file_replacement import InUse
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


needs_proc = pytest.mark.skipif(not Path("/proc/self/maps").is_file(), reason="tells what is open")


def refuse_what_is_open(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have this machine refuse, as Windows does, to replace or delete a file that is open here.

    Gives the names of the files that were replaced.
    """
    replaced: list[str] = []

    def unless_open(place: Path) -> None:
        maps = Path("/proc/self/maps").read_text().splitlines()
        there = {Path(os.path.realpath(fd)) for fd in Path("/proc/self/fd").iterdir()}
        there |= {Path(line.split(maxsplit=5)[5]) for line in maps if "/" in line}
        if any(each.is_relative_to(place.resolve()) for each in there):
            refused = PermissionError(13, "open", str(place))
            refused.winerror = 32  # type: ignore[attr-defined]
            raise refused

    def replace(source: Path, target: Path, real: Any = Path.replace) -> Path:
        unless_open(source)
        unless_open(target)
        replaced.append(target.name)
        return real(source, target)

    def unlink(path: Path, missing_ok: bool = False, real: Any = Path.unlink) -> None:
        unless_open(path)
        real(path, missing_ok)

    def rmtree(path: Path, real: Any = shutil.rmtree) -> None:
        unless_open(path)
        real(path)

    monkeypatch.setattr(file_replacement, "PAUSES", ())
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(shutil, "rmtree", rmtree)
    return replaced


@needs_proc
def test_a_searcher_holds_no_file_that_an_update_replaces(
    indexed: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = refuse_what_is_open(monkeypatch)
    searcher = indexed.searcher()
    for scope, degrees in (("changed", "八十五"), ("rebuild", "九十")):
        assert searcher.search("水温").results
        indexed.write("茶.md", f"# 茶\n\n水温{degrees}度。\n")
        indexed.update(scope)
        assert degrees in searcher.search("水温").results[0].text
    assert {"vectors.faiss", "generation"} <= set(replaced)


@needs_proc
def test_words_that_are_broken_are_written_anew_once_nobody_holds_them(
    indexed: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_what_is_open(monkeypatch)
    searcher = indexed.searcher()
    assert searcher.search("水温").results
    with_broken_words(indexed.settings)
    with pytest.raises(InUse, match="stop other wengu commands and servers"):
        indexed.update()
    searcher.index.close()
    indexed.update()
    assert indexed.paths("水温") == ["茶.md"]
