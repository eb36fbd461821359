"""Gives every passage its vector: newest notes first, each distinct text once ever."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from index.model.embeddings_endpoint import EndpointEncoder
from index.model.encoder import Encoder
from index.passages.embedding_text import embedding_text
from index.progress import Listener, Progress
from index.store.change_feed import Vectors
from index.store.writer import Store
from index.vectors.centering import update_means

_BATCH = 128
"""Texts embedded between two writes: a crash loses at most the seconds that two such take, or
one more than are asked of an endpoint at the same time."""


def embed_waiting(store: Store, encoder: Encoder, progress: Listener | None = None) -> int:
    """Embed what has no vector of this model yet; gives the number of texts embedded.

    Each batch is one transaction. Nothing is locked while the encoder works, and it works
    on the next batch while one is written.
    """
    if not encoder.dimensions:
        return 0
    waiting = store.waiting(encoder.fingerprint)
    started = time.monotonic()
    done = 0
    if waiting and progress is not None:  # by now words are found, whatever is still to come
        progress(Progress("embedding", 0, len(waiting)))
    for contents, vectors in _embedded(store, encoder, waiting):
        with store.writing() as generation:
            store.add_vectors(encoder.fingerprint, contents, vectors, generation)
        update_means(store, encoder, all_there=False)
        if progress is not None:
            done = min(done + _BATCH, len(waiting))
            rate = done / (time.monotonic() - started)
            progress(Progress("embedding", done, len(waiting), rate, (len(waiting) - done) / rate))
    store.all_embedded(encoder.fingerprint)
    update_means(store, encoder, all_there=True)
    return len(waiting)


def _embedded(
    store: Store, encoder: Encoder, waiting: Sequence[bytes]
) -> Iterator[tuple[list[bytes], Vectors]]:
    """Contents and their vectors, batch by batch; the next ones are being made already."""
    made: deque[tuple[list[bytes], Future[Vectors]]] = deque()
    several = encoder.batches_in_flight if isinstance(encoder, EndpointEncoder) else 1
    with ThreadPoolExecutor(several) as pool:
        try:
            for first in range(0, len(waiting), _BATCH):
                texts = _texts(store, waiting[first : first + _BATCH])
                made.append((list(texts), pool.submit(encoder.passages, list(texts.values()))))
                if len(made) > several:
                    contents, vectors = made.popleft()
                    yield contents, vectors.result()
            for contents, vectors in made:
                yield contents, vectors.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # where one failed, so may the rest


def _texts(store: Store, contents: Sequence[bytes]) -> dict[bytes, str]:
    """What the model reads of each content that is still there."""
    return {each: embedding_text(*parts) for each, parts in store.to_embed(contents).items()}
