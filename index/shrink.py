"""A float model to the 8-bit one that is kept, if that still says the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from index.encoder import MODEL, OnnxModel
from index.errors import WenguError
from index.quantise import FULL, REDUCED, quantised, save
from index.smoothing import observe
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
    float model's own are taken. Raises Unlike where neither precision is near enough.
    """
    with _running():
        seen = observe(model, folder, tokens)
    measured = 0.0
    for levels in (FULL, REDUCED):
        save(quantised(model, levels, seen.divisors), folder / MODEL)
        with _running():
            found = OnnxModel(folder).vectors(tokens)
        measured = agreement(found, seen.vectors if expected is None else expected)
        if measured >= MEAN_COSINE:
            return Shrunk(levels, measured)
    raise Unlike(
        f"The quantised model differs from the original (mean cosine {measured:.3f}, at least "
        f"{MEAN_COSINE} needed); update onnxruntime or choose another model."
    )


@contextmanager
def _running() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # the runtime raises bare kinds where a graph cannot be run
        raise Unlike(f"The model cannot be run as a graph ({error}); choose another.") from error
