"""Questions and passages read together: how well each sentence of a passage answers.

A cross-encoder on the default model's layers. Unlike vectors, which are made once for each
passage, its scores are made for each question, so only the nearest passages are read.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.model.encoder import cores, open_session
from index.model.tokenizer import load_tokens

MOST_QUESTION, MOST_CONTEXT, MOST_TOKENS = 64, 96, 448
"""Tokens of a question, of a passage's title and headings, and of all that is read at once."""

Spans = tuple[str, Sequence[str]]
"""A passage to read: the line of its title and headings, then its sentences in order."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage for one question; logits, positive where it answers."""

    passage: float
    sentences: tuple[float, ...]
    """One for each sentence given; minus infinity for those that it did not get to."""


class PassageReader:
    """A prepared reader at work; safe to share among threads."""

    def __init__(self, folder: Path) -> None:
        self._tokens = load_tokens(folder)
        self._session = open_session(folder)

    def read(self, question: str, passages: Sequence[Spans]) -> list[Reading]:
        """Read each passage against the question, one to a core."""
        asked = self._tokens.ids([f"query: {question}"], MOST_QUESTION)[0]
        contexts = self._tokens.bare([f"passage: {context}" for context, _ in passages])
        sentences = self._tokens.bare([text for _, texts in passages for text in texts])
        rest = iter(sentences)
        given = [
            (context[:MOST_CONTEXT], [next(rest) for _ in texts])
            for context, (_, texts) in zip(contexts, passages, strict=True)
        ]
        with ThreadPoolExecutor(cores()) as pool:
            return list(pool.map(lambda each: self._read(asked, *each), given))

    def _read(self, asked: list[int], context: list[int], sentences: list[list[int]]) -> Reading:
        ids, spans = [*asked, *context], list[tuple[int, int]]()
        for sentence in sentences:
            part = sentence[: MOST_TOKENS - 1 - len(ids)]
            spans.append((len(ids), len(ids) + len(part)))
            ids += part
        read = [span for span in spans if span[0] < span[1]]
        ids.append(asked[-1])
        weights = np.zeros((max(len(read), 1), len(ids)), np.float32)
        for row, (start, end) in enumerate(read):
            weights[row, start:end] = 1 / (end - start)
        inputs = {"input_ids": np.array([ids], np.int64), "spans": weights}
        scores, passage = self._session.run(["sentences", "passage"], inputs)
        found = iter(scores.reshape(-1).tolist())
        return Reading(
            float(passage.reshape(-1)[0]),
            tuple(next(found) if start < end else -np.inf for start, end in spans),
        )
