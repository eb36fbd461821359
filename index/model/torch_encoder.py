"""Runs models in sentence-transformers itself: those that cannot be prepared."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.child_process import RemoteObject
from index.errors import WenguError
from index.model.cache import Manifest

if TYPE_CHECKING:  # type checkers may run without this heavy package
    from sentence_transformers import (  # type: ignore[import-not-found,unused-ignore]
        SentenceTransformer,
    )

APART = sys.platform == "darwin"
"""Whether torch needs a process of its own: macOS ends one in which both torch and FAISS run."""
_DEFAULT = "multilingual-e5-small"
_ON_HUB = "intfloat/multilingual-e5-small"
"""Where sentence-transformers finds the default model; its files do not tell its prompts."""
_PROMPTS = {"query": "query: ", "document": "passage: "}
_PASSAGE_PROMPTS = ("document", "passage", "corpus")


def open_model(name: str, device: str | None = None) -> "SentenceTransformer":
    """The model of a hub name or folder; on a GPU if there is one and none is named."""
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import (  # type: ignore[import-not-found,unused-ignore]
            logging,
        )
    except ImportError as error:
        raise WenguError(
            f"The model {name} needs the package sentence-transformers ({error}); "
            "run: pip install sentence-transformers"
        ) from error
    # Progress is shown by the caller; typed or not depends on the library's release.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call,unused-ignore]
    is_default = name == _DEFAULT
    folder = Path(name).expanduser()
    try:
        place = str(folder) if folder.is_dir() and not is_default else name
        model: SentenceTransformer = SentenceTransformer(
            _ON_HUB if is_default else place,
            device=device,
            prompts=_PROMPTS if is_default else None,
        )
    except Exception as error:  # hub, files and libraries each raise their own
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise WenguError(
            f"The model {name} cannot be opened ({reason}); check its name or folder, "
            "or the connection to the hub."
        ) from error
    return model


def prompts(model: "SentenceTransformer") -> tuple[str, str]:
    """What the model's own settings put before a question and before a passage."""
    known = {key: value or "" for key, value in (model.prompts or {}).items()}
    usual = known.get(model.default_prompt_name or "", "")
    passage = next((known[key] for key in _PASSAGE_PROMPTS if known.get(key)), usual)
    return known.get("query") or usual, passage


def dimensions(model: "SentenceTransformer") -> int:
    """Length of the model's vectors."""
    return int(model.encode("?", show_progress_bar=False).shape[-1])


class TorchEncoder:
    """Vectors as ``SentenceTransformer.encode`` makes them, scaled to length 1."""

    def __init__(self, manifest: Manifest) -> None:
        self._model = open_model(manifest.name)
        self.name = manifest.name
        self.fingerprint = manifest.fingerprint
        self.dimensions = manifest.dimensions
        longest = max((manifest.query_prompt, manifest.passage_prompt), key=len)
        special = self._lengths([""], special=True)[0]
        self.max_tokens = manifest.max_length - special - self.count_tokens([longest])[0]

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimensions), rows in the order of the texts."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return self._floats(self._model.encode_document(list(texts), **_OPTIONS))

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, (dimensions,)."""
        return self._floats(self._model.encode_query(text, **_OPTIONS))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""
        return self._lengths(texts, special=False)

    def _lengths(self, texts: Sequence[str], special: bool) -> list[int]:
        if not texts:
            return []
        tokenizer = self._model.tokenizer
        if hasattr(tokenizer, "encode_batch"):
            encodings = tokenizer.encode_batch(list(texts), add_special_tokens=special)
            return [len(encoding.ids) for encoding in encodings]
        ids = tokenizer(list(texts), add_special_tokens=special, verbose=False)["input_ids"]
        return [len(text) for text in ids]

    @staticmethod
    def _floats(vectors: Any) -> NDArray[np.float32]:
        return np.asarray(vectors, dtype=np.float32)


_OPTIONS: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}


class RemoteTorchEncoder:
    """A ``TorchEncoder`` in a process of its own."""

    def __init__(self, manifest: Manifest) -> None:
        self._remote = RemoteObject(TorchEncoder, manifest)
        self.name = manifest.name
        self.fingerprint = manifest.fingerprint
        self.dimensions = manifest.dimensions
        self.max_tokens: int = self._remote.ask("max_tokens")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimensions), rows in the order of the texts."""
        vectors: NDArray[np.float32] = self._remote.ask("passages", list(texts))
        return vectors

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, (dimensions,)."""
        vector: NDArray[np.float32] = self._remote.ask("query", text)
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""
        counts: list[int] = self._remote.ask("count_tokens", list(texts))
        return counts
