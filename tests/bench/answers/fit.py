"""Fit what chooses and trusts an answer, leaving one vault out at a time.

    python tests/bench/answers/fit.py COLLECTED.json [COLLECTED.json …] [--out SCORER.json]

Reads what ``collect.py`` wrote. Two models are fitted: of units (which of a question's holds a
fact?) and of questions (do the notes answer?). Every figure printed for a vault comes from
numbers fitted on the others. With ``--out`` the numbers fitted on all of them are written.
"""

import argparse
import json
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from index.text.terms import terms
from search.answer import composition
from search.answer.composition import Choice
from search.answer.evidence.answerability import QUESTION_FEATURES, Signs, refused
from search.answer.evidence.read_units import FEATURES
from search.answer.evidence.spans import Unit

Asked = dict[str, Any]
SWEEP = {"SHARE": (1.5, 2.5, 3.5), "NEAR": (2.0, 3.0, 4.5), "MOST": (3, 4), "ROOM": (420, 700)}


class Fit:
    """A linear model, kept as numbers: ``bias + features @ weights``."""

    def __init__(self, weights: Any, bias: float) -> None:
        self.weights = weights
        self.bias = bias

    def logits(self, rows: Sequence[Sequence[float]]) -> Any:
        """The log odds of each row."""
        return np.array(rows) @ self.weights + self.bias


def fit_units(questions: Sequence[Asked], l2: float = 0.3) -> Fit:
    """Which unit of a question is the right one: a softmax over its units.

    Only differences within a question count, so that no scale of one vault is learnt. The
    bias makes the odds of a unit comparable across questions.
    """
    some = [q for q in questions if any(u["holds"] for u in q["units"])]
    rows = [torch.tensor([u["features"] for u in q["units"]]) for q in some]
    right = [torch.tensor([bool(u["holds"]) for u in q["units"]]) for q in some]
    spread = torch.cat(rows).std(0).clamp(min=1e-6)
    weights = torch.zeros(len(spread), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=100)

    def loss() -> Any:
        optimizer.zero_grad()
        total = l2 * (weights * weights).sum()
        for row, good in zip(rows, right, strict=True):
            odds = row / spread @ weights
            total = total - (odds[good].logsumexp(0) - odds.logsumexp(0)) / len(rows)
        total.backward()
        return total

    optimizer.step(loss)
    kept = (weights.detach() / spread).numpy()
    odds = np.concatenate([row.numpy() @ kept for row in rows])
    middle = LogisticRegression().fit(odds[:, None], np.concatenate([g.numpy() for g in right]))
    return Fit(kept, float(middle.intercept_[0] / middle.coef_[0][0]))


def fit_questions(questions: Sequence[Asked]) -> Fit:
    """Questions that have an answer against those that have none or are asked without it."""
    some = [(q["asked"]["features"], q["answerable"]) for q in questions if q["asked"]]
    some += [(q["without"]["features"], False) for q in questions if q["without"]]
    rows = np.array([features for features, _ in some])
    spread = np.maximum(rows.std(0), 1e-6)
    model = LogisticRegression(C=0.1, class_weight="balanced", max_iter=2000)
    model.fit(rows / spread, [answerable for _, answerable in some])
    return Fit(model.coef_[0] / spread, float(model.intercept_[0]))


def quotes(question: Asked, fit: Fit) -> list[Asked]:
    """What would be quoted, as ``search.answer.composition`` chooses it."""
    units = question["units"]
    if not units:
        return []
    choices = [
        Choice(
            Unit(0, unit["passage"], unit["start"], unit["end"], unit["text"], ()),
            float(logit),
            frozenset(terms(unit["text"])),
        )
        for unit, logit in zip(units, fit.logits([u["features"] for u in units]), strict=True)
    ]
    chosen = []
    for each in composition.choose(sorted(choices, key=lambda choice: -choice.logit)):
        within = [
            u
            for u in units
            if u["passage"] == each.unit.passage_id
            and each.unit.start <= u["start"] < each.unit.end
        ]
        chosen.append(
            {
                "text": " ".join(u["text"] for u in within),
                "holds": sorted({n for u in within for n in u["holds"]}),
                "gold": within[0]["gold"],
            }
        )
    return chosen


def figures(questions: Sequence[Asked], fit: Fit) -> Asked:
    """Means over the answerable questions with facts.

    ``complete``: all facts are quoted; ``good``: in the lead; ``first``: one in the first quote;
    ``right``: complete, first, and at most one quote holds none; ``spare``: the share of what is
    quoted that neither holds a fact nor stands beside one that does.
    """
    complete, good, first, right, spare = [], [], [], [], []
    for q in questions:
        if not q["answerable"] or not q["facts"]:
            continue
        chosen = quotes(q, fit)
        gold = any(c["gold"] for c in chosen)
        held = {n for c in chosen for n in c["holds"]}
        complete.append(gold and len(held) == q["facts"])
        used, lead = 0, set()
        limit = 600 if q["type"] in ("compare", "timeline", "list", "howto", "multihop") else 240
        for c in chosen:
            if used + len("".join(c["text"].split())) > limit and used:
                break
            used += len("".join(c["text"].split()))
            lead |= set(c["holds"])
        good.append(complete[-1] and len(lead) == q["facts"])
        first.append(bool(chosen and chosen[0]["holds"]))
        stray = sum(not c["holds"] for c in chosen)
        right.append(complete[-1] and first[-1] and stray <= 1)
        near = [any(c["holds"] for c in chosen[max(0, n - 1) : n + 2]) for n in range(len(chosen))]
        total = sum(len(c["text"]) for c in chosen)
        if total:
            spare.append(
                sum(len(c["text"]) for c, ok in zip(chosen, near, strict=True) if not ok) / total
            )
    means = {"complete": complete, "good": good, "first": first, "right": right, "spare": spare}
    return {name: round(float(np.mean(each)), 3) if each else None for name, each in means.items()}


def report(vaults: dict[str, list[Asked]]) -> None:
    """Print the figures of each vault, by what is fitted on the others."""
    for name, own in vaults.items():
        others = [q for other, qs in vaults.items() if family(other) != family(name) for q in qs]
        units, asked = fit_units(others), fit_questions(others)
        for lang in sorted({q["lang"] for q in own}):
            some = [q for q in own if q["lang"] == lang]
            line = figures(some, units)
            known = [(q["asked"], q["answerable"]) for q in some if q["asked"]]
            line["overrefuse"] = share([is_refused(a, asked) for a, answers in known if answers])
            line["abstain"] = share([is_refused(a, asked) for a, answers in known if not answers])
            line["without"] = share([is_refused(q["without"], asked) for q in some if q["without"]])
            print(f"{name:28} {lang} {len(some):4}", line, flush=True)


def is_refused(asked: Asked, fit: Fit) -> bool:
    """Whether the notes are said not to answer."""
    sure = 1 / (1 + np.exp(-float(fit.logits([asked["features"]])[0])))
    return refused(sure, Signs(**asked["signs"]), across=asked["across"])


def share(each: Sequence[Any]) -> float | None:
    """The mean, to two digits; None of nothing."""
    return round(float(np.mean(each)), 2) if len(each) else None


def main() -> None:
    """Print the figures of each vault left out, and write what all give."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collected", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sweep", action="store_true")
    given = parser.parse_args()
    vaults: dict[str, list[Asked]] = {}
    for path in given.collected:
        vaults |= json.loads(path.read_text("utf-8"))
    settings = product(*SWEEP.values()) if given.sweep else [None]
    for setting in settings:
        names = dict(zip(SWEEP, setting, strict=True)) if setting else {}
        with ExitStack() as changed:
            for name, value in names.items():
                changed.enter_context(patch.object(composition, name, value))
            print(names or "as it is")
            report(vaults)
    every = [q for qs in vaults.values() for q in qs]
    units, asked = fit_units(every), fit_questions(every)
    kept = {
        "script": "tests/bench/answers/fit.py",
        "questions": {name: len(qs) for name, qs in vaults.items()},
        "unit": {"bias": units.bias, **dict(zip(FEATURES, units.weights.tolist(), strict=True))},
        "question": {
            "bias": asked.bias,
            **dict(zip(QUESTION_FEATURES, asked.weights.tolist(), strict=True)),
        },
    }
    print(json.dumps(kept, indent=1))
    if given.out:
        given.out.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def family(name: str) -> str:
    """Vaults of the same notes in two languages are left out together."""
    return name.partition("/")[0].removesuffix("-en").removesuffix("-zh")


if __name__ == "__main__":
    main()
