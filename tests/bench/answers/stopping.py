"""Draw how the answers fare where only the first passages are read.

    python tests/bench/answers/stopping.py COLLECTED.json [COLLECTED.json …]

Reads what ``collect.py`` wrote and weighs units by the numbers that answers use. For each number
of passages read at first, and each log odds of a passage from which no further is read, it prints
how many are read and the means over vaults and languages of what ``fit.py`` tells of an answer.
"""

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from fit import Asked, Fit, figures

from search.answer.evidence import scorer
from search.answer.evidence.read_units import FEATURES

FIRST, ENOUGH = (2, 3, 4, 6, 12), (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0)
PLACE, LOGIT = FEATURES.index("rank"), FEATURES.index("passage")


def stopped(question: Asked, first: int, enough: float) -> Asked:
    """The question with the units of the passages that would be read."""
    units = question["units"]
    begun = [unit for unit in units if round(1 / unit["features"][PLACE]) <= first]
    answered = any(unit["features"][LOGIT] >= enough for unit in begun)
    return question | {"units": begun if answered else units}


def drawn(vaults: dict[str, list[Asked]], fit: Fit, first: int, enough: float) -> dict[str, Any]:
    """How many passages are read, and the means of the figures."""
    asked = {name: [stopped(q, first, enough) for q in qs] for name, qs in vaults.items()}
    read = [len({u["passage"] for u in q["units"]}) for qs in asked.values() for q in qs]
    each = [
        figures([q for q in qs if q["lang"] == lang], fit)
        for qs in asked.values()
        for lang in sorted({q["lang"] for q in qs})
    ]
    means = {
        name: round(float(np.mean([f[name] for f in each if f[name] is not None])), 3)
        for name in each[0]
    }
    return {"read": round(float(np.mean(read)), 2), "median": int(np.median(read)), **means}


def main() -> None:
    """Print a line for each number of passages and each bound."""
    vaults: dict[str, list[Asked]] = {}
    for path in sys.argv[1:]:
        vaults |= json.loads(Path(path).read_text("utf-8"))
    kept = json.loads(Path(scorer.__file__).with_name("scorer.json").read_text("utf-8"))["unit"]
    fit = Fit(np.array([kept[name] for name in FEATURES]), kept["bias"])
    for first, enough in product(FIRST, ENOUGH):
        print(first, enough, drawn(vaults, fit, first, enough), flush=True)


if __name__ == "__main__":
    main()
