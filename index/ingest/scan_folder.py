"""Reads the folder into the store: every file that is new, changed or gone."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, field

from index.errors import WenguError
from index.ingest.ingest_note import IndexedNote, ReadOptions, recipe
from index.ingest.workers import ReadOutcome, read_all
from index.model.encoder import Encoder
from index.progress import Listener, Progress, Scope
from index.settings import Settings
from index.store.records import KnownFile, Problem
from index.store.writer import Store
from index.text.segmentation import UserWord
from index.text.terms import fold
from index.text.user_dictionary import load_words, mentioning
from index.vault.read_note import Unreadable
from index.vault.walk import NoteFile, walk

_WORDS = "userdict"
"""What the store calls the words by which its notes were cut."""


@dataclass(slots=True)
class FolderChanges:
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
    def moved(self) -> int:
        """How many of the added files hold what a file that is gone held."""
        left = list(self.gone.values())
        count = 0
        for digest in self.added.values():
            if digest in left:
                left.remove(digest)
                count += 1
        return count

    def record(self, path: str, digest: str, *, is_new: bool) -> None:
        """Count a file that has to be written."""
        if is_new:
            self.added[path] = digest
        else:
            self.changed.append(path)


def scan_folder(
    settings: Settings,
    store: Store,
    encoder: Encoder,
    scope: Scope = "all",
    progress: Listener | None = None,
) -> FolderChanges:
    """Compare files with the store by content and write what differs.

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
    words = load_words(settings.user_dictionaries)
    reading = ReadOptions(
        settings.notes,
        settings.max_note_bytes,
        settings.date_keys,
        recipe(settings.date_keys, encoder.fingerprint),
        words=words,
    )
    recut = _cut_otherwise(store, known, words)
    as_now = {
        path: old.digest
        for path, old in known.items()
        if old.recipe == reading.recipe and path not in recut
    }
    standing = {
        file
        for file in found.files
        if scope == "changed" and file.path in as_now and _stands(file, known[file.path])
    }
    for file in standing:
        del known[file.path]
    changes, files = FolderChanges(), [file for file in found.files if file not in standing]
    changes.unchanged = len(standing)
    asked = [(file, None if scope == "rebuild" else as_now.get(file.path)) for file in files]
    skipped = [Problem(path, message, True) for path, message in found.warnings]
    touched: list[tuple[str, int]] = []
    with closing(read_all(asked, reading, encoder)) as seen:
        for file, note in _counted(files, seen, progress):
            if isinstance(note, Unreadable):
                skipped.append(Problem(file.path, str(note), True))
                continue
            old = known.pop(file.path, None)
            if note is None:
                changes.unchanged += 1
                if old is not None and old.mtime_ns != file.mtime_ns:
                    touched.append((file.path, file.mtime_ns))
            else:
                changes.record(file.path, note.file.digest, is_new=old is None)
                changes.passages += _write(note, store)
    hidden = tuple(f"{folder}/" for folder in found.unlisted)
    changes.gone = {p: file.digest for p, file in known.items() if not p.startswith(hidden)}
    changes.skipped = len(skipped)
    _forget(changes, skipped, touched, store)
    _note_words(store, words)
    return changes


def _stands(file: NoteFile, old: KnownFile) -> bool:
    """Whether size and time of a file say that it holds what it held when it was read."""
    return (old.size, old.mtime_ns) == (file.size, file.mtime_ns)


def _cut_otherwise(
    store: Store, known: Mapping[str, KnownFile], words: Sequence[UserWord]
) -> set[str]:
    """Notes with a word that the user dictionary has gained or lost since they were read."""
    before = {UserWord(*one) for one in json.loads(store.meta(_WORDS, "[]"))}
    changed = before.symmetric_difference(words)
    if not changed or not known:
        return set()
    mention = mentioning(changed)
    texts = dict(store.new_texts(0))
    return {
        path
        for path, old in known.items()
        if mention.search(fold(f"{path}\n{texts.get(old.note_id, '')}"))
    }


def _note_words(store: Store, words: Sequence[UserWord]) -> None:
    """Remember by which words the notes were cut."""
    now = json.dumps([astuple(one) for one in words], ensure_ascii=False)
    if store.meta(_WORDS, "[]") != now:
        with store.writing(counts=False):
            store.set_meta(_WORDS, now)


def _counted(
    files: Sequence[NoteFile], seen: Iterable[ReadOutcome], progress: Listener | None
) -> Iterator[tuple[NoteFile, ReadOutcome]]:
    """Each file with what is found in it, and progress told when that has been taken in."""
    started = time.monotonic()
    for done, pair in enumerate(zip(files, seen, strict=True), 1):
        yield pair
        if progress is not None:
            progress(_progress(done, len(files), time.monotonic() - started))


def _forget(
    changes: FolderChanges, skipped: list[Problem], touched: list[tuple[str, int]], store: Store
) -> None:
    """Take out the notes that are gone, and keep what is known of files not written."""
    with store.writing(counts=bool(changes.gone)) as generation:
        for path in changes.gone:
            store.delete_note(path, generation)
        store.set_skipped(skipped)
        store.set_times(touched)


def _write(ready: IndexedNote, store: Store) -> int:
    """Put one note into the store; gives the number of its passages."""
    with store.writing() as generation:
        store.replace_note(ready.note, ready.passages, ready.file, generation, ready.glosses)
        store.set_warnings(ready.note.path, ready.warnings)
    return len(ready.passages)


def _progress(done: int, total: int, seconds: float) -> Progress:
    rate = done / max(seconds, 1e-6)
    return Progress("reading", done, total, rate, (total - done) / rate)
