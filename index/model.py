"""A model's name to an encoder: prepared once into a cache, then only loaded."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index import prepared
from index.errors import WenguError

if TYPE_CHECKING:
    from index.encoder import Encoder

DEFAULT = "multilingual-e5-small"


def load(name: str, cache: Path, progress: Callable[[str], None] | None = None) -> "Encoder":
    """The encoder for a model's name, from ``cache`` or prepared into it first.

    Raises WenguError where the model cannot be had, prepared or kept.
    """
    from index import default
    from index.encoder import OnnxEncoder

    if name != DEFAULT:
        raise WenguError(f"No model is called {name}; use {DEFAULT}.")
    source = default.source()
    folder = cache / _folder(name, source)
    manifest = prepared.read(folder, source) or prepared.prepare(
        folder, source, lambda work: default.write(work, progress or _silent)
    )
    return OnnxEncoder(folder, manifest)


def _folder(name: str, source: str) -> str:
    """A name that a file system takes, different for every name and source."""
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[-40:]
    return f"{readable}-{prepared.fingerprint(name, source)[:12]}"


def _silent(message: str) -> None:
    """What progress is told to when nobody listens."""
