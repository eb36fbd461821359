"""Gives every passage its vector: newest notes first, each distinct text once ever."""

import time

from index.centring import measure
from index.encoder import Encoder
from index.report import Listener, Progress
from index.store import Store

_BATCH = 128
"""Texts embedded between two writes: a crash loses at most the seconds these take."""


def embed_waiting(store: Store, encoder: Encoder, progress: Listener | None = None) -> int:
    """Embed what has no vector of this model yet; gives the number of texts embedded.

    Each batch is one transaction. Nothing is locked while the encoder works.
    """
    waiting = store.waiting(encoder.fingerprint)
    started = time.monotonic()
    for first in range(0, len(waiting), _BATCH):
        batch = waiting[first : first + _BATCH]
        texts = {content: store.embedded_text(content) for content in batch}
        known = {content: text for content, text in texts.items() if text is not None}
        vectors = encoder.passages(list(known.values()))
        with store.writing() as generation:
            store.add_vectors(encoder.fingerprint, list(known), vectors, generation)
        measure(store, encoder, all_there=False)
        if progress is not None:
            done = first + len(batch)
            rate = done / (time.monotonic() - started)
            progress(Progress("embedding", done, len(waiting), rate, (len(waiting) - done) / rate))
    measure(store, encoder, all_there=True)
    return len(waiting)
