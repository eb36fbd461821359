"""Gives every passage its vector: newest notes first, each distinct text once ever."""

import time
from collections.abc import Mapping

import numpy as np

from index import centre
from index.encoder import Encoder
from index.report import Listener, Progress
from index.store import Store

_BATCH = 128
"""Texts embedded between two writes: a crash loses at most the seconds these take."""
_REGROWTH = 1.5
"""Centres are measured again when the vectors have grown by this factor."""


def embed_waiting(store: Store, encoder: Encoder, progress: Listener | None = None) -> int:
    """Embed what has no vector of this model yet; gives the number of texts embedded.

    Each batch is one transaction. Nothing is locked while the encoder works.
    """
    waiting = store.waiting(encoder.fingerprint)
    if not waiting:  # the last update may have ended before it measured them
        refresh_centres(store, encoder)
    started = time.monotonic()
    for first in range(0, len(waiting), _BATCH):
        batch = waiting[first : first + _BATCH]
        texts = {content: store.embedded_text(content) for content in batch}
        known = {content: text for content, text in texts.items() if text is not None}
        vectors = encoder.passages(list(known.values()))
        with store.writing() as generation:
            store.add_vectors(encoder.fingerprint, list(known), vectors, generation)
        refresh_centres(store, encoder)
        if progress is not None:
            done = first + len(batch)
            rate = done / (time.monotonic() - started)
            progress(Progress("embedding", done, len(waiting), rate, (len(waiting) - done) / rate))
    return len(waiting)


def refresh_centres(store: Store, encoder: Encoder) -> None:
    """Measure the centres when there are none, or vectors or notes have outgrown them."""
    model = encoder.fingerprint
    known = store.vector_count(model)
    if known == 0:
        return
    if _outgrown(store, f"{model}:passages", known):
        total = np.zeros(encoder.dimensions, dtype=np.float32)
        for vectors in store.all_vectors(model):
            total += vectors.sum(axis=0)
        middle = {"passages": centre.passage_centre(encoder, total, known)}
        _keep(store, model, middle, f"{model}:passages", known)
    titles = [note.title for note in store.notes()]
    if _outgrown(store, f"{model}:titles", len(titles)):
        middle = centre.question_centres(encoder, titles)
        _keep(store, model, middle, f"{model}:titles", len(titles))


def _outgrown(store: Store, name: str, count: int) -> bool:
    measured = int(store.meta(f"measured:{centre.VERSION}:{name}", "0"))
    return not measured / _REGROWTH < count < measured * _REGROWTH


def _keep(
    store: Store, model: str, centres: Mapping[str, centre.Vector], name: str, count: int
) -> None:
    with store.writing():
        for kind, vector in centres.items():
            centre.save(store, model, kind, vector)
        store.set_meta(f"measured:{centre.VERSION}:{name}", str(count))
