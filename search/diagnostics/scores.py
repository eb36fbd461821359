"""Scores one question: how well notes were ranked, how well it was answered. Pure."""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.errors import BadRequest
from search.result import Answer

Figures = Mapping[str, float | None]
"""Values between 0 and 1 by name; None where a figure does not apply."""

_SHORT, _LONG = 800, 2000
"""Characters of an answer in which a fact counts: pasting whole notes does not pay."""
_LONG_TYPES = frozenset({"compare", "timeline", "list"})


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file."""

    id: str
    lang: str
    type: str
    text: str
    gold: tuple[str, ...]
    """Paths of the notes that hold the answer."""
    must: tuple[tuple[str, ...], ...]
    """Facts of the answer, each with its spellings."""
    answerable: bool
    any_of: bool
    """Whether one of the gold notes is enough."""


def load(path: Path) -> list[Question]:
    """Read a question file (JSON lines).

    Raises:
        BadRequest: it cannot be read, or a line is no question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"cannot read the questions in {path}: {error}") from error
    return [_question(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]


def _question(path: Path, number: int, line: str) -> Question:
    try:
        given = json.loads(line)
        return Question(
            id=str(given["id"]),
            lang=str(given["lang"]),
            type=str(given["type"]),
            text=str(given["question"]),
            gold=tuple(dict.fromkeys(given["gold_notes"])),
            must=tuple(tuple(fact) for fact in given["must"]),
            answerable=bool(given["answerable"]),
            any_of=bool(given.get("any_of", False)),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest(
            f"{path}, line {number} is no question ({error!r}); "
            "it needs id, lang, type, question, gold_notes, must and answerable"
        ) from error


def ranking(question: Question, ranked: Sequence[str]) -> dict[str, float | None]:
    """recall@5, recall@10, nDCG@10 and MRR of the note paths found; none if unanswerable."""
    if not question.answerable:
        return {}
    hits = [place for place, path in enumerate(ranked[:10]) if path in question.gold]
    need = 1 if question.any_of else len(question.gold)
    gain = sum(1 / math.log2(place + 2) for place in hits[:need])
    ideal = sum(1 / math.log2(place + 2) for place in range(min(need, 10)))
    return {
        "recall@5": min(1.0, sum(place < 5 for place in hits) / need),
        "recall@10": min(1.0, len(hits) / need),
        "ndcg@10": min(1.0, gain / ideal),
        "mrr": 1 / (hits[0] + 1) if hits else 0.0,
    }


def answering(
    question: Question, answer: Answer, text_of: Callable[[str], str]
) -> dict[str, float | None]:
    """Facts, completeness, citations and abstention; ``text_of`` gives a note's text by path."""
    said = answer.answerable
    exact = [
        float(bool(c.quote.strip()) and text_of(c.path)[c.start : c.end] == c.quote)
        for c in answer.citations
    ]
    cited_exactly = mean(exact) if exact else (0.0 if said else None)
    if not question.answerable:
        return {"cites_ok": cited_exactly, "abstain": float(not said)}
    body = _answer_text(question, answer)
    facts = [float(said and any(_plain(form) in body for form in fact)) for fact in question.must]
    found = mean(facts) if facts else float(said)
    paths = list(dict.fromkeys(c.path for c in answer.citations))
    gold = [path in question.gold for path in paths]
    return {
        "facts": found,
        "complete": float(said and found == 1.0 and cited_exactly == 1.0 and any(gold)),
        "cites_ok": cited_exactly,
        "cite_prec": sum(gold) / len(gold) if gold else 0.0,
        "overrefuse": float(not said),
    }


def _answer_text(question: Question, answer: Answer) -> str:
    rows = (" ".join((row.subject, row.date or "", row.text)) for row in answer.rows)
    limit = _LONG if question.type in _LONG_TYPES else _SHORT
    return _plain("\n".join((answer.answer, *rows))[:limit])


def _plain(text: str) -> str:
    """Without what a reader does not see as a difference: width, case, spaces, marks."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\[\d+\]|\*\*|`|\\|\s+", "", text)


def mean(values: Iterable[float | None]) -> float | None:
    """Mean of the values that apply; None when none does."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def interval(differences: Sequence[float], samples: int = 4000) -> tuple[float, float]:
    """95 % bootstrap interval of the mean of paired differences (Efron's percentile method)."""
    if not differences:
        return 0.0, 0.0
    values = np.array(differences)
    picks = np.random.default_rng(0).integers(len(values), size=(samples, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
