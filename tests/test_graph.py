"""The graph against BERT written out in numpy."""

from math import erf
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_models import HEADS, HIDDEN, LAYERS, bundle

from index.bundled import Bundle
from index.encoder import MODEL, OnnxModel
from index.graph import build
from index.quantise import save

Matrix = NDArray[np.float64]


def normalise(model: Bundle, x: Matrix, name: str) -> Matrix:
    x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + model.epsilon)
    return x * model.vectors[f"{name}.w"] + model.vectors[f"{name}.b"]


def dense(model: Bundle, x: Matrix, name: str) -> Matrix:
    return x @ model.matrices[f"{name}.w"].floats().T + model.vectors[f"{name}.b"]


def attend(model: Bundle, x: Matrix, name: str) -> Matrix:
    q, k, v = (
        dense(model, x, f"{name}.{part}").reshape(len(x), HEADS, -1).swapaxes(0, 1)
        for part in "qkv"
    )
    scores = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1]))
    weights = scores / scores.sum(-1, keepdims=True)
    return (weights @ v).swapaxes(0, 1).reshape(len(x), -1)


def bert(model: Bundle, ids: list[int]) -> Matrix:
    places = model.vectors["emb.pos"].reshape(-1, HIDDEN)[: len(ids)]
    words = model.matrices["emb.word"].floats()[ids]
    x = normalise(model, words + places + model.vectors["emb.type"][:HIDDEN], "emb.ln")
    for layer in (f"l{number}" for number in range(LAYERS)):
        context = attend(model, x, layer)
        x = normalise(model, x + dense(model, context, f"{layer}.ao"), f"{layer}.aln")
        inner = dense(model, x, f"{layer}.fi")
        inner = inner * (1 + np.vectorize(erf)(inner / np.sqrt(2))) / 2
        x = normalise(model, x + dense(model, inner, f"{layer}.fo"), f"{layer}.oln")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize("length", [1, 2, 9, 32])
def test_the_graph_computes_bert_with_mean_pooling(tmp_path: Path, length: int) -> None:
    model = bundle()
    save(build(model), tmp_path / MODEL)
    ids = [number * 5 % len(model.pieces) for number in range(length)]
    found = OnnxModel(tmp_path).vector(ids)
    np.testing.assert_allclose(found, bert(model, ids), atol=2e-5)
