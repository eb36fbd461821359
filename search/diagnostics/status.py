"""Compares the index with the notes on disk, without changing either."""

import os.path
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import NotReady, WenguError
from index.ingest.ingest_note import recipe
from index.milvus.address import address
from index.model.load import WORDS, known_fingerprint
from index.settings import Settings
from index.store.reader import Reader
from index.store.records import KnownFile
from index.vault.read_note import Unreadable, read
from index.vault.walk import NoteFile, walk
from index.vectors.exact import Kind, kind_for
from search.snapshot import opened
from search.store.interface import StoredRecords

State = Literal["indexed", "changed", "new", "gone", "skipped", "unknown"]


@dataclass(frozen=True, slots=True)
class PendingChanges:
    """Paths of the notes that the next update will take in."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


@dataclass(frozen=True, slots=True)
class Warned:
    """A file that was passed over, or read with a complaint."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows of itself."""

    notes: int = 0
    """Indexed and skipped together."""
    indexed: int = 0
    skipped: int = 0
    passages: int = 0
    embedded: int = 0
    """Passages that can be found by meaning already."""
    search: Kind = "exact"
    """Whether a question is compared with every passage, or roughly first."""
    model: str = ""
    dimensions: int = 0
    updated_at: str | None = None
    """ISO 8601, UTC."""
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """What ``wengu status`` tells."""

    folder: str
    index: str
    size_bytes: int
    store: str
    """Where search looks: the files of the index, or an address."""
    facts: Facts
    behind: PendingChanges
    error: str | None
    """Why the notes cannot be compared with the index, if they cannot."""


@dataclass(frozen=True, slots=True)
class FileStatus:
    """What ``wengu status --file`` tells of one note."""

    path: str
    state: State
    title: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = ()
    passages: int = 0
    warnings: tuple[str, ...] = ()


def vault_status(settings: Settings) -> VaultStatus:
    """The facts of the index, and how far it is behind the notes."""
    behind, error = PendingChanges(), None
    try:
        behind = pending_changes(settings)
    except WenguError as reason:
        error = str(reason)
    folder, store = settings.index_dir, "files"
    if settings.store is not None:
        store = str(address(settings.store))
    facts = facts_if_any(settings)
    return VaultStatus(str(settings.notes), str(folder), size(folder), store, facts, behind, error)


def pending_changes(settings: Settings) -> PendingChanges:
    """Which notes differ from the index, by content or by what read them.

    Raises:
        WenguError: the notes cannot be listed, or the index is broken.
    """
    known, made_by = _known(settings)
    if settings.store is not None and not known:
        raise WenguError("the notes are indexed elsewhere; ask wengu status there")
    found = walk(settings.notes).files
    paths = {file.path for file in found}
    return PendingChanges(
        new=tuple(
            file.path for file in found if file.path not in known and _counts(file, settings)
        ),
        changed=tuple(
            file.path
            for file in found
            if file.path in known and _differs(file, known[file.path], settings, made_by)
        ),
        gone=tuple(sorted(known.keys() - paths)),
    )


def file_status(settings: Settings, file: str) -> FileStatus:
    """What is known of one note, named by its path in the vault or anywhere on disk.

    Raises:
        WenguError: nothing is indexed yet, or the index is broken.
    """
    path = _in_vault(settings.notes, file)
    with closing(Reader.open(settings.store_file)) as store:
        problems = [problem for problem in store.problems() if problem.path == path]
        warnings = tuple(problem.message for problem in problems)
        known = store.files().get(path)
        if known is None:
            skipped = any(problem.skipped for problem in problems)
            return FileStatus(path, _state_unindexed(settings, path, skipped), warnings=warnings)
        note = next(note for note in store.notes() if note.id == known.note_id)
        passages = len(store.passage_ids([known.note_id]))
    return FileStatus(
        path, _state(settings, path, known), note.title, note.date, note.tags, passages, warnings
    )


def _known(settings: Settings) -> tuple[dict[str, KnownFile], str]:
    """What is known of each file, and the recipe by which an update would read it."""
    if not (settings.store_file).is_file():
        return {}, ""
    with closing(Reader.open(settings.store_file)) as store:
        model = known_fingerprint(settings.model, settings.model_cache)
        # One that is not prepared may be one that could not be had, whose notes are found by words.
        if model is None and store.meta("model_name") in (settings.model, WORDS):
            model = store.meta("model")
        return store.files(), recipe(settings.date_keys, model or "")


def _differs(file: NoteFile, known: KnownFile, settings: Settings, made_by: str) -> bool:
    if known.recipe != made_by:
        return True
    if (file.size, file.mtime_ns) == (known.size, known.mtime_ns):
        return False
    try:
        return read(settings.notes, file.path, settings.max_note_bytes).digest != known.digest
    except Unreadable:
        return True


def _counts(file: NoteFile, settings: Settings) -> bool:
    """Whether a note that is not indexed could be."""
    try:
        read(settings.notes, file.path, settings.max_note_bytes)
    except Unreadable:
        return False
    return True


def _state(settings: Settings, path: str, known: KnownFile) -> State:
    try:
        digest = read(settings.notes, path, settings.max_note_bytes).digest
    except Unreadable:
        return "gone"
    return "indexed" if digest == known.digest else "changed"


def _state_unindexed(settings: Settings, path: str, skipped: bool) -> State:
    if skipped:
        return "skipped"
    return "new" if (settings.notes / path).is_file() else "unknown"


def _in_vault(notes: Path, file: str) -> str:
    """The path inside the vault: as given, else as it stands from here."""
    if (notes / file).exists():
        return Path(os.path.normpath(notes / file)).relative_to(notes).as_posix()
    absolute = Path(file).resolve()
    if absolute.is_relative_to(notes):
        return absolute.relative_to(notes).as_posix()
    return file


def count(settings: Settings, store: StoredRecords) -> Facts:
    """Counts and names as of the store's newest state."""
    with store.reading():
        counts = store.counts(store.meta("model"))
        problems = store.problems()
        skipped = len({problem.path for problem in problems if problem.skipped})
        return Facts(
            notes=counts["notes"] + skipped,
            indexed=counts["notes"],
            skipped=skipped,
            passages=counts["passages"],
            embedded=counts["embedded"],
            search=kind_for(counts["passages"]),
            model=store.meta("model_name", settings.model),
            dimensions=int(store.meta("dimensions", "0")),
            updated_at=store.meta("updated_at") or None,
            warnings=tuple(Warned(problem.path, problem.message) for problem in problems),
        )


def facts_if_any(settings: Settings) -> Facts:
    """The same, and all zero where there is no index yet."""
    store = opened(settings)
    try:
        return count(settings, store.records)
    except NotReady:
        return Facts(model=settings.model)
    finally:
        store.close()


def size(folder: Path) -> int:
    """Bytes of all files of an index."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # replaced by a newer one meanwhile
            continue
    return total
