"""What an index costs as it grows: time, memory and disk at several sizes.

    python tests/bench/scale.py FOLDER [--index INDEX] [--sizes 3000 30000 300000 1000000]

Invents vaults of so many passages in FOLDER from the sample notes, or from the notes of an
INDEX that is there, has each indexed, and measures in a process of its own: questions,
memory after them, one edit until it is found, and how many of the ten nearest of an exact
search are found. Writes FOLDER/scale.md, a table, and FOLDER/scale.svg, a plot of it.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import invented
import numpy as np
from plot import plot

from index.model.load import load as load_model
from index.settings import Settings, load
from index.store.reader import Reader
from index.update import update
from index.vectors import centering
from index.vectors.vector_index import centred
from search.searcher import Searcher
from search.service.services import freeze_gc

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {
    "passages": "passages",
    "search": "search",
    "update_s": "update, s",
    "p50_ms": "question p50, ms",
    "p95_ms": "question p95, ms",
    "p95_cpu_ms": "of processors, ms",
    "memory_mb": "serving memory, MB",
    "own_mb": "of it not files, MB",
    "edit_s": "edit, s",
    "nothing_s": "nothing to do, s",
    "recall": "recall@10",
    "disk_mb": "index on disk, MB",
}
LINES = {
    "p95_ms": ("question p95, ms", "#1f6f5c"),
    "edit_s": ("edit, ms", "#b4541a"),
    "memory_mb": ("serving memory, MB", "#3a5fa0"),
    "disk_mb": ("index on disk, MB", "#777"),
}
ASKED = 200
COMPARED = 100


def settings_for(folder: Path) -> Settings:
    return load(notes=folder / "notes", index=folder / "index", watch=False)


def build(folder: Path, size: int, real: Path) -> dict[str, Any]:
    """Invent a vault of ``size`` passages and have all be derived that search needs."""
    (folder / "notes").mkdir(parents=True)
    settings = settings_for(folder)
    encoder = load_model(settings.model, settings.model_cache)
    made_of = invented.pool(Reader.open(real / "wengu.sqlite"))
    invented.write(settings, encoder, made_of, size)
    started = time.perf_counter()
    update(settings, encoder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"update_s": round(time.perf_counter() - started, 1), "update_mb": peak}


def serve(folder: Path, real: Path) -> dict[str, Any]:
    """Questions, memory, and an edit in a process that answers."""
    settings = settings_for(folder)
    searcher = Searcher(settings)
    asked = list(invented.questions(invented.pool(Reader.open(real / "wengu.sqlite")), ASKED))
    started = time.perf_counter()
    searcher.search(asked[0])
    freeze_gc()
    found: dict[str, Any] = {"first_s": round(time.perf_counter() - started, 1)}
    times, busy = zip(*(_milliseconds(searcher, question) for question in asked), strict=True)
    found["p50_ms"] = round(statistics.median(times))
    found["p95_ms"] = round(statistics.quantiles(times, n=20)[-1])
    found["p95_cpu_ms"] = round(statistics.quantiles(busy, n=20)[-1])
    found |= _memory()
    engine = searcher.index.snapshot().engine
    found["search"] = engine.vectors.kind  # type: ignore[attr-defined]
    found["recall"] = _recall(searcher, asked[:COMPARED])
    times = [_edit(settings, searcher, number) for number in range(3) for _ in range(2)][1::2]
    found["edit_s"] = round(statistics.median(times), 2)
    started = time.perf_counter()
    update(settings, searcher.index.encoder())
    found["nothing_s"] = round(time.perf_counter() - started, 2)
    sizes = [p.stat().st_size for p in settings.index_dir.rglob("*") if p.is_file()]
    return found | {"disk_mb": sum(sizes) >> 20}


def _edit(settings: Settings, searcher: Searcher, number: int) -> float:
    """Seconds until a line that was added to a note is found.

    The first time the note is cut as the product cuts it, so the second time counts.
    """
    place = settings.notes / f"0/{number}.md"
    word = f"zyzzyva{place.stat().st_size}"
    place.write_text(place.read_text("utf-8") + f"\n{word}\n", "utf-8")
    started = time.perf_counter()
    update(settings, searcher.index.encoder(), "changed")
    searcher.refresh()
    took = time.perf_counter() - started
    assert searcher.search(word).results[0].path == f"0/{number}.md"
    return took


def _milliseconds(searcher: Searcher, question: str) -> tuple[float, float]:
    """How long a question takes, and how long processors work on it."""
    started, worked = time.perf_counter(), time.process_time()
    searcher.search(question)
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


def _memory() -> dict[str, int]:
    lines = Path("/proc/self/status").read_text().splitlines()
    kept = {name: int(value.split()[0]) >> 10 for name, value in (x.split(":") for x in lines
            if x.startswith(("VmRSS", "RssAnon")))}  # fmt: skip
    return {"memory_mb": kept["VmRSS"], "own_mb": kept["RssAnon"]}


def _recall(searcher: Searcher, asked: Sequence[str]) -> float:
    """The share of the ten nearest passages that the index finds."""
    store = searcher.index.store
    assert isinstance(store, Reader)
    model = store.meta("model")
    middle = centering.load(store, model, "passages")
    assert middle is not None
    vectors = np.stack([searcher.index.question_vector(question) for question in asked])
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    with store.reading():
        for ids, block in store.new_vectors(model, 0):
            cosines = vectors @ centred(block, middle).T
            for n, row in enumerate(cosines):
                top = np.argpartition(-row, 10)[:10] if len(row) > 10 else range(len(row))
                best[n] = sorted([*best[n], *((-row[i], int(ids[i])) for i in top)])[:10]
    engine = searcher.index.snapshot().engine
    there = [
        len({i for _, i in known} & {i for i, _ in engine.nearest(vector, 200)[:10]})
        for known, vector in zip(best, vectors, strict=True)
    ]
    return round(sum(there) / (10 * len(asked)), 4)


def measure(folder: Path, size: int, real: Path) -> dict[str, Any]:
    """All that is measured at one size, each part in a process of its own."""
    place = folder / str(size)
    shutil.rmtree(place, ignore_errors=True)
    found: dict[str, Any] = {"passages": size}
    for part in ("build", "serve"):
        arguments = [str(place), "--part", part, "--sizes", str(size), "--index", str(real)]
        done = subprocess.run(
            [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True
        )
        found |= json.loads(done.stdout.splitlines()[-1])
    return found


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as Markdown."""
    lines = ["| " + " | ".join(COLUMNS.values()) + " |", "|" + "---:|" * len(COLUMNS)]
    for row in rows:
        cells = (row[name] for name in COLUMNS)
        lines.append(
            "| " + " | ".join(f"{c:,}" if isinstance(c, int) else str(c) for c in cells) + " |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the arguments, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[3_000, 30_000, 300_000, 1_000_000])
    parser.add_argument("--part", choices=["build", "serve"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "build":
        print(json.dumps(build(options.folder, options.sizes[0], options.index)))
    elif options.part == "serve":
        print(json.dumps(serve(options.folder, options.index)))
    else:
        real = options.index or _sample(options.folder / "sample")
        rows = []
        for size in options.sizes:
            rows.append(measure(options.folder, size, real))
            (options.folder / "scale.md").write_text(table(rows), "utf-8")
            (options.folder / "scale.json").write_text(json.dumps(rows, indent=1), "utf-8")
            (options.folder / "scale.svg").write_text(plot(rows, LINES), "utf-8")
            print(json.dumps(rows[-1]), flush=True)


def _sample(index: Path) -> Path:
    """An index of the sample notes."""
    settings = load(notes=ROOT / "notes", index=index)
    update(settings, load_model(settings.model, settings.model_cache))
    return index


if __name__ == "__main__":
    main()
