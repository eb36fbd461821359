"""Makes the index match the folder: reads what changed, embeds what is new, publishes.

The slow work holds no transaction; each note is replaced in one. Whoever asks meanwhile
sees the whole state before or after a note, and keyword search works while vectors come.
"""

import time
from datetime import UTC, datetime

from index.ingest.scan_folder import FolderChanges, scan_folder
from index.lexical.keyword_index import Lexical
from index.lexical.keyword_writer import KeywordWriter
from index.links.refresh import link
from index.model.encoder import Encoder
from index.progress import Listener, Progress, Report, Scope
from index.settings import Settings
from index.store.writer import Store
from index.store.writer_lock import only_writer
from index.text import segmentation
from index.text.user_dictionary import load_words
from index.vectors import centering
from index.vectors.embed import embed_waiting
from index.vectors.vector_index import publish

_TAKEN_IN = 64
"""Notes read between two times that their words are taken in."""


def update(
    settings: Settings,
    encoder: Encoder,
    scope: Scope = "all",
    *,
    progress: Listener | None = None,
) -> Report:
    """Bring the index up to date with the notes.

    With ``scope`` "rebuild" every note is read and split again; vectors are kept by content.

    Raises:
        Busy: another program is writing this index.
        WenguError: the notes cannot be listed or the index cannot be written.
    """
    started = time.monotonic()
    segmentation.use(load_words(settings.user_dictionaries))
    with only_writer(settings.index_dir):
        store = Store.create(settings.store_file)
        try:
            lexical = Lexical(settings.keyword_dir)
            with lexical.writing(store) as words:
                changes, embedded = _follow(settings, store, encoder, scope, words, progress)
            if settings.store is not None:
                from index.milvus.publish import publish as publish_there

                take_over = scope == "rebuild"
                publish_there(
                    settings.store, store, lexical, take_over=take_over, progress=progress
                )
            return _report(store, changes, embedded, time.monotonic() - started)
        finally:
            store.close()


def _follow(
    settings: Settings,
    store: Store,
    encoder: Encoder,
    scope: Scope,
    words: KeywordWriter,
    progress: Listener | None,
) -> tuple[FolderChanges, int]:
    """Have store, words and vectors say what the notes say; gives the changes, and how many
    texts were embedded."""

    def heard(told: Progress) -> None:
        if told.done % _TAKEN_IN == 0:  # words are written while notes are read
            words.add_pending()
        if progress is not None:
            progress(told)

    _name_model(store, encoder, first=True)
    stood = store.links_resolved
    changes = scan_folder(settings, store, encoder, scope, heard)
    link(settings, store, changes, stood=stood)
    words.publish()
    embedded = embed_waiting(store, encoder, progress)
    _publish(settings, store, encoder, scope)
    return changes, embedded


def _name_model(store: Store, encoder: Encoder, *, first: bool = False) -> None:
    """Say whose vectors are searched: at once in a new index, else when all are there."""
    if store.meta("model") == encoder.fingerprint or (first and store.meta("model")):
        return
    with store.writing():
        store.set_meta("model", encoder.fingerprint)
        store.set_meta("model_name", encoder.name)
        store.set_meta("dimensions", str(encoder.dimensions))


def _publish(settings: Settings, store: Store, encoder: Encoder, scope: Scope) -> None:
    """Make the state of the store the one that is searched."""
    _name_model(store, encoder)
    with store.writing(counts=False):
        store.set_meta("updated_at", datetime.now(UTC).isoformat(timespec="milliseconds"))
    middle = centering.load(store, encoder.fingerprint, "passages")
    if settings.store is None and middle is not None:
        model = encoder.fingerprint
        publish(settings.vector_file, store, model, middle, thoroughly=scope != "changed")


def _report(store: Store, changes: FolderChanges, embedded: int, seconds: float) -> Report:
    moved = changes.moved
    return Report(
        total=store.note_count(),
        added=len(changes.added) - moved,
        changed=len(changes.changed),
        moved=moved,
        deleted=len(changes.gone) - moved,
        unchanged=changes.unchanged,
        skipped=changes.skipped,
        passages=store.passage_count(),
        embedded=embedded,
        reused=max(changes.passages - embedded, 0),
        seconds=round(seconds, 3),
        warnings=tuple((p.path, p.message) for p in store.problems()),
    )
