"""Prints how well notes are ranked, what each signal is worth, what is missed, and the time.

python tests/bench/retrieval.py NOTES QUESTIONS [INDEX]
"""

import sys
from pathlib import Path

from index.settings import load
from search.evaluate import evaluate


def main(notes: Path, questions: Path, index: Path | None = None) -> None:
    settings = load(notes=notes, index=index)
    measured = evaluate(settings, questions, ablate=True, failures=True, answers=False)
    print(measured.table())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
