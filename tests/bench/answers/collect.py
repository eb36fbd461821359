"""Collect what answers are chosen by, for questions whose answers are known.

    python tests/bench/answers/collect.py OUT.json VAULT:QUESTIONS [VAULT:QUESTIONS …]

Each vault is a folder of notes (its index is brought up to date first), each file of
questions has JSON lines with ``question``, ``answerable`` and ``must`` or ``evidence``, as
``wengu eval`` reads them. For each question the features of its notes and of every unit that
may be quoted are written, and which facts each unit holds. Each that has an answer is asked a
second time without the notes that give it: notes come near then and do not answer.
As many passages are read as ever are, so that ``stopping.py`` can tell which need not be.
"""

import json
import math
import re
import sys
import unicodedata
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

from index.errors import BadRequest
from index.settings import load
from search.answer.citations import Citations
from search.answer.context import Inquiry
from search.answer.evidence.finder import Gatherer
from search.answer.evidence.read_units import ReadUnit, read_units
from search.answer.question.entities import Names
from search.answer.question.intent import understand
from search.query.query_syntax import parse
from search.ranking import reading
from search.searcher import Searcher


def bare(text: str) -> str:
    """A text without what a reader would not see as a difference: width, case, marks, spaces."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\s+", "", re.sub(r"\[\d+\]|\*\*|`|\\", "", text))


def holds(unit: str, fact: Any) -> bool:
    """Whether a unit states a fact: one of its wordings, or much of a sentence of evidence."""
    if isinstance(fact, list):
        return any(bare(wording) in bare(unit) for wording in fact)
    one, other = ({t[i : i + 6] for i in range(len(t) - 5)} for t in (bare(fact), bare(unit)))
    shared = len(one & other)
    least = 0.5 * len(one) if len(one) <= len(other) else 0.7 * len(other)
    return bool(one and other) and shared >= least and len(bare(unit)) >= 10


def collect(notes: Path, questions: Path, index: Path | None) -> list[dict[str, Any]]:
    """The features of each question of a file and of its units."""
    searcher = Searcher(load(notes=notes, index=index))
    names = Names(searcher.index.snapshot().catalogue)
    found = []
    for line in questions.read_text("utf-8").splitlines():
        asked = json.loads(line)
        text = asked.get("question") or asked["q"]
        try:
            query, state = parse(text), searcher.index.snapshot()
        except BadRequest:  # an operator, as the vaults of programmers have them
            continue
        gatherer = Gatherer(searcher, state, query, understand(query.text))
        asked_of, units = known(gatherer, names)
        facts = asked.get("must") or asked.get("evidence") or asked.get("want") or []
        gold = asked.get("gold_notes") or ([asked["note"]] if asked.get("note") else [])
        found.append(
            {
                "id": asked["id"],
                "type": asked.get("type") or asked.get("kind"),
                "lang": asked["lang"],
                "question": text,
                "answerable": asked["answerable"],
                "facts": len(facts),
                "asked": asked_of,
                "without": without(searcher, names, text, gold, facts),
                "units": [
                    {
                        "features": unit.features,
                        "text": unit.unit.text,
                        "passage": unit.unit.passage_id,
                        "start": unit.unit.start,
                        "end": unit.unit.end,
                        "note": gatherer.notes[unit.unit.note_id].path,
                        "gold": gatherer.notes[unit.unit.note_id].path in gold,
                        "holds": [n for n, fact in enumerate(facts) if holds(unit.unit.text, fact)],
                    }
                    for unit in units
                ],
            }
        )
    return found


def known(gatherer: Gatherer, names: Names) -> tuple[dict[str, Any] | None, list[ReadUnit]]:
    """What is known of a question, and the units that may answer it."""
    ranked = gatherer.ranked(5)
    inquiry = Inquiry(gatherer, names, Citations(gatherer.notes))
    units = read_units(gatherer)
    if not units:
        return None, units
    signs = inquiry.read_signs(ranked, units)
    features, across = inquiry.features(signs), inquiry.is_across(units)
    return {"features": features, "signs": asdict(signs), "across": across}, units


def without(
    searcher: Searcher, names: Names, text: str, gold: Collection[str], facts: Collection[Any]
) -> dict[str, Any] | None:
    """What is known of a question where the notes that answer it are left out.

    None where no fact tells whether the other notes answer, or one of them does.
    """
    state = searcher.index.snapshot()
    left = frozenset(n.id for n in state.catalogue.notes.values() if n.path not in gold)
    if not gold or not facts:
        return None
    with (
        patch("search.searcher.matching_notes", lambda *_: left),
        patch("search.answer.evidence.finder.matching_notes", lambda *_: left),
    ):
        query = parse(text)
        asked_of, units = known(Gatherer(searcher, state, query, understand(query.text)), names)
        if any(holds(unit.unit.text, fact) for unit in units for fact in facts):
            return None
    return asked_of


def main() -> None:
    """Collect all vaults given."""
    out, *given = sys.argv[1:]
    collected = {}
    for each in given:
        notes, questions, *index = each.split(":")
        where = Path(index[0]) if index else None
        with patch.object(reading, "ENOUGH", math.inf):
            collected[Path(questions).parent.name + "/" + Path(questions).stem] = collect(
                Path(notes), Path(questions), where
            )
        print(each, len(list(collected.values())[-1]), flush=True)
    Path(out).write_text(json.dumps(collected, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
