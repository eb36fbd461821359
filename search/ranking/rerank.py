"""Looks again at the first results: a cross-encoder reads question and passage together."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.child_process import RemoteObject
from index.errors import WenguError
from index.model import torch_encoder
from index.passages.embedding_text import heading_context
from search import deadline
from search.catalogue.catalogue import Catalogue
from search.ranking.grouping import ScoredNote, ScoredPassage, gaining, passages
from search.store.interface import StoredRecords

if TYPE_CHECKING:  # type checkers may run without this heavy package
    from sentence_transformers import (  # type: ignore[import-not-found,unused-ignore]
        CrossEncoder,
    )

FIRST = 30
"""Passages that are looked at again."""


class Reranker:
    """A sentence-transformers CrossEncoder, loaded by the first question."""

    def __init__(self, name: str) -> None:
        self.name = name
        """A hub name or a folder."""
        self._lock = threading.Lock()  # its tokenizer serves one thread at a time
        self._score: Callable[[str, Sequence[str]], list[float]] | None = None

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, from 0 to 1.

        Raises:
            WenguError: the model cannot be had, or is of another kind.
        """
        if not texts:
            return []
        with self._lock:
            self._score = self._score or self._opened()
            return self._score(question, texts)

    def _opened(self) -> Callable[[str, Sequence[str]], list[float]]:
        with deadline.paused():
            if torch_encoder.APART:
                return partial(RemoteObject(_Scorer, self.name).ask, "scores")
            return _Scorer(self.name).scores


class _Scorer:
    """An open cross-encoder."""

    def __init__(self, name: str) -> None:
        self._model = open_model(name)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, from 0 to 1."""
        from torch.nn import Sigmoid  # type: ignore[import-not-found,unused-ignore]

        pairs: list[Any] = [(question, text) for text in texts]
        options: dict[str, Any] = {"activation_fn": Sigmoid(), "show_progress_bar": False}
        return [float(score) for score in self._model.predict(pairs, **options)]


def open_model(name: str) -> "CrossEncoder":
    """The cross-encoder of a hub name or folder; on a GPU if there is one.

    Raises:
        WenguError: it cannot be had, or gives no single score.
    """
    try:
        from sentence_transformers import CrossEncoder
        from transformers.utils import (  # type: ignore[import-not-found,unused-ignore]
            logging,
        )
    except ImportError as error:
        raise WenguError(
            f"--rerank needs the package sentence-transformers ({error}); "
            "run: pip install sentence-transformers"
        ) from error
    logging.disable_progress_bar()  # type: ignore[no-untyped-call,unused-ignore]
    folder = Path(name).expanduser()
    try:
        model: CrossEncoder = CrossEncoder(str(folder) if folder.is_dir() else name)
    except Exception as error:  # hub, files and libraries each raise their own
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise WenguError(
            f"the model {name} cannot be opened ({reason}); check the name or folder given to "
            "--rerank, or the connection to the hub"
        ) from error
    if model.num_labels != 1:
        raise WenguError(
            f"the model {name} sorts into {model.num_labels} classes instead of giving a score; "
            "name a reranker with --rerank"
        )
    return model


def reranked(
    notes: Sequence[ScoredNote],
    reranker: Reranker,
    question: str,
    catalogue: Catalogue,
    store: StoredRecords,
) -> list[ScoredNote]:
    """The notes in their new order, each with its passages in theirs.

    What the model gives is added to a passage's score. From 0 to 1 it outweighs most of what
    sets the first results apart; where it finds them equal, their old order stays.
    """
    first = store.passages([each.passage_id for each in passages(notes, FIRST)])
    texts = [
        heading_context(catalogue.notes[one.note_id].title, one.heading) + one.text
        for one in first.values()
    ]
    gained = dict(zip(first, reranker.scores(question, texts), strict=True))
    return sorted((_again(noted, gained) for noted in notes), key=_best_first)


def _again(noted: ScoredNote, gained: Mapping[int, float]) -> ScoredNote:
    looked_at = sorted(
        (gaining(each, gained, "rerank") for each in noted.passages), key=_best_passage
    )
    more = looked_at[0].signals.get("rerank", 0.0)
    return replace(noted, score=noted.score + more, passages=tuple(looked_at))


def _best_passage(scored: ScoredPassage) -> tuple[float, int]:
    return -scored.score, scored.passage_id


def _best_first(noted: ScoredNote) -> tuple[float, int]:
    return -noted.score, noted.note_id
