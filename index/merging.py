"""Tokens that have come to say nearly the same become one, so that later layers read fewer.

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

from index.encoder import SWITCH
from index.graph import Graph

_END = 2**31
"""Beyond the end of any text."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens between two layers, by the names of their values in a graph."""

    state: str
    """(1, tokens, hidden)"""
    sizes: str | None = None
    """(1, tokens, 1): how many each stands for; None while each stands for itself."""


def merge(graph: Graph, tokens: Tokens, hidden: int, distance: float, name: str) -> Tokens:
    """The tokens after one round, in another order.

    Those merge that are at most ``distance``, which is one minus their cosine, apart.
    """
    zero, one, two, end = (graph.weight(f"int{n}", np.array([n])) for n in (0, 1, 2, _END))

    def node(kind: str, inputs: list[str], output: str, **more: Any) -> str:
        return graph.add(kind, inputs, f"{name}.{output}", **more)

    def halves(whole: str, of: str) -> tuple[str, str]:
        even = node("Slice", [whole, zero, end, one, two], f"{of}.even")
        return even, node("Slice", [whole, one, end, one, two], f"{of}.odd")

    evens, odds = halves(node("LpNormalization", [tokens.state], "unit", axis=-1, p=2), "unit")
    columns = node("Transpose", [evens], "columns", perm=[0, 2, 1])
    cosines = node("MatMul", [odds, columns], "cosines")
    highest = node("ReduceMax", [cosines], "highest", axes=[2], keepdims=0)
    switch = graph.input(SWITCH, TensorProto.FLOAT, [])
    above = graph.weight("above", np.array(2, np.float32))  # no cosine is
    span = graph.weight(f"{name}.span", np.array(1 + distance, np.float32))
    least = node("Sub", [above, node("Mul", [switch, span], "lowered")], "least")
    merges = node("Greater", [highest, least], "merges")
    nearest = node("ArgMax", [cosines], "nearest", axis=2, keepdims=0)
    nowhere = graph.weight("nowhere", np.array(-1))
    goals = node("Unsqueeze", [node("Where", [merges, nearest, nowhere], "goals"), one], "goal")

    first, step = graph.weight("first", np.array(0)), graph.weight("step", np.array(1))
    count = node("Squeeze", [node("Shape", [evens], "shape", start=1, end=2)], "count")
    places = node("Unsqueeze", [node("Range", [first, count, step], "places"), one], "place")
    moves = node("Cast", [node("Equal", [places, goals], "goes")], "moves", to=1)

    kept, others = halves(_weighted(graph, tokens, name), "weighted")
    grown = node("Add", [kept, node("MatMul", [moves, others], "moved")], "grown")
    alone = node("Not", [node("Squeeze", [merges, zero], "row")], "alone")
    rest = node("Compress", [others, alone], "rest", axis=1)
    whole = node("Concat", [grown, rest], "whole", axis=1)
    width = graph.weight("hidden", np.array([hidden]))
    sizes = node("Slice", [whole, width, end, two], "sizes")
    total = node("Slice", [whole, zero, width, two], "total")
    return Tokens(node("Div", [total, sizes], "state"), sizes)


def _weighted(graph: Graph, tokens: Tokens, name: str) -> str:
    """States times sizes, with the sizes as one more channel: what adds up in merging."""
    if tokens.sizes is not None:
        state = graph.add("Mul", [tokens.state, tokens.sizes], f"{name}.times")
        return graph.add("Concat", [state, tokens.sizes], f"{name}.weighted", axis=-1)
    channel = graph.weight("channel.added", np.array([0, 0, 0, 0, 0, 1]))
    size = graph.weight("size", np.array(1, np.float32))
    return graph.add("Pad", [tokens.state, channel, size], f"{name}.weighted")
