"""A model's name to an encoder: prepared once into a cache, then only loaded."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index import prepared

if TYPE_CHECKING:
    from index.encoder import Encoder

DEFAULT = "multilingual-e5-small"


def load(name: str, cache: Path, progress: Callable[[str], None] | None = None) -> "Encoder":
    """The encoder for a model's name, from ``cache`` or prepared into it first.

    A name is the default's, the address of an OpenAI-compatible endpoint
    (``http://host/v1#model``), or a sentence-transformers model by hub name or folder.
    Raises WenguError where the model cannot be had, prepared or kept.
    """
    if name.startswith(("http://", "https://")):
        from index.endpoint import connect

        return connect(name)
    manifest = _prepared(name, cache, progress or _silent)
    if manifest.runtime == "onnx":
        from index.encoder import OnnxEncoder

        return OnnxEncoder(_folder(name, manifest.source, cache), manifest)
    from index.encoder_torch import TorchEncoder

    return TorchEncoder(manifest)


def _prepared(name: str, cache: Path, progress: Callable[[str], None]) -> prepared.Manifest:
    if name == DEFAULT:
        from index import default

        source = default.source()
        write = default.write
    else:
        from index import export

        source = export.source(name)

        def write(folder: Path, progress: Callable[[str], None]) -> prepared.Manifest:
            return export.write(name, folder, progress)

    folder = _folder(name, source, cache)
    return prepared.read(folder, source) or prepared.prepare(
        folder, source, lambda work: write(work, progress)
    )


def _folder(name: str, source: str, cache: Path) -> Path:
    """A folder with a name that file systems take, another for every name and source."""
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[-40:]
    return cache / f"{readable}-{prepared.fingerprint(name, source)[:12]}"


def _silent(message: str) -> None:
    """What progress is told to when nobody listens."""
