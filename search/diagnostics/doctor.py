"""Checks that machine, model, store, derived indexes and notes agree with each other."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path

from index.errors import WenguError
from index.settings import Settings
from index.store.connection import damage
from index.store.reader import Reader
from search.diagnostics.status import pending_changes

LEAST_FREE_BYTES = 500_000_000
_PACKAGES = ("index", "search", "web")
"""Names under which Python programs import Wengu; a module of the user's may have them too."""
_LIBRARIES = {
    "rjieba": "words are cut by jieba, which takes far longer",
    "opencc": "words of Taiwan and rare Traditional characters find less",
}
"""What some machines have no release of, and what is worse without it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, and what mends it."""

    problem: str
    fix: str


def run_checks(settings: Settings) -> list[Finding]:
    """All findings; none when everything agrees. Changes nothing in the index."""
    findings = [*_machine(settings), *_libraries(), *_imports(), *_model(settings)]
    store = settings.store_file
    if not store.is_file():
        if settings.store is not None:  # another machine keeps the index
            return [*findings, *_elsewhere(settings.store, None)]
        return [*findings, Finding("nothing is indexed yet", "run: wengu index")]
    try:
        with closing(Reader.open(store)) as reader:
            return [*findings, *_store(store), *_derived(settings, reader), *_notes(settings)]
    except WenguError as error:
        problem, _, fix = str(error).partition("; ")
        return [*findings, Finding(problem, fix or "run: wengu index --rebuild")]


def _machine(settings: Settings) -> Iterator[Finding]:
    folder = _existing(settings.index_dir)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(f"the index cannot be written in {folder}", "choose another with --index")
    for place in {folder, _existing(settings.model_cache)}:
        free = shutil.disk_usage(place).free
        if free < LEAST_FREE_BYTES:
            yield Finding(
                f"only {free / 1e6:.0f} MB are free in {place}", "make room, or move it: --index"
            )


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _libraries() -> Iterator[Finding]:
    for name, worse in _LIBRARIES.items():
        if find_spec(name) is None:
            fix = f"where it has a release for this machine run: pip install {name}"
            yield Finding(f"{name} is not installed: {worse}", fix)


def _imports() -> Iterator[Finding]:
    """Modules that a Python program started in this folder would import instead of Wengu's."""
    for name in _PACKAGES:
        found = PathFinder.find_spec(name, [str(Path.cwd()), *sys.path])
        if found is None or found.origin is None:  # a folder without code hides nothing
            continue
        other, own = Path(found.origin), Path(__file__).parents[2] / name / "__init__.py"
        if other.name != own.name or other.read_bytes() != own.read_bytes():
            yield Finding(
                f"{other} hides Wengu's package {name} from Python programs started beside it",
                "rename it, or start them in another folder",
            )


def _model(settings: Settings) -> Iterator[Finding]:
    from index.model.load import load

    try:
        encoder = load(settings.model, settings.model_cache)
        length = float((encoder.query("wengu") ** 2).sum())
    except (WenguError, OSError) as error:
        yield Finding(f"the model {settings.model} does not work: {error}", "name another: --model")
        return
    if abs(length - 1) > 0.01:
        yield Finding(
            f"the model {settings.model} gives vectors of length {length:.2f} instead of 1",
            f"delete {settings.model_cache}; it is prepared again",
        )
    try:
        with closing(Reader.open(settings.store_file)) as store:
            made_with = store.meta("model")
    except WenguError:
        return  # told where the store is examined
    if made_with != encoder.fingerprint:
        yield Finding("the index was made with another model", "run: wengu index")


def _store(path: Path) -> Iterator[Finding]:
    if broken := damage(path):
        yield Finding(f"the store {path} is broken: {broken}", "run: wengu index --rebuild")


def _derived(settings: Settings, store: Reader) -> Iterator[Finding]:
    """What is derived from the store must be there and not be ahead of it."""
    from index.lexical.keyword_index import Lexical
    from index.vectors import centering
    from index.vectors.vector_index import VectorIndex

    words = settings.keyword_dir
    known = Lexical(words).generation if words.is_dir() else 0
    if not store.notes_generation <= known <= store.generation:
        yield Finding("the keyword index does not belong to the store", "run: wengu index")
    model = store.meta("model")
    counts = store.counts(model)
    if counts["embedded"] < counts["passages"]:
        waiting = counts["passages"] - counts["embedded"]
        yield Finding(f"{waiting:,} passages are not found by meaning yet", "run: wengu index")
    if settings.store is not None:
        yield from _elsewhere(settings.store, store)
        return
    middle = centering.load(store, model, "passages")
    place = settings.vector_file
    if middle is None or not place.is_file():
        yield Finding("there are no vectors to search", "run: wengu index")
    elif (held := len(VectorIndex.load(place, store, model, middle))) != counts["embedded"]:
        yield Finding(
            f"the vector index holds {held:,} passages, the store {counts['embedded']:,}",
            "run: wengu index --rebuild",
        )


def _elsewhere(url: str, store: Reader | None) -> Iterator[Finding]:
    """What is searched in another store must be what this index holds."""
    from search.store.milvus.check import differences

    for problem, fix in differences(url, store):
        yield Finding(problem, fix)


def _notes(settings: Settings) -> Iterator[Finding]:
    try:
        behind = pending_changes(settings)
    except WenguError as error:
        yield Finding(str(error), "mount or name the folder, then: wengu index")
        return
    if behind:
        yield Finding(
            f"{len(behind.new)} notes are new, {len(behind.changed)} changed and "
            f"{len(behind.gone)} gone since the index was made",
            "run: wengu index",
        )
