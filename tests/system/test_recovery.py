"""Whatever was broken or cut short, the next start answers as a fresh build does."""

import shutil
from pathlib import Path

import pytest
from compared_vaults import fill, found, same_as_fresh
from small_vault import SmallVault

from index import update


@pytest.fixture
def indexed(small: SmallVault) -> SmallVault:
    fill(small)
    small.update()
    return small


def harm(path: Path, how: str) -> None:
    if how == "missing":
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    for file in [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file()]:
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2] if how == "cut" else b"\xa5garbage" * 99)


@pytest.mark.parametrize("how", ["cut", "garbage", "missing"])
@pytest.mark.parametrize("what", ["vector_file", "keyword_dir", "store_file"])
def test_a_broken_file_is_made_good_by_the_next_update(
    indexed: SmallVault, tmp_path: Path, what: str, how: str
) -> None:
    harm(getattr(indexed.settings, what), how)
    indexed.update()
    same_as_fresh(indexed, tmp_path / "fresh")


@pytest.mark.parametrize("how", ["cut", "garbage", "missing"])
def test_a_search_needs_no_vectors_file(indexed: SmallVault, how: str) -> None:
    before = found(indexed)
    harm(indexed.settings.vector_file, how)
    assert found(indexed) == before


def test_a_store_begun_anew_is_not_taken_for_the_old_one(
    indexed: SmallVault, tmp_path: Path
) -> None:
    """It reaches the old generation and uses the old ids for other passages."""
    harm(indexed.settings.store_file, "garbage")
    texts = {p: p.read_bytes() for p in sorted(indexed.notes.rglob("*.md"))}
    for place, text in zip(reversed(texts), texts.values(), strict=True):
        place.write_bytes(text)
    indexed.update()
    same_as_fresh(indexed, tmp_path / "fresh")


def test_a_running_searcher_notices_that_the_store_was_begun_anew(indexed: SmallVault) -> None:
    """The new one reaches the same generation."""
    running = indexed.searcher()
    running.search("绿茶")
    before = indexed.store().generation
    shutil.rmtree(indexed.settings.index_dir)
    texts = {p: p.read_bytes() for p in sorted(indexed.notes.rglob("*.md"))}
    for place, text in zip(reversed(texts), texts.values(), strict=True):
        place.write_bytes(text)
    indexed.update()
    assert indexed.store().generation == before
    fresh = indexed.searcher().search("绿茶的要点")
    assert running.search("绿茶的要点").results == fresh.results


@pytest.mark.parametrize("step", ["link", "embed_waiting", "update_means", "publish"])
def test_an_update_that_ended_between_two_steps_is_finished_by_the_next(
    small: SmallVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    fill(small)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        at = "index.vectors.embed" if step == "update_means" else update.__name__
        patched.setattr(f"{at}.{step}", end)
        small.update()
    small.update()
    same_as_fresh(small, tmp_path / "fresh")
