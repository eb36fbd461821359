"""Any sentence-transformers model, by hub name or folder, prepared as the default one is.

Pooling, prompts, normalising and length come from the model's own files. A model that
cannot be exported, or whose quantised copy disagrees with it, is recorded as one that
runs in sentence-transformers itself, so that the attempt is made once.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index import prepared
from index.prepared import Manifest

if TYPE_CHECKING:  # type checkers may run without this heavy package
    from sentence_transformers import (  # type: ignore[import-not-found,unused-ignore]
        SentenceTransformer,
    )

RECIPE = "own int8 2"
"""Changed whenever vectors change though the model does not."""
_NO_LENGTH = 512
_NONSENSE = 1_000_000
"""Tokenizers without a limit give an enormous one."""


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
    return f"{RECIPE} {folder.resolve()} {prepared.fingerprint(states)}"


def write(name: str, folder: Path, progress: Callable[[str], None]) -> Manifest:
    """Fill an empty folder with the quantised model, or with no more than the manifest."""
    from index import encoder_torch

    progress(f"Preparing the model {name}; this is done once and can take minutes")
    model = encoder_torch.open_model(name, device="cpu")
    query, passage = encoder_torch.prompts(model)
    levels, agreement = _export(model, folder, query, passage, progress)
    limit = _limit(model)
    return Manifest(
        name=name,
        source=source(name),
        fingerprint=prepared.fingerprint(_identity(model), RECIPE, levels, query, passage, limit),
        runtime="onnx" if levels else "sentence-transformers",
        dimensions=encoder_torch.dimensions(model),
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
    from index.shrink import shrink
    from index.tokens import TOKENIZER, Tokens
    from index.trace import CannotTrace, trace
    from index.verify import SAMPLES

    try:
        graph = trace(model, folder / TOKENIZER)
        texts = [prompt + text for prompt in (query, passage) for text in SAMPLES]
        tokens = Tokens(folder).ids(texts, _limit(model))
        shrunk = shrink(graph, folder, tokens, _expected(model, SAMPLES))
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
