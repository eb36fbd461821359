"""How likely a unit answers, and whether the notes answer at all: two fitted regressions.

The numbers lie in ``scorer.json`` with the name of the script that fitted them and the
questions it had; it prints what they are worth on vaults that were left out.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from search.answer.evidence.answerability import QUESTION_FEATURES
from search.answer.evidence.read_units import FEATURES, ReadUnit

_FILE = Path(__file__).with_name("scorer.json")


def unit_logit(unit: ReadUnit) -> float:
    """The log odds that a unit holds the answer, or a part of it."""
    return _logit("unit", FEATURES, unit.features)


def answerable(features: Sequence[float]) -> float:
    """How likely the notes answer a question with these ``QUESTION_FEATURES``, from 0 to 1."""
    return 1 / (1 + math.exp(-_logit("question", QUESTION_FEATURES, features)))


def _logit(name: str, names: Sequence[str], features: Sequence[float]) -> float:
    weights = _weights()[name]
    known = zip(names, features, strict=True)
    return weights["bias"] + sum(weights[each] * value for each, value in known)


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    kept: dict[str, dict[str, float]] = json.loads(_FILE.read_text("utf-8"))
    return {name: kept[name] for name in ("unit", "question")}
