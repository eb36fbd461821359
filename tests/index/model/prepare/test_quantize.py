"""Quantised graphs: what is replaced, what is left, and how near the result stays."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tiny_models import bundle

from index.model.encoder import MODEL, OnnxModel
from index.model.prepare.bert import build
from index.model.prepare.compress import mean_cosine
from index.model.prepare.quantize import FULL, REDUCED, quantised, save

WIDTH = 64
RANDOM = np.random.default_rng(1)


def lookup_and_product(rows: int) -> onnx.ModelProto:
    """ids → a table's rows → times a matrix, plus a bias → mean over tokens, unit length."""
    weights = {
        "table": RANDOM.normal(size=(rows, WIDTH)).astype(np.float32),
        "matrix": RANDOM.normal(size=(WIDTH, WIDTH)).astype(np.float32),
        "bias": RANDOM.normal(size=WIDTH).astype(np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("MatMul", ["rows", "matrix"], ["product"]),
        helper.make_node("Add", ["bias", "product"], ["sum"]),
        helper.make_node("ReduceMean", ["sum"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("LpNormalization", ["mean"], ["embedding"], axis=-1, p=2),
    ]
    source = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, WIDTH])
    constants = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    graph = helper.make_graph(nodes, "small", [source], [output], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def kinds(model: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in model.graph.node]


def cosine(folder: Path, one: onnx.ModelProto, other: onnx.ModelProto) -> float:
    tokens = [[1, 2, 3], [9, 4], [7] * 11]
    vectors = []
    for number, model in enumerate((one, other)):
        (folder / str(number)).mkdir()
        save(model, folder / str(number) / MODEL)
        vectors.append(OnnxModel(folder / str(number)).vectors(tokens))
    return mean_cosine(*vectors)


def test_a_product_takes_its_bias_with_it() -> None:
    assert kinds(quantised(lookup_and_product(8), FULL)) == [
        "Gather",
        "DynamicQuantizeMatMul",
        "ReduceMean",
        "LpNormalization",
    ]


def test_a_large_table_is_read_in_eight_bits(tmp_path: Path) -> None:
    model = lookup_and_product(2000)
    small = quantised(model, REDUCED)  # some processors saturate above
    assert kinds(small)[0] == "GatherBlockQuantized"
    assert cosine(tmp_path, small, model) > 0.999


def test_a_product_that_is_read_twice_keeps_its_bias_apart() -> None:
    model = lookup_and_product(8)
    model.graph.node.append(helper.make_node("Relu", ["product"], ["other"]))
    assert "Add" in kinds(quantised(model, FULL))


def test_weights_that_nobody_reads_any_more_are_gone() -> None:
    names = {weight.name for weight in quantised(lookup_and_product(2000), FULL).graph.initializer}
    assert not names & {"table", "matrix"} and "bias" in names


@pytest.mark.parametrize("levels", [FULL, REDUCED])
def test_a_whole_encoder_stays_near_itself(tmp_path: Path, levels: int) -> None:
    model = build(bundle())
    assert cosine(tmp_path, quantised(model, levels), model) > 0.99


def test_a_model_saved_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    sizes = []
    for _ in range(2):
        save(lookup_and_product(2000), tmp_path / MODEL)
        sizes.append(sum(file.stat().st_size for file in tmp_path.iterdir()))
    assert sizes[0] == sizes[1]
