"""Writes ONNX models in 8 bits: constant matrices and embedding tables, the rest as it was."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from index.model.prepare.onnx_graph import MICROSOFT, Array

FULL, REDUCED = 127, 63
"""Largest weights. The smaller one keeps sums of two products within 16 bits, where
processors without 8-bit dot products saturate."""
_WEIGHTS = "weights.bin"
_BLOCK = 32
_FEWEST_ROWS = 1024


def save(model: onnx.ModelProto, path: Path) -> None:
    """Write the graph, its weights in a file beside it that is mapped into memory.

    The model is used up: its weights are moved out of it.
    """
    path.with_name(_WEIGHTS).unlink(missing_ok=True)  # onnx would append to it
    onnx.save_model(
        model, str(path), save_as_external_data=True, location=_WEIGHTS, size_threshold=1024
    )


def products(graph: onnx.GraphProto) -> Iterator[onnx.NodeProto]:
    """The nodes that multiply with a constant matrix."""
    constants = {weight.name for weight in graph.initializer}
    return (n for n in graph.node if n.op_type == "MatMul" and n.input[1] in constants)


def quantised(
    model: onnx.ModelProto, levels: int, divisors: Mapping[str, Array] | None = None
) -> onnx.ModelProto:
    """A copy of a float32 model with 8-bit weights.

    A product with a constant matrix becomes ``DynamicQuantizeMatMul``: one scale for each
    column, inputs scaled as they come; a bias added next goes into the same node. A lookup
    in a large table reads 8-bit rows with a scale for every 32 values. ``divisors`` are by
    input: its channels are divided by them, and their weights multiplied.
    """
    rewriting = _Rewriting(model.graph, divisors or {})
    for node in products(model.graph):
        rewriting.multiply(node, levels)
    for node in model.graph.node:
        if node.op_type == "Gather":
            rewriting.look_up(node)
    domains = {opset.domain: opset.version for opset in model.opset_import} | {MICROSOFT: 1}
    opsets = [helper.make_opsetid(domain, version) for domain, version in domains.items()]
    return helper.make_model(rewriting.graph(), opset_imports=opsets, ir_version=model.ir_version)


class _Rewriting:
    """A graph and what is to be put in the place of some of its nodes."""

    def __init__(self, graph: onnx.GraphProto, divisors: Mapping[str, Array]) -> None:
        self.original = graph
        self.divisors = divisors
        self.weights = {weight.name: weight for weight in graph.initializer}
        self.uses = Counter(name for node in graph.node for name in node.input)
        self.readers = {name: node for node in graph.node for name in node.input}
        self.replaced: dict[str, onnx.NodeProto] = {}
        self.dropped: set[str] = set()
        self.added: dict[str, Array] = {}

    def constant(self, name: str, rank: int) -> Array | None:
        """A float32 constant of this rank, or None."""
        weight = self.weights.get(name)
        if weight is None or len(weight.dims) != rank:
            return None
        values = numpy_helper.to_array(weight)
        return values if values.dtype == np.float32 else None

    def multiply(self, node: onnx.NodeProto, levels: int) -> None:
        matrix = self.constant(node.input[1], 2)
        if matrix is None:
            return
        output, bias = self._bias(node, matrix.shape[1])
        source, name = node.input[:2]
        if (divisor := self.divisors.get(source)) is not None:
            matrix = matrix * divisor[:, None]
            name = f"{name}.{source}"
            self.added[f"{source}.factor"] = (1 / divisor).astype(np.float32)
            source = f"{source}.divided"
        if f"{name}.int8" not in self.added:
            scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12).astype(np.float32) / levels
            self.added[f"{name}.int8"] = np.rint(matrix / scale).astype(np.int8)
            self.added[f"{name}.scale"] = scale
            self.added[f"{name}.zero"] = np.zeros(len(scale), np.int8)
        inputs = [source, *(f"{name}.{part}" for part in ("int8", "scale", "zero")), *bias]
        self._replace(node, helper.make_node("DynamicQuantizeMatMul", inputs, [output]))

    def _bias(self, node: onnx.NodeProto, width: int) -> tuple[str, list[str]]:
        """The output after a constant bias, if that is what comes next, and its name."""
        product = node.output[0]
        reader = self.readers.get(product)
        if reader is None or reader.op_type != "Add" or self.uses[product] != 1:
            return product, []
        other = next(name for name in reader.input if name != product)
        bias = self.constant(other, 1)
        if bias is None or len(bias) != width:
            return product, []
        self.dropped.add(reader.output[0])
        return reader.output[0], [other]

    def look_up(self, node: onnx.NodeProto) -> None:
        name = node.input[0]
        table = self.constant(name, 2)
        axis = next((value.i for value in node.attribute if value.name == "axis"), 0)
        if table is None or axis or len(table) < _FEWEST_ROWS or table.shape[1] % _BLOCK:
            return
        if f"{name}.uint8" not in self.added:
            blocks = table.reshape(len(table), -1, _BLOCK)
            scale = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 127
            rounded = np.rint(blocks / scale[:, :, None]) + 128
            self.added[f"{name}.uint8"] = rounded.astype(np.uint8).reshape(table.shape)
            self.added[f"{name}.scale"] = scale
        inputs = [f"{name}.uint8", node.input[1], f"{name}.scale"]
        lookup = helper.make_node("GatherBlockQuantized", inputs, [node.output[0]])
        shape = {"gather_axis": 0, "quantize_axis": 1, "block_size": _BLOCK, "bits": 8}
        lookup.attribute.extend(helper.make_attribute(key, value) for key, value in shape.items())
        self._replace(node, lookup)

    def _replace(self, node: onnx.NodeProto, other: onnx.NodeProto) -> None:
        other.domain = MICROSOFT
        other.name = node.name
        self.replaced[node.output[0]] = other

    def graph(self) -> onnx.GraphProto:
        """The graph with the new nodes, without the weights nobody reads any more."""
        nodes: list[onnx.NodeProto] = []
        for node in self.original.node:
            if node.output[0] not in self.dropped:
                nodes.append(self.replaced.get(node.output[0], node))
            nodes += (_division(name) for name in node.output if f"{name}.factor" in self.added)
        read = {name for node in nodes for name in node.input}
        weights = [weight for name, weight in self.weights.items() if name in read]
        weights += [numpy_helper.from_array(value, name) for name, value in self.added.items()]
        old = self.original
        return helper.make_graph(nodes, old.name, old.input, old.output, weights)


def _division(name: str) -> onnx.NodeProto:
    factor, output = f"{name}.factor", f"{name}.divided"
    return helper.make_node("Mul", [name, factor], [output], name=output)
