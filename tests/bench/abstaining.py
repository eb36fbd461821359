"""How well answering and abstaining are told apart: the curve behind the least confidence.

    python tests/bench/abstaining.py [QUESTIONS] [--notes FOLDER] [--index FOLDER]

Asks every question of a file (JSON lines, by default that of the sample notes) and, once
more with the notes that hold its answer hidden, every answerable one. Prints for each
threshold which share of a group falls below it and would be refused: wrongly where the
notes answer, rightly where they do not or where those that do are hidden. Other notes may
hold the same answer, so not every hidden question should be refused. What properties decide
has a fixed confidence on either side. The index is made, or brought up to date, first.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from index.model.load import load as load_model
from index.settings import Settings, load
from index.update import update
from search.answer.evidence.answerability import LEAST
from search.answerer import Answerer
from search.diagnostics.scores import Question
from search.diagnostics.scores import load as load_questions
from search.result import Filters
from search.searcher import Searcher

ROOT = Path(__file__).resolve().parents[2]
THRESHOLDS = sorted({n / 20 for n in range(1, 20)} | {LEAST})


def asked(settings: Settings, questions: Sequence[Question]) -> dict[str, list[float]]:
    """The confidence of each answer, by what stands behind its question."""
    searcher = Searcher(settings)
    answerer = Answerer(searcher)
    paths = frozenset(searcher.index.snapshot().catalogue.by_path)
    groups: dict[str, list[float]] = {"answerable": [], "unanswerable": [], "hidden": []}
    for question in questions:
        group = "answerable" if question.answerable else "unanswerable"
        groups[group].append(answerer.ask(question.text).confidence)
        if question.answerable:
            without = Filters(paths=paths - frozenset(question.gold))
            groups["hidden"].append(answerer.ask(question.text, without).confidence)
    return groups


def curve(groups: dict[str, list[float]]) -> str:
    """A line a threshold: the share of each group that is less sure than it."""
    lines = ["refused     " + "".join(f"{name:>14}" for name in groups)]
    lines.append("questions   " + "".join(f"{len(sure):>14}" for sure in groups.values()))
    for threshold in THRESHOLDS:
        shares = (_below(sure, threshold) for sure in groups.values())
        mark = "  in use" if threshold == LEAST else ""
        lines.append(f"below {threshold:.2f}  " + "".join(shares) + mark)
    return "\n".join(lines)


def _below(sure: Sequence[float], threshold: float) -> str:
    share = sum(each < threshold for each in sure) / len(sure) if sure else None
    return f"{'-':>14}" if share is None else f"{share:>14.3f}"


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    sample = ROOT / "tests" / "questions" / "sample.jsonl"
    parser.add_argument("questions", type=Path, nargs="?", default=sample)
    parser.add_argument("--notes", type=Path, default=ROOT / "notes")
    parser.add_argument("--index", type=Path, help="by default made anew and thrown away")
    return parser.parse_args()


def main() -> None:
    """Index, ask, print."""
    arguments = _read_arguments()
    with tempfile.TemporaryDirectory() as scratch:
        settings = load(notes=arguments.notes, index=arguments.index or Path(scratch))
        update(settings, load_model(settings.model, settings.model_cache))
        print(curve(asked(settings, load_questions(arguments.questions))))


if __name__ == "__main__":
    main()
