"""Merges tokens that have come to say nearly the same, so that later layers read fewer.

Token merging (Bolya et al., "Token Merging: Your ViT But Faster", ICLR 2023): each token at
an odd place looks for the most similar one at an even place; where the two are alike enough,
the second becomes their mean, weighted by how many tokens each stands for, and the first is
gone. A token that stands for several counts as often in attention and in the mean of all.
Unlike there, no fixed number is merged: a list's commas are, words that differ stay.

A question is read as it is: there is little to save, and merging cost questions in English
.01 nDCG@10 on XQuAD's paragraphs, passages alone a fifth of that.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from onnx import TensorProto

from index.model.encoder import SWITCH
from index.model.prepare.onnx_graph import Graph

_END = 2**31
"""Beyond the end of any text."""


@dataclass(frozen=True, slots=True)
class TokenState:
    "TokenState between two layers, by the names of their values in a graph."

    state: str
    """(1, tokens, hidden)"""
    sizes: str | None = None
    """(1, tokens, 1): how many each stands for; None while each stands for itself."""


def merge(graph: Graph, tokens: TokenState, hidden: int, distance: float, name: str) -> TokenState:
    """The tokens after one round, in another order.

    Those merge that are at most ``distance``, which is one minus their cosine, apart.
    """
    zero, two, end = (_whole(graph, number) for number in (0, 2, _END))
    merges, moves = _pairs(graph, tokens.state, distance, name)
    kept, others = _halves(graph, _weighted(graph, tokens, name))
    moved = graph.add("MatMul", [moves, others], f"{name}.moved")
    grown = graph.add("Add", [kept, moved], f"{name}.grown")
    row = graph.add("Squeeze", [merges, zero], f"{name}.row")
    alone = graph.add("Not", [row], f"{name}.alone")
    rest = graph.add("Compress", [others, alone], f"{name}.rest", axis=1)
    whole = graph.add("Concat", [grown, rest], f"{name}.whole", axis=1)
    width = _whole(graph, hidden)
    sizes = graph.add("Slice", [whole, width, end, two], f"{name}.sizes")
    total = graph.add("Slice", [whole, zero, width, two], f"{name}.total")
    return TokenState(graph.add("Div", [total, sizes], f"{name}.state"), sizes)


def _pairs(graph: Graph, state: str, distance: float, name: str) -> tuple[str, str]:
    """Which odd tokens merge, (1, odds), and into which even ones, (1, evens, odds) of 0 and 1."""

    def node(kind: str, inputs: list[str], output: str, **more: Any) -> str:
        return graph.add(kind, inputs, f"{name}.{output}", **more)

    one = _whole(graph, 1)
    unit = node("LpNormalization", [state], "unit", axis=-1, p=2)
    evens, odds = _halves(graph, unit)
    columns = node("Transpose", [evens], "columns", perm=[0, 2, 1])
    cosines = node("MatMul", [odds, columns], "cosines")
    switch = graph.input(SWITCH, TensorProto.FLOAT, [])
    above = graph.weight("above", np.array(2, np.float32))  # no cosine is
    span = graph.weight(f"{name}.span", np.array(1 + distance, np.float32))
    least = node("Sub", [above, node("Mul", [switch, span], "lowered")], "least")
    highest = node("ReduceMax", [cosines], "highest", axes=[2], keepdims=0)
    merges = node("Greater", [highest, least], "merges")
    nearest = node("ArgMax", [cosines], "nearest", axis=2, keepdims=0)
    goals = node("Where", [merges, nearest, _whole(graph, -1)], "goals")
    first, step = graph.weight("first", np.array(0)), graph.weight("step", np.array(1))
    count = node("Squeeze", [node("Shape", [evens], "shape", start=1, end=2)], "count")
    places = node("Range", [first, count, step], "places")
    rows = [node("Unsqueeze", [each, one], f"{each}.row") for each in (places, goals)]
    return merges, node("Cast", [node("Equal", rows, "goes")], "moves", to=TensorProto.FLOAT)


def _halves(graph: Graph, tokens: str) -> tuple[str, str]:
    """The tokens at even places, and those at odd ones."""
    zero, one, two, end = (_whole(graph, number) for number in (0, 1, 2, _END))
    even = graph.add("Slice", [tokens, zero, end, one, two], f"{tokens}.even")
    return even, graph.add("Slice", [tokens, one, end, one, two], f"{tokens}.odd")


def _whole(graph: Graph, number: int) -> str:
    return graph.weight(f"int{number}", np.array([number]))


def _weighted(graph: Graph, tokens: TokenState, name: str) -> str:
    """States times sizes, with the sizes as one more channel: what adds up in merging."""
    if tokens.sizes is not None:
        state = graph.add("Mul", [tokens.state, tokens.sizes], f"{name}.times")
        return graph.add("Concat", [state, tokens.sizes], f"{name}.weighted", axis=-1)
    channel = graph.weight("channel.added", np.array([0, 0, 0, 0, 0, 1]))
    size = graph.weight("size", np.array(1, np.float32))
    return graph.add("Pad", [tokens.state, channel, size], f"{name}.weighted")
