"""Keeps a prepared model on disk: a folder that is either whole or not there.

Beside the model's files stands ``manifest.json``, written last. A folder counts only if
the manifest can be read, was written for the same source by the same recipe, and every
file has the bytes recorded; anything else is prepared again. Preparing happens in a
folder of its own that is renamed into place, so any number of processes may do it at
once: the first to finish wins and the others use what it left.
"""

import hashlib
import json
import shutil
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import WenguError
from index.file_replacement import replace

MANIFEST = "manifest.json"
_WORK = ".preparing-"
_FORGOTTEN_AFTER = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What must be known to run a prepared model, besides its files."""

    name: str
    source: str
    """Changes when the model's own files do; compared before a folder is used."""
    fingerprint: str
    """Changes when vectors would: weights, prompts, pooling or precision."""
    runtime: str
    """``onnx``, or ``sentence-transformers`` for a model that could not be prepared."""
    dimensions: int
    max_length: int
    """Longest input in tokens, prompt and special tokens included."""
    query_prompt: str
    passage_prompt: str
    agreement: float
    """Mean cosine to the original model's vectors, measured while preparing."""
    files: tuple[tuple[str, str], ...] = ()
    """File names with the SHA-256 of their bytes."""


def fingerprint(*parts: object) -> str:
    """A short name for everything that shapes a vector."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path, source: str) -> Manifest | None:
    """The manifest of a sound folder prepared from this source, or None."""
    try:
        fields = json.loads((folder / MANIFEST).read_text("utf-8"))
        fields["files"] = tuple((name, value) for name, value in fields["files"])
        manifest = Manifest(**fields)
        sound = manifest.source == source and all(
            digest(folder / name) == value for name, value in manifest.files
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return manifest if sound else None


def prepare(folder: Path, source: str, write: Callable[[Path], Manifest]) -> Manifest:
    """Make ``folder`` with ``write``, which fills an empty folder; whole or not at all."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder.parent)
        work = folder.parent / f"{_WORK}{uuid.uuid4().hex}"
        work.mkdir()
    except OSError as error:
        raise WenguError(
            f"Models cannot be kept in {folder.parent} ({error.strerror}); "
            "set WENGU_MODELS to a folder that can be written."
        ) from error
    try:
        manifest = _publish(work, folder, source, _sealed(work, write(work)))
    except OSError as error:
        raise WenguError(
            f"The model could not be written to {folder.parent} ({error.strerror}); "
            "free some space or set WENGU_MODELS to another folder."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _remove_superseded(folder, manifest.name)
    return manifest


def _remove_superseded(folder: Path, name: str) -> None:
    """Remove what was prepared of the same model before it or its recipe changed.

    A program that has it open keeps it: what is mapped into memory outlives its name, and
    a system without that refuses to remove it.
    """
    for other in folder.parent.glob(f"*/{MANIFEST}"):
        try:
            same = json.loads(other.read_text("utf-8")).get("name") == name
        except (OSError, ValueError, AttributeError):
            continue
        if same and other.parent != folder:
            shutil.rmtree(other.parent, ignore_errors=True)


def _sealed(work: Path, manifest: Manifest) -> Manifest:
    """Record every file's digest and write the manifest, the last file of all."""
    fields = asdict(manifest)
    names = sorted(path.name for path in work.iterdir() if path.is_file())
    fields["files"] = tuple((name, digest(work / name)) for name in names)
    text = json.dumps(fields, ensure_ascii=False, indent=1)
    (work / MANIFEST).write_text(text, "utf-8")
    return Manifest(**fields)


def _publish(work: Path, folder: Path, source: str, manifest: Manifest) -> Manifest:
    """Rename into place; a sound folder already there is kept, a broken one put aside."""
    for _ in range(8):
        try:
            work.rename(folder)
        except OSError:
            if winner := read(folder, source):
                return winner
            aside = folder.with_name(f"{_WORK}{uuid.uuid4().hex}")
            try:
                replace(folder, aside)
            except FileNotFoundError:
                continue
            shutil.rmtree(aside, ignore_errors=True)
        else:
            return manifest
    raise WenguError(f"Other programs keep changing {folder}; close them and try again.")


def _sweep(cache: Path) -> None:
    """Remove what preparers that died left behind."""
    for path in cache.glob(f"{_WORK}*"):
        if time.time() - path.stat().st_mtime > _FORGOTTEN_AFTER:
            shutil.rmtree(path, ignore_errors=True)
