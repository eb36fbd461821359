"""Channels that dwarf the others no longer cost these their digits."""

from pathlib import Path

import onnx
from onnx import numpy_helper
from tiny_models import bundle

from index.model.encoder import MODEL, OnnxModel
from index.model.prepare.bert import build
from index.model.prepare.compress import mean_cosine
from index.model.prepare.quantize import REDUCED, quantised, save
from index.model.prepare.smoothing import Observed, observe

TOKENS = [[0, 5, 6, 2], [0, 9, 12, 30, 7, 2], [0, *range(4, 28), 2]]
LOUD, CHANNEL = 300.0, 3


def model(loud: float = LOUD) -> onnx.ModelProto:
    """An encoder in whose first layer one channel after GELU is as large as ``loud``."""
    written = build(bundle())
    for weight in written.graph.initializer:
        if weight.name == "l0.fi.b":
            bias = numpy_helper.to_array(weight).copy()
            bias[CHANNEL] = loud
            weight.CopyFrom(numpy_helper.from_array(bias, weight.name))
        if weight.name == "l0.fo.w":
            rows = numpy_helper.to_array(weight).copy()
            rows[CHANNEL] /= max(loud, 1)
            weight.CopyFrom(numpy_helper.from_array(rows, weight.name))
    return written


def vectors(folder: Path, seen: Observed | None) -> float:
    """How near the 8-bit model stays to the float one, with or without dividing."""
    folder.mkdir()
    divisors = seen.divisors if seen else None
    save(quantised(model(), REDUCED, divisors), folder / MODEL)
    expected = observe(model(), folder, TOKENS).vectors
    return mean_cosine(OnnxModel(folder).vectors(TOKENS), expected)


def test_only_inputs_with_a_dwarfing_channel_are_divided(tmp_path: Path) -> None:
    seen = observe(model(), tmp_path, TOKENS).divisors
    assert "l0.gelu" in seen and "emb.ln.out" not in seen
    assert "l0.gelu" not in observe(model(loud=0), tmp_path, TOKENS).divisors


def test_the_dwarfing_channel_is_divided_most(tmp_path: Path) -> None:
    divisor = observe(model(), tmp_path, TOKENS).divisors["l0.gelu"]
    assert divisor.argmax() == CHANNEL


def test_dividing_brings_a_quantised_model_nearer_to_the_original(tmp_path: Path) -> None:
    seen = observe(model(), tmp_path, TOKENS)
    assert 1 - vectors(tmp_path / "with", seen) < (1 - vectors(tmp_path / "without", None)) / 2


def test_observing_leaves_the_model_and_the_folder_as_they_were(tmp_path: Path) -> None:
    one = model()
    before = one.SerializeToString(deterministic=True)
    observe(one, tmp_path, TOKENS)
    assert one.SerializeToString(deterministic=True) == before
    assert not list(tmp_path.iterdir())
