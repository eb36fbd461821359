"""Holds an ONNX graph while it is written."""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
Array = NDArray[Any]


class Graph:
    """A graph while it is written: nodes in order, the rest by name."""

    def __init__(self) -> None:
        self.inputs: dict[str, onnx.ValueInfoProto] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, kind: int, shape: list[int | str]) -> str:
        """Take a value from whoever runs the graph, and answer with its name."""
        self.inputs[name] = helper.make_tensor_value_info(name, kind, shape)
        return name

    def weight(self, name: str, values: Array) -> str:
        """Keep a constant under a name, and answer with the name."""
        self.weights[name] = numpy_helper.from_array(np.asarray(values, order="C"), name)
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **more: Any) -> str:
        """Append a node with one output, and answer with the output's name."""
        node = helper.make_node(kind, inputs, [output], name=output, domain=domain, **more)
        self.nodes.append(node)
        return output

    def split(self, source: str, widths: list[int], outputs: list[str]) -> list[str]:
        """Cut the last axis into parts of these widths, and answer with their names."""
        name = f"{source}.widths"
        inputs = [source, self.weight(name, np.array(widths))]
        self.nodes.append(helper.make_node("Split", inputs, outputs, axis=-1, name=name))
        return outputs

    def output(self, name: str, shape: list[int | str]) -> None:
        """Give whoever runs the graph a float32 value."""
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def model(self) -> onnx.ModelProto:
        """The finished model."""
        inputs, weights = list(self.inputs.values()), list(self.weights.values())
        graph = helper.make_graph(self.nodes, "encoder", inputs, self.outputs, weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)
