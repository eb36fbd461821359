"""The nearest passages read against the question, sentence by sentence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from index.markdown.sentences import sentences
from index.model.passage_reader import PassageReader
from index.passages.embedding_text import heading_context, plain_text
from index.store.records import StoredPassage
from search.catalogue.catalogue import Catalogue
from search.ranking.grouping import ScoredNote, ScoredPassage, gaining
from search.ranking.near_duplicates import originals_first
from search.store.interface import StoredRecords

FIRST, ENOUGH = 4, 0.5
"""Passages that are read at first, and the log odds that one of them answers from which no other
is read. ``tests/bench/answers/stopping.py`` draws the answers over both: as many are complete as
where all are read, by half the reading."""
MOST_PASSAGES, MOST_CHARACTERS = 12, 6000
"""Passages that are read at most, and their characters. Eight do as well on vaults of some hundred
notes; on one of thousands a tenth more of the answers is complete with twelve."""
WEIGHT = 0.2
"""What a passage that surely answers gains over one that surely does not, on the scale of the
search; ``tests/bench/reader/ranking.py`` draws nDCG over it, vault by vault."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a note as the reader sees it: ``note_text[start:end]``."""

    start: int
    end: int
    logit: float


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage, how near the search found it, and how well it and its sentences answer."""

    passage: StoredPassage
    score: float
    semantic: float
    """Cosine of its vector with the question's; 0 where it has none."""
    logit: float
    sentences: tuple[Sentence, ...]

    def text(self, sentence: Sentence) -> str:
        """What a sentence of the passage says."""
        return self.passage.text[
            sentence.start - self.passage.start : sentence.end - self.passage.start
        ]

    @property
    def probability(self) -> float:
        """How likely the passage answers, between 0 and 1, as the reader alone sees it."""
        return 1 / (1 + math.exp(-self.logit))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Notes, best first, and the passages among theirs that were read against the question."""

    notes: Sequence[ScoredNote]
    read: Mapping[int, ReadPassage]
    """By passage id, the nearest first; empty where nothing was read."""
    within: frozenset[int] | None
    """Ids of the notes that were searched; None where all were."""


def read_nearest(
    reader: PassageReader,
    question: str,
    notes: Sequence[ScoredNote],
    catalogue: Catalogue,
    store: StoredRecords,
) -> dict[int, ReadPassage]:
    """The best passages of the ranked notes, read until one answers; by id, best first."""
    every = sorted((n.shown(each) for n in notes for each in n.passages), key=_order)
    first = every[:MOST_PASSAGES]
    stored = store.passages([each.passage_id for each in first])
    kept = [_unread(stored[each.passage_id], each) for each in first if each.passage_id in stored]
    sizes = accumulate(len(each.passage.text) for each in kept)
    fitting = sum(1 for _ in takewhile(lambda size: size <= MOST_CHARACTERS, sizes))
    kept = kept[: max(fitting, 1)]
    found = read_again(reader, question, kept[:FIRST], catalogue)
    if all(each.logit < ENOUGH for each in found.values()):
        found |= read_again(reader, question, kept[FIRST:], catalogue)
    return found


def _unread(passage: StoredPassage, scored: ScoredPassage) -> ReadPassage:
    at, semantic = passage.start, scored.signals.get("semantic", 0.0)
    every = tuple(Sentence(at + s, at + e, 0.0) for s, e in sentences(passage.text))
    return ReadPassage(passage, scored.score, semantic, 0.0, every)


def read_again(
    reader: PassageReader, question: str, passages: Sequence[ReadPassage], catalogue: Catalogue
) -> dict[int, ReadPassage]:
    """The same sentences of the passages as they answer this question; by id, in their order."""
    given = [
        (
            heading_context(catalogue.notes[each.passage.note_id].title, each.passage.heading),
            [plain_text(each.text(one), each.passage.kind) for one in each.sentences],
        )
        for each in passages
    ]
    return {
        each.passage.id: replace(
            each,
            logit=reading.passage,
            sentences=tuple(
                replace(one, logit=logit)
                for one, logit in zip(each.sentences, reading.sentences, strict=True)
            ),
        )
        for each, reading in zip(passages, reader.read(question, given), strict=True)
    }


def gained(noted: ScoredNote) -> float:
    """What a second look, by this reader or another, has added to a note's score."""
    best = noted.passages[0].signals if noted.passages else {}
    return sum(best.get(name, 0.0) for name in ("reader", "rerank"))


def by_reading(
    reader: PassageReader,
    question: str,
    ranked: Ranked,
    catalogue: Catalogue,
    store: StoredRecords,
) -> Ranked:
    """The same notes with what their passages gain where they are read against the question."""
    found = read_nearest(reader, question, ranked.notes, catalogue, store)
    return Ranked(originals_first(reordered(ranked.notes, found), catalogue), found, ranked.within)


def reordered(notes: Sequence[ScoredNote], read: Mapping[int, ReadPassage]) -> list[ScoredNote]:
    """The notes in their new order, each with its passages in theirs."""
    gained = {each: WEIGHT * one.probability for each, one in read.items()}
    return sorted((_gaining(noted, gained) for noted in notes), key=lambda each: -each.score)


def _gaining(noted: ScoredNote, gained: Mapping[int, float]) -> ScoredNote:
    if gained.keys().isdisjoint(each.passage_id for each in noted.passages):
        return noted
    better = sorted((gaining(each, gained, "reader") for each in noted.passages), key=_order)
    most = max(gained.get(each.passage_id, 0.0) for each in noted.passages)
    return replace(noted, score=noted.score + most, passages=tuple(better))


def _order(scored: ScoredPassage) -> float:
    return -scored.score
