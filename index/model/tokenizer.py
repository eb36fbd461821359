"""Turns texts into token ids, with the tokenizer that belongs to a model."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakValueDictionary

from index.errors import WenguError

PIECES, TOKENIZER = "tokenizer.model", "tokenizer.json"
"""Files in a model's folder, one or the other: SentencePiece's, or that of ``tokenizers``, which
knows more kinds and needs five times the memory and eight times the time for the same pieces."""
_TEXTS_PER_STEP = 512


class Tokens(Protocol):
    """A tokenizer; safe to share among threads."""

    def ids(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        """Each text's ids with special tokens, cut to ``limit`` but for the last of these."""

    def bare(self, texts: Sequence[str]) -> list[list[int]]:
        """Each text's ids without special tokens."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens."""

    def overhead(self, prompts: Sequence[str]) -> int:
        """Tokens that the longest of these prompts and the special tokens take."""


def load_tokens(folder: Path) -> Tokens:
    """The tokenizer in a prepared folder.

    Raises:
        WenguError: it cannot be read.
    """
    kind = _Pieces if (folder / PIECES).is_file() else _Tokenizer
    try:
        return kind(folder)
    except Exception as error:  # the libraries raise nothing narrower
        raise WenguError(
            f"The tokenizer in {folder} cannot be read ({error}); delete that folder."
        ) from error


class _Pieces:
    """A SentencePiece model, of which each text begins and ends with a special token."""

    def __init__(self, folder: Path) -> None:
        self._model = _processor((folder / PIECES).read_bytes())
        self._begin, self._end = self._model.bos_id(), self._model.eos_id()
        self._space = self._model.piece_to_id("▁")

    def ids(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        return [[self._begin, *ids[: limit - 2], self._end] for ids in self.bare(texts)]

    def bare(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._model.encode(list(texts), num_threads=1)
        for text, ids in zip(texts, found, strict=True):
            if self._ends_in_space(text):
                ids.append(self._space)
        return found

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(ids) for ids in self.bare(texts)]

    def overhead(self, prompts: Sequence[str]) -> int:
        return 2 + max(self.count(prompts))

    def _ends_in_space(self, text: str) -> bool:
        """Whether a space ends it, which SentencePiece drops and the model was trained to see."""
        if not text or text[-1].isalnum():
            return False
        normal: str = self._model.normalize(f"{text[-_TAIL:]}|")
        return normal.endswith("▁|")


def _processor(proto: bytes) -> Any:
    """A SentencePiece model, the one in use where there is one."""
    from sentencepiece import SentencePieceProcessor

    key = sha256(proto).digest()
    model = _in_use.get(key)
    if model is None:
        model = _in_use[key] = SentencePieceProcessor(model_proto=proto)
    return model


_in_use: WeakValueDictionary[bytes, Any] = WeakValueDictionary()
"""SentencePiece models by their digests: the encoder and the reader have the same one."""
_TAIL = 8
"""Characters that tell how a text ends, those between that vanish included."""


class _Tokenizer:
    """A file of ``tokenizers``."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def ids(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        tokens: list[list[int]] = []
        for part in _steps(texts):
            for encoding in self._tokenizer.encode_batch_fast(part):
                tokens.append(cut(encoding.ids, encoding.special_tokens_mask, limit))
        return tokens

    def bare(self, texts: Sequence[str]) -> list[list[int]]:
        return [
            encoding.ids
            for part in _steps(texts)
            for encoding in self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
        ]

    def count(self, texts: Sequence[str]) -> list[int]:
        counts: list[int] = []
        for part in _steps(texts):
            encodings = self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
            counts += [len(encoding) for encoding in encodings]
        return counts

    def overhead(self, prompts: Sequence[str]) -> int:
        return max(len(encoding) for encoding in self._tokenizer.encode_batch(list(prompts)))


def cut(ids: list[int], special: list[int], limit: int) -> list[int]:
    """At most ``limit`` ids; the special tokens that end the text stay at its end."""
    if len(ids) <= limit:
        return ids
    end = len(ids)
    while end and special[end - 1]:
        end -= 1
    tail = ids[end:]
    return ids[: limit - len(tail)] + tail


def _steps(texts: Sequence[str]) -> Iterator[list[str]]:
    """A few texts at a time: an encoding takes far more memory than its ids."""
    rest = iter(texts)
    while part := list(islice(rest, _TEXTS_PER_STEP)):
        yield part
