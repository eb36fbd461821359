"""How long a first index of some notes takes, and how soon they can be searched by word.

    python tests/bench/first.py [FOLDER]

Indexes FOLDER (by default the sample notes) from nothing into a temporary folder, with the
model prepared before. Prints one JSON object: by ``words_s`` all notes are found by word;
``peak_mb`` is of this process, and ``worker_peak_mb`` of the largest of those that it starts
to read notes.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from index.model.load import load as load_model
from index.progress import Progress
from index.settings import load
from index.update import update

ROOT = Path(__file__).resolve().parents[2]


def first(notes: Path, index: Path) -> dict[str, float]:
    """Seconds and sizes of one update from nothing."""
    settings = load(notes=notes, index=index)
    encoder = load_model(settings.model, settings.model_cache)
    began: dict[str, float] = {}
    started = time.monotonic()

    def listen(progress: Progress) -> None:
        began.setdefault(progress.phase, time.monotonic() - started)

    report = update(settings, encoder, progress=listen)
    return {
        "notes": report.total,
        "passages": report.passages,
        "embedded": report.embedded,
        "words_s": round(began.get("embedding", report.seconds), 1),
        "all_s": round(report.seconds, 1),
        "passages_a_second": round(report.embedded / report.seconds, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "worker_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "index_mb": sum(p.stat().st_size for p in index.rglob("*") if p.is_file()) // 2**20,
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "notes")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(first(folder, Path(name)), indent=1))


if __name__ == "__main__":
    main()
