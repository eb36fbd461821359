"""Prepares any sentence-transformers model, by hub name or folder, as the default one is.

Pooling, prompts, normalising and length come from the model's own files. A model that
cannot be exported, or whose quantised copy disagrees with it, is recorded as one that
runs in sentence-transformers itself, so that the attempt is made once.
"""

import hashlib
import importlib
import json
import logging
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.child_process import RemoteObject
from index.model import cache
from index.model.cache import Manifest

if TYPE_CHECKING:  # type checkers may run without this heavy package
    from sentence_transformers import (  # type: ignore[import-not-found,unused-ignore]
        SentenceTransformer,
    )

if TYPE_CHECKING:
    from onnx import ModelProto

RECIPE = "own int8 2"
"""Changed whenever vectors change though the model does not."""
_NO_LENGTH = 512
_NONSENSE = 1_000_000
"""Tokenizers without a limit give an enormous one."""

_OPSET = 17


def source(name: str) -> str:
    """Tells one state of a model's folder from another; a hub name stands for itself."""
    folder = Path(name).expanduser()
    if not folder.is_dir():
        return f"{RECIPE} {name}"
    states = [
        (str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return f"{RECIPE} {folder.resolve()} {cache.fingerprint(states)}"


def write_apart(name: str, folder: Path, progress: Callable[[str], None]) -> Manifest:
    """The same as ``write``, in a process of its own where torch needs one."""
    from index.model import torch_encoder

    if not torch_encoder.APART:
        return write(name, folder, progress)
    module = RemoteObject(importlib.import_module, __name__)
    manifest: Manifest = module.ask("write", name, folder, say=progress)
    return manifest


def write(name: str, folder: Path, progress: Callable[[str], None]) -> Manifest:
    """Fill an empty folder with the quantised model, or with no more than the manifest."""
    from index.model import torch_encoder

    progress(f"Preparing the model {name}; this is done once and can take minutes")
    model = torch_encoder.open_model(name, device="cpu")
    query, passage = torch_encoder.prompts(model)
    levels, agreement = _export(model, folder, query, passage, progress)
    limit = _limit(model)
    return Manifest(
        name=name,
        source=source(name),
        fingerprint=cache.fingerprint(_identity(model), RECIPE, levels, query, passage, limit),
        runtime="onnx" if levels else "sentence-transformers",
        dimensions=torch_encoder.dimensions(model),
        max_length=limit,
        query_prompt=query,
        passage_prompt=passage,
        agreement=agreement,
    )


def _export(
    model: "SentenceTransformer",
    folder: Path,
    query: str,
    passage: str,
    progress: Callable[[str], None],
) -> tuple[int, float]:
    """Levels and agreement of the copy in ``folder``; (0, 1.0) and no files without one."""
    from index.errors import WenguError
    from index.model.prepare.compress import SAMPLES, quantize_checked
    from index.model.tokenizer import TOKENIZER, load_tokens

    try:
        graph = trace(model, folder / TOKENIZER)
        texts = [prompt + text for prompt in (query, passage) for text in SAMPLES]
        tokens = load_tokens(folder).ids(texts, _limit(model))
        shrunk = quantize_checked(graph, folder, tokens, _expected(model, SAMPLES))
    except (CannotTrace, WenguError) as error:
        progress(f"The model runs in sentence-transformers, more slowly: {error}")
        for path in folder.iterdir():
            path.unlink()
        return 0, 1.0
    return shrunk.levels, shrunk.agreement


def _limit(model: "SentenceTransformer") -> int:
    """Longest input in tokens, or a usual one where the model names none."""
    length = model.get_max_seq_length()
    return length if length and length < _NONSENSE else _NO_LENGTH


def _expected(model: "SentenceTransformer", texts: tuple[str, ...]) -> NDArray[np.float32]:
    """The model's own unit vectors of these texts as questions, then as passages."""
    options: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}
    questions = model.encode_query(list(texts), **options)
    passages = model.encode_document(list(texts), **options)
    return np.concatenate([questions, passages]).astype(np.float32)


def _identity(model: "SentenceTransformer") -> str:
    """A digest of the weights and of how the model's parts are set."""
    found = hashlib.sha256()
    for part in model:
        settings: Any = getattr(part, "get_config_dict", dict)
        found.update(json.dumps([type(part).__name__, settings()], default=str).encode())
    tensors: dict[str, Any] = model.state_dict()
    for name, tensor in sorted(tensors.items()):
        found.update(name.encode())
        found.update(np.ascontiguousarray(tensor.detach().cpu().float().numpy()).data)
    return found.hexdigest()


class CannotTrace(Exception):
    """This model cannot be written as a graph; the message says why."""


def trace(model: "SentenceTransformer", tokenizer: Path) -> "ModelProto":
    """The graph from ``input_ids`` (1, tokens) to ``embedding`` (1, dimensions), unit rows.

    Also saves the model's tokenizer. Raises CannotTrace.
    """
    import onnx

    from index.model.torch_encoder import dimensions

    _save_tokenizer(model, tokenizer)
    if any(getattr(part, "include_prompt", True) is False for part in model):
        raise CannotTrace("its pooling leaves the prompt out")
    with TemporaryDirectory(dir=tokenizer.parent) as name:
        path = Path(name) / "model.onnx"
        try:
            _export_traced(model, path)
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


def _export_traced(model: "SentenceTransformer", path: Path) -> None:
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
