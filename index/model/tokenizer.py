"""Texts to token ids, with the tokenizer that belongs to a model."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from index.errors import WenguError

TOKENIZER = "tokenizer.json"
_TEXTS_PER_STEP = 512


class Tokens:
    """A tokenizer file, loaded; safe to share among threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # the library raises nothing narrower
            raise WenguError(
                f"The tokenizer in {folder} cannot be read ({error}); delete that folder."
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def ids(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        """Each text's ids with special tokens, cut to ``limit`` but for the last of these."""
        tokens: list[list[int]] = []
        for part in _steps(texts):
            for encoding in self._tokenizer.encode_batch_fast(part):
                tokens.append(cut(encoding.ids, encoding.special_tokens_mask, limit))
        return tokens

    def bare(self, texts: Sequence[str]) -> list[list[int]]:
        """Each text's ids without special tokens."""
        return [
            encoding.ids
            for part in _steps(texts)
            for encoding in self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
        ]

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens."""
        counts: list[int] = []
        for part in _steps(texts):
            encodings = self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
            counts += [len(encoding) for encoding in encodings]
        return counts

    def overhead(self, prompts: Sequence[str]) -> int:
        """Tokens that the longest of these prompts and the special tokens take."""
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
