"""Draws two and four characters from notes and checks that keyword mode finds the note.

python tests/bench/substrings.py NOTES [HOW_MANY] [INDEX]
"""

import random
import sys
import time
from pathlib import Path

from index.settings import load
from index.text.terms import letters
from search.searcher import Searcher

_ALL = 1_000_000
"""More results than there are notes."""


def main(notes: Path, count: int = 200, index: Path | None = None) -> None:
    searcher = Searcher(load(notes=notes, index=index))
    catalogue, store = searcher.index.snapshot().catalogue, searcher.index.store
    chance = random.Random(1)
    ids = sorted(catalogue.notes)
    missed, times = 0, []
    for turn in range(count):
        note = chance.choice(ids)
        held = letters(store.text(note))
        length = (2, 4)[turn % 2]
        at = chance.randrange(max(1, len(held) - length))
        typed = held[at : at + length]
        started = time.perf_counter()
        searcher.search(typed, mode="keyword", group="note")
        times.append((time.perf_counter() - started) * 1000)
        found = searcher.search(typed, mode="keyword", group="note", k=_ALL).results
        if catalogue.notes[note].path not in {hit.path for hit in found}:
            missed += 1
            print(f"missed {typed!r} of {catalogue.notes[note].path}")
    times.sort()
    print(f"{count - missed} of {count} found; first ten in {times[count // 2]:.0f} ms at p50")


if __name__ == "__main__":
    folder, many, kept, *_ = (*sys.argv[1:], *["", "", ""][len(sys.argv) - 1 :])
    main(Path(folder), int(many or 200), Path(kept) if kept else None)
