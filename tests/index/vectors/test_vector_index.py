"""Exact search over centred vectors."""

from pathlib import Path

import numpy as np
import pytest
from small_vault import SmallVault

from index.settings import Settings
from index.store.reader import Reader
from index.vectors import centering
from index.vectors.vector_index import VectorIndex, centred


def opened(vault: Settings, path: Path) -> tuple[VectorIndex, Reader, str, centering.Vector]:
    store = Reader.open(vault.store_file)
    model = store.meta("model")
    middle = centering.load(store, model, "passages")
    assert middle is not None
    return VectorIndex.load(path, store, model, middle), store, model, middle


@pytest.fixture(scope="module")
def index(vault: Settings) -> VectorIndex:
    return opened(vault, vault.vector_file)[0]


def question(index: VectorIndex) -> centering.Vector:
    vector = np.random.default_rng(1).normal(size=384).astype(np.float32)
    return vector / np.linalg.norm(vector)


def test_the_nearest_are_those_with_the_highest_cosine(index: VectorIndex, vault: Settings) -> None:
    _, store, model, middle = opened(vault, vault.vector_file)
    [(ids, vectors)] = store.new_vectors(model, 0)
    cosines = centred(vectors, middle) @ question(index)
    naive = {int(i): float(c) for i, c in zip(ids, cosines, strict=True)}
    assert dict(index.search(question(index), 100)) == pytest.approx(naive, abs=1e-4)
    assert index.scores(question(index), [*naive, 10**6]) == pytest.approx(naive, abs=1e-4)


def test_a_search_among_some_gives_only_these(index: VectorIndex) -> None:
    every = [passage for passage, _ in index.search(question(index), 100)]
    some = every[1:4]
    assert [p for p, _ in index.search(question(index), 100, some)] == some


def test_a_vector_in_the_middle_has_no_direction() -> None:
    middle = np.ones(4, dtype=np.float32)
    moved = centred(np.stack([middle, middle * 3]), middle)
    assert np.allclose(moved[0], 0)
    assert np.linalg.norm(moved[1]) == pytest.approx(1)


@pytest.mark.parametrize("harm", ["cut", "changed", "missing"])
def test_a_file_that_does_not_fit_is_built_anew(
    index: VectorIndex, vault: Settings, tmp_path: Path, harm: str
) -> None:
    path = tmp_path / "vectors"
    index.save(path)
    whole = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(whole[:-100] if harm == "cut" else whole[:-1] + bytes([whole[-1] ^ 1]))
    again = opened(vault, path)[0]
    assert dict(again.search(question(index), 5)) == pytest.approx(
        dict(index.search(question(index), 5))
    )
    assert again.generation == index.generation


def test_another_model_or_centre_is_another_index(index: VectorIndex, vault: Settings) -> None:
    _, _, model, middle = opened(vault, vault.vector_file)
    assert index.is_built_for(model, middle)
    assert not index.is_built_for("another", middle)
    assert not index.is_built_for(model, middle + 1)


@pytest.mark.parametrize("harm", ["cut", "changed", "nothing left"])
def test_garbage_behind_a_sound_header_is_rewritten_by_the_next_update(
    small: SmallVault, harm: str
) -> None:
    small.write("茶.md", "# 绿茶\n\n绿茶的水温是八十度。\n")
    small.update()
    path = small.settings.vector_file
    whole = path.read_bytes()
    end = whole.index(b"\n") + 1
    payload = {"cut": whole[end:-9], "changed": whole[end:][::-1], "nothing left": b""}[harm]
    path.write_bytes(whole[:end] + payload)
    small.update()
    assert path.read_bytes() == whole


def test_an_update_with_nothing_to_do_leaves_a_sound_file_alone(small: SmallVault) -> None:
    small.write("茶.md", "# 绿茶\n\n绿茶的水温是八十度。\n")
    small.update()
    before = (small.settings.vector_file).stat()
    small.update()
    after = (small.settings.vector_file).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
