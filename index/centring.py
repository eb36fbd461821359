"""When centres are measured, and from which passages and titles.

In the end they depend on the notes alone, so that a vault that was edited a thousand times
is searched as one that is indexed for the first time. Only where vectors are compared
roughly, so that moving all of them takes minutes, centres stay until a vault has outgrown
them.
"""

import hashlib
from collections.abc import Iterable, Mapping

from index import centre
from index.centre import SAMPLE, TITLES, Vector
from index.encoder import Encoder
from index.exact import kind_for
from index.store import Store

_REGROWTH = 1.5
"""While vectors come, centres are measured again when they have grown by this factor."""


def measure(store: Store, encoder: Encoder, *, all_there: bool) -> None:
    """Measure the centres anew where what they were measured from has changed.

    As long as not ``all_there``, only where it has grown a good deal.
    """
    model = encoder.fingerprint
    contents, vectors = store.sample(model, SAMPLE)
    if contents and _is_due(store, f"{model}:passages", contents, all_there):
        middle = {"passages": centre.passage_centre(vectors, _general(store, encoder))}
        _keep(store, model, middle, f"{model}:passages", contents)
    titles = sorted((title.encode("utf-8", "surrogatepass") for title in store.titles()), key=_sum)
    some = titles[:TITLES]
    if contents and _is_due(store, f"{model}:titles", some, all_there):
        shown = [title.decode("utf-8", "surrogatepass") for title in some]
        middle = centre.question_centres(encoder, shown, _general(store, encoder))
        _keep(store, model, middle, f"{model}:titles", some)


def _is_due(store: Store, name: str, sample: list[bytes], all_there: bool) -> bool:
    kept = store.meta(_key(name)).split()
    if len(kept) < 3:
        return True
    digest, sampled, passages = kept
    if not all_there:
        return len(sample) > int(sampled) * _REGROWTH
    now = store.passage_count()
    if (
        kind_for(now) == "approximate"
        and int(passages) / _REGROWTH < now < int(passages) * _REGROWTH
    ):
        return False
    return digest != _digest(sample)


def _keep(
    store: Store, model: str, centres: Mapping[str, Vector], name: str, sample: list[bytes]
) -> None:
    with store.writing():
        for kind, vector in centres.items():
            centre.save(store, model, kind, vector)
        told = f"{_digest(sample)} {len(sample)} {store.passage_count()}"
        store.set_meta(_key(name), told)


def _general(store: Store, encoder: Encoder) -> dict[str, Vector]:
    """What a model makes of general subjects, worked out once in an index."""
    model, prefix = encoder.fingerprint, f"general {centre.VERSION} "
    names = store.meta(f"{prefix}{model}").split("|")
    kept = {name: centre.load(store, model, prefix + name) for name in names}
    known = {name: vector for name, vector in kept.items() if vector is not None}
    if len(known) < len(names):
        known = centre.general(encoder)
        with store.writing(counts=False):
            for name, vector in known.items():
                centre.save(store, model, prefix + name, vector)
            store.set_meta(f"{prefix}{model}", "|".join(known))
    return known


def _key(name: str) -> str:
    return f"measured:{centre.VERSION}:{name}"


def _digest(sample: Iterable[bytes]) -> str:
    return hashlib.blake2b(b"\0".join(sample), digest_size=16).hexdigest()


def _sum(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()
