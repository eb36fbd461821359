"""The BERT encoder as an ONNX graph, written node by node from the bundled weights.

Input: ``input_ids``, int64 (1, tokens), one text without padding. Output: ``embedding``,
float32 (1, hidden), the mean of the token vectors scaled to length 1. One text at a time
needs no mask, and its vector cannot depend on its neighbours, as it would where inputs are
quantised with one scale for a whole batch.

Attention is onnxruntime's fused node, which without a mask never writes the matrix of
scores; adding and normalising are two nodes, since the fused one is several times slower.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.bundled import BLOCK, Bundle

MICROSOFT = "com.microsoft"
Array = NDArray[Any]


class Graph:
    """A graph while it is written: nodes in order, weights by name."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}

    def weight(self, name: str, values: Array) -> str:
        """Keep a constant under a name, and answer with the name."""
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **more: Any) -> str:
        """Append a node with one output, and answer with the output's name."""
        node = helper.make_node(kind, inputs, [output], name=output, domain=domain, **more)
        self.nodes.append(node)
        return output

    def model(self, hidden: int) -> onnx.ModelProto:
        """The finished model."""
        source = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])
        output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, hidden])
        weights = list(self.weights.values())
        graph = helper.make_graph(self.nodes, "encoder", [source], [output], weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def build(bundle: Bundle) -> onnx.ModelProto:
    """The whole encoder, in float32 but for the table of words."""
    graph = Graph()
    state = _embed(graph, bundle)
    for layer in range(bundle.layers):
        state = _layer(graph, bundle, state, f"l{layer}")
    _pool(graph, state)
    return graph.model(bundle.hidden)


def _embed(graph: Graph, bundle: Bundle) -> str:
    """Word, position and type, added and normalised; words stay in their 4 bits."""
    words = bundle.matrices["emb.word"]
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


def _normalise(graph: Graph, bundle: Bundle, left: str, right: str, name: str) -> str:
    weight, bias = (graph.weight(f"{name}.{k}", bundle.vectors[f"{name}.{k}"]) for k in "wb")
    total = graph.add("Add", [left, right], f"{name}.sum")
    inputs = [total, weight, bias]
    return graph.add("LayerNormalization", inputs, f"{name}.out", epsilon=bundle.epsilon)


def _layer(graph: Graph, bundle: Bundle, state: str, name: str) -> str:
    def dense(source: str, *parts: str) -> str:
        rows = np.concatenate([bundle.matrices[f"{name}.{part}.w"].floats() for part in parts])
        bias = np.concatenate([bundle.vectors[f"{name}.{part}.b"] for part in parts])
        output = f"{name}.{parts[0]}"
        weight = graph.weight(f"{output}.w", rows.T)
        product = graph.add("MatMul", [source, weight], f"{output}.product")
        return graph.add("Add", [product, graph.weight(f"{output}.b", bias)], f"{output}.out")

    packed = dense(state, "q", "k", "v")
    queries, keys, values = (f"{name}.{part}" for part in "qkv")
    graph.nodes.append(
        helper.make_node("Split", [packed], [queries, keys, values], axis=-1, name=f"{name}.split")
    )
    inputs = [queries, keys, values]
    heads = bundle.heads
    context = graph.add("MultiHeadAttention", inputs, f"{name}.ctx", MICROSOFT, num_heads=heads)
    state = _normalise(graph, bundle, dense(context, "ao"), state, f"{name}.aln")
    inner = graph.add("Gelu", [dense(state, "fi")], f"{name}.gelu", MICROSOFT)
    return _normalise(graph, bundle, dense(inner, "fo"), state, f"{name}.oln")


def _pool(graph: Graph, state: str) -> None:
    mean = graph.add("ReduceMean", [state], "mean", axes=[1], keepdims=0)
    graph.add("LpNormalization", [mean], "embedding", axis=-1, p=2)
