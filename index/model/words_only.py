"""The model where there is none: notes are found by words only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model.load import WORDS

_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordsOnly:
    """An encoder whose vectors have no components."""

    name: str = WORDS
    fingerprint: str = WORDS
    dimensions: int = 0
    max_tokens: int = 500

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows without components, (texts, 0)."""
        return np.empty((len(texts), 0), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        """A vector without components, (0,)."""
        return np.empty(0, np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Characters of Chinese, words of anything else and marks."""
        return [len(_TOKEN.findall(text)) for text in texts]
