"""A sentence-transformers model to one float32 ONNX graph, pooling included."""

import logging
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import onnx

from index.encoder_torch import dimensions

if TYPE_CHECKING:  # type checkers may run without this heavy package
    from sentence_transformers import (  # type: ignore[import-not-found,unused-ignore]
        SentenceTransformer,
    )

_OPSET = 17


class CannotTrace(Exception):
    """This model cannot be written as a graph; the message says why."""


def trace(model: "SentenceTransformer", tokenizer: Path) -> onnx.ModelProto:
    """The graph from ``input_ids`` (1, tokens) to ``embedding`` (1, dimensions), unit rows.

    Also saves the model's tokenizer. Raises CannotTrace.
    """
    _save_tokenizer(model, tokenizer)
    if any(getattr(part, "include_prompt", True) is False for part in model):
        raise CannotTrace("its pooling leaves the prompt out")
    with TemporaryDirectory(dir=tokenizer.parent) as name:
        path = Path(name) / "model.onnx"
        try:
            _export(model, path)
        except Exception as error:  # tracing runs the model's own code, which may raise anything
            raise CannotTrace(f"it cannot be exported ({type(error).__name__})") from error
        graph = onnx.load(str(path))
    # Some poolings leave the width open in the graph though it is known.
    graph.graph.output[0].type.tensor_type.shape.dim[1].dim_value = dimensions(model)
    return graph


def _save_tokenizer(model: "SentenceTransformer", path: Path) -> None:
    try:
        lower = any(getattr(part, "do_lower_case", False) for part in model)
        backend = model.tokenizer.backend_tokenizer
    except AttributeError as error:
        raise CannotTrace("its tokenizer has no file of the kind needed") from error
    if lower:
        raise CannotTrace("its tokenizer changes case outside its file")
    backend.save(str(path), pretty=False)


def _export(model: "SentenceTransformer", path: Path) -> None:
    """Trace with one text, which needs no mask; its length is left open.

    The exporter by tracing is used because the newer one needs one more package.
    """
    import torch  # type: ignore[import-not-found,unused-ignore]

    class Whole(torch.nn.Module):  # type: ignore[misc,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: Any) -> Any:
            features = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
            vectors = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)

    sample = model.tokenizer("A few words are enough.", return_tensors="pt")["input_ids"]
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            (sample,),
            str(path),
            input_names=["input_ids"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": {1: "tokens"}},
            opset_version=_OPSET,
            dynamo=False,
        )
