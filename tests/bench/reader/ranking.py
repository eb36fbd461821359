"""What the reader adds to the ranking of notes: nDCG@10 over its weight, vault by vault.

    python tests/bench/reader/ranking.py VAULT:QUESTIONS[:INDEX] [VAULT:QUESTIONS[:INDEX] …]

Questions as ``wengu eval`` reads them. Every passage is read once; only the weight changes.
"""

import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

from index.settings import load
from search.query.query_syntax import parse
from search.ranking import reading
from search.searcher import Searcher

WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8)


def ndcg(ranked: list[str], gold: list[str], any_of: bool) -> float:
    """nDCG@10 with gains of one; of ``any_of`` several notes one is enough."""
    need = 1 if any_of else len(gold)
    hits = [place for place, path in enumerate(ranked[:10]) if path in gold][:need]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(need, 10)))
    return min(1.0, sum(1 / math.log2(place + 2) for place in hits) / ideal)


def main() -> None:
    """Print a line for each vault and language."""
    for each in sys.argv[1:]:
        notes, questions, *index = each.split(":")
        searcher = Searcher(load(notes=notes, index=index[0] if index else None))
        state = searcher.index.snapshot()
        found: dict[str, dict[float, list[float]]] = defaultdict(lambda: defaultdict(list))
        for line in Path(questions).read_text("utf-8").splitlines():
            asked = json.loads(line)
            if not asked["answerable"]:
                continue
            with patch.object(reading, "WEIGHT", 0.0):
                ranked = searcher.ranked(parse(asked["question"]), state)
            for weight in WEIGHTS:
                with patch.object(reading, "WEIGHT", weight):
                    again = reading.reordered(ranked.notes, ranked.read)
                paths = [state.catalogue.notes[noted.note_id].path for noted in again]
                gold = list(dict.fromkeys(asked["gold_notes"]))
                value = ndcg(paths, gold, bool(asked.get("any_of")))
                found[asked["lang"]][weight].append(value)
        for lang, by_weight in sorted(found.items()):
            means = {w: round(sum(v) / len(v), 3) for w, v in by_weight.items()}
            print(Path(questions).parent.name, lang, len(by_weight[0.0]), means, flush=True)


if __name__ == "__main__":
    main()
