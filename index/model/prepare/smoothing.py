"""Divides channels that dwarf the others before they are multiplied in 8 bits.

An input has one scale for all its channels, so that one channel of 60 leaves those of 1 a
handful of the 255 steps. Its product stays the same when a channel is divided by what its
row of weights is multiplied with (Xiao et al., "SmoothQuant", ICML 2023); here that is the
square root of the channel's range, which shares it out evenly between the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from index.model.encoder import MODEL, OnnxModel
from index.model.prepare.onnx_graph import Array
from index.model.prepare.quantize import products, save

_DWARFS = 8.0
"""How many times the median range the largest must be. In multilingual-e5-small it is 6 to 70
times where a product follows GELU, 11 to 31 times before it, at most 8 times elsewhere."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a float model does with sample texts."""

    vectors: NDArray[np.float32]
    """(texts, dimensions), unit rows; where tokens can merge, without that."""
    divisors: dict[str, Array]
    """What each channel of a product's input is to be divided by, by the input's name."""


def observe(model: onnx.ModelProto, folder: Path, tokens: Sequence[Sequence[int]]) -> Observed:
    """Run a float model, of which a copy is kept in ``folder`` for no longer."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    names = sorted({node.input[0] for node in products(model.graph)})
    shown = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names]
    copy.graph.output.extend(shown)
    vectors: list[Array] = []
    ranges: dict[str, Array] = {}
    with TemporaryDirectory(dir=folder) as place:
        save(copy, Path(place) / MODEL)
        runner = OnnxModel(Path(place))
        for text in tokens:
            vectors.append(runner.vector(text, merging=False))
            for name, values in zip(names, runner.outputs(names, text), strict=True):
                largest = np.abs(values).reshape(-1, values.shape[-1]).max(axis=0)
                ranges[name] = np.maximum(ranges.get(name, largest), largest)
    divisors = {name: _divisor(largest) for name, largest in ranges.items() if _uneven(largest)}
    return Observed(np.stack(vectors), divisors)


def _uneven(largest: Array) -> bool:
    return bool(largest.max() > _DWARFS * np.median(largest) > 0)


def _divisor(largest: Array) -> Array:
    """One where a channel is no larger than most: what was silent here may not be elsewhere."""
    divisor: Array = np.sqrt(np.maximum(largest / np.median(largest), 1))
    return divisor.astype(np.float32)
