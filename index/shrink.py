"""A float model to the 8-bit one that is kept, if that still says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray

from index.encoder import MODEL, OnnxModel
from index.errors import WenguError
from index.quantise import FULL, REDUCED, quantised, save
from index.verify import MEAN_COSINE, agreement


@dataclass(frozen=True, slots=True)
class Shrunk:
    """How the kept model was quantised and how near it stays to the original."""

    levels: int
    agreement: float


class Unlike(WenguError):
    """The quantised model's vectors are too far from the original's."""


def shrink(
    model: onnx.ModelProto,
    folder: Path,
    tokens: Sequence[Sequence[int]],
    expected: NDArray[np.float32] | None = None,
) -> Shrunk:
    """Save ``model`` quantised in ``folder`` and measure it on sample texts.

    ``expected`` holds the original's unit vectors, (texts, dimensions); without it the
    float model makes them itself. Raises Unlike where neither precision is near enough.
    """
    if expected is None:
        expected = _vectors(model, folder, tokens)
    measured = 0.0
    for levels in (FULL, REDUCED):
        save(quantised(model, levels), folder / MODEL)
        measured = agreement(_run(folder, tokens), expected)
        if measured >= MEAN_COSINE:
            return Shrunk(levels, measured)
    raise Unlike(
        f"The quantised model differs from the original (mean cosine {measured:.3f}, at least "
        f"{MEAN_COSINE} needed); update onnxruntime or choose another model."
    )


def _run(folder: Path, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    model = OnnxModel(folder)
    try:
        return model.vectors(tokens)
    except Exception as error:  # the runtime raises bare kinds where a graph cannot be run
        raise Unlike(f"The quantised model cannot be run ({error}); choose another.") from error


def _vectors(
    model: onnx.ModelProto, folder: Path, tokens: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """What the float model makes of the texts; it is kept in ``folder`` for no longer."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    with TemporaryDirectory(dir=folder) as name:
        save(copy, Path(name) / MODEL)
        return OnnxModel(Path(name)).vectors(tokens)
