"""Reads the folder into the store: every file that is new, changed or gone."""

import time
from dataclasses import dataclass, field

from index.crew import looks
from index.encoder import Encoder
from index.errors import WenguError
from index.ingest import Ingested, Reading, recipe
from index.notes import Unreadable, walk
from index.records import Problem
from index.report import Listener, Progress
from index.settings import Settings
from index.store import Store


@dataclass(slots=True)
class Changes:
    """What a reading found, by path."""

    added: dict[str, str] = field(default_factory=dict)
    """Digests of the files that were not known."""
    changed: list[str] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    """Digests of the files that are no more."""
    unchanged: int = 0
    skipped: int = 0
    passages: int = 0
    """Passages written."""

    @property
    def in_place(self) -> bool:
        """Whether the same paths are there as before, so that no link means another note."""
        return not (self.added or self.gone)

    @property
    def moved(self) -> int:
        """How many of the added files hold what a file that is gone held."""
        left = list(self.gone.values())
        count = 0
        for digest in self.added.values():
            if digest in left:
                left.remove(digest)
                count += 1
        return count

    def note(self, path: str, digest: str, *, is_new: bool) -> None:
        """Count a file that has to be written."""
        if is_new:
            self.added[path] = digest
        else:
            self.changed.append(path)


def read_folder(
    settings: Settings,
    store: Store,
    encoder: Encoder,
    *,
    again: bool = False,
    progress: Listener | None = None,
) -> Changes:
    """Compare every file with the store by content and write what differs.

    ``again`` takes every note as changed.

    Raises:
        WenguError: the folder is missing, or empty while the index is not.
    """
    found = walk(settings.notes)
    known = store.files()
    if known and not found.files:
        raise WenguError(
            f"no notes in {settings.notes}, though the index has {len(known)}: is the folder "
            "mounted? Nothing was changed; to start over delete the index folder"
        )
    changes = Changes()
    made_by = recipe(settings.date_keys, encoder.fingerprint)
    reading = Reading(settings.notes, settings.max_note_bytes, settings.date_keys, made_by)
    kept = {} if again else {p: old.digest for p, old in known.items() if old.recipe == made_by}
    asked = [(file, kept.get(file.path)) for file in found.files]
    skipped = [Problem(path, message, True) for path, message in found.warnings]
    started = time.monotonic()
    for done, (file, seen) in enumerate(
        zip(found.files, looks(asked, reading, encoder), strict=True), 1
    ):
        if isinstance(seen, Unreadable):
            skipped.append(Problem(file.path, str(seen), True))
            continue
        old = known.pop(file.path, None)
        if seen is None:
            changes.unchanged += 1
        else:
            changes.note(file.path, seen.file.digest, is_new=old is None)
            changes.passages += _write(seen, store)
        if progress is not None:
            progress(_progress(done, len(found.files), time.monotonic() - started))
    hidden = tuple(f"{folder}/" for folder in found.unlisted)
    changes.gone = {p: file.digest for p, file in known.items() if not p.startswith(hidden)}
    changes.skipped = len(skipped)
    _forget(changes, skipped, store)
    return changes


def _forget(changes: Changes, skipped: list[Problem], store: Store) -> None:
    """Take out the notes that are gone, and keep the list of files that were passed over."""
    with store.writing(counts=bool(changes.gone)) as generation:
        for path in changes.gone:
            store.delete_note(path, generation)
        store.set_skipped(skipped)


def _write(ready: Ingested, store: Store) -> int:
    """Put one note into the store; gives the number of its passages."""
    with store.writing() as generation:
        store.replace_note(ready.note, ready.passages, ready.file, generation, ready.glosses)
        store.set_warnings(ready.note.path, ready.warnings)
    return len(ready.passages)


def _progress(done: int, total: int, seconds: float) -> Progress:
    rate = done / max(seconds, 1e-6)
    return Progress("reading", done, total, rate, (total - done) / rate)
