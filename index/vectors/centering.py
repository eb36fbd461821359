"""Measures centres: the part that all vectors of a kind share, to be taken away before comparing.

Embeddings crowd into a narrow cone (Mu and Viswanath, "All-but-the-Top", 2018), and part of
what they share says only in which language a text is. Without it a question in English
finds Chinese passages as well as a question in Chinese does. Passages lose their own mean;
a question loses the mean of questions in its language on such subjects.

In the end centres depend on the notes alone, so that a vault that was edited a thousand times
is searched as one that is indexed for the first time. Only where vectors are compared
roughly, so that moving all of them takes minutes, centres stay until a vault has outgrown
them.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.model.encoder import Encoder
from index.store.change_feed import Vectors
from index.store.writer import Store
from index.vectors.centering_samples import LONG_QUESTIONS, SHORT_QUESTIONS, STATEMENTS, TOPICS
from index.vectors.exact import kind_for

Vector = NDArray[np.float32]


VERSION = 3
"""Raised when centres are measured otherwise, so that kept ones are measured again."""
SAMPLE = 512
"""Passages that stand for all: their mean is 0.02 from that of 41,000, and ranks alike. One edit
in forty of such a vault moves it."""
TITLES = 120
"""Titles that stand for all: twice as many move the centre no further."""
_PRIOR = 50
"""General passages that a vault's own mean is mixed with, so that a handful of notes on one
subject does not lose the subject; fewer, the nearer the vault comes to a full sample."""
_TITLES_PRIOR = 10
"""Titles of other vaults that the shift is mixed with: a handful says little."""
_TIMES = 4
"""Forms in which each general topic is asked about."""

_REGROWTH = 1.5
"""While vectors come, centres are measured again when they have grown by this factor."""


class Named(Protocol):
    """What keeps values by name, as every store does."""

    def meta(self, key: str, default: str = "") -> str: ...


def reference_means(encoder: Encoder) -> dict[str, Vector]:
    """What texts on general subjects share, whatever the vault: a constant of the model.

    ``passages``, and for each language all its questions and the ``short`` ones alone.
    """
    texts = [
        form.format(topic)
        for language, topics in _topics().items()
        for topic in topics
        for form in STATEMENTS[language]
    ]
    means = {"passages": encoder.passages(texts).mean(axis=0, dtype=np.float32)}
    for language, topics in _topics().items():
        short = _mean(encoder, _filled(SHORT_QUESTIONS[language], topics, _TIMES))
        long = _mean(encoder, _filled(LONG_QUESTIONS[language], topics, _TIMES))
        means |= {f"short {language}": short, language: (short + long) / 2}
    return means


def query_means(
    encoder: Encoder, titles: Sequence[str], known: Mapping[str, Vector]
) -> dict[str, Vector]:
    """The mean of questions for each language, shape (dimensions,).

    General questions (``known``) say what a language shares; the titles of a vault (some
    of them do) say what its subjects share: by how much short questions on them differ from
    the same questions on general subjects, in the titles' own language, so that a vault in
    one language moves questions in the other as well.
    """
    centres = {language: known[language] for language in _topics()}
    for language in _topics():
        own = [title for title in titles if _is_chinese(title) == (language == "zh")]
        if own:
            shift = (
                _mean(encoder, _filled(SHORT_QUESTIONS[language], own, 1))
                - known[f"short {language}"]
            )
            share = len(own) / (len(titles) + _TITLES_PRIOR)
            centres = {name: centre + share * shift for name, centre in centres.items()}
    return {name: centre.astype(np.float32) for name, centre in centres.items()}


def _filled(forms: Sequence[str], subjects: Sequence[str], times: int) -> list[str]:
    """Each subject in some of the forms, all forms about equally often."""
    return [
        forms[(place * times + turn) % len(forms)].format(subject)
        for place, subject in enumerate(subjects)
        for turn in range(times)
    ]


def _mean(encoder: Encoder, questions: Sequence[str]) -> Vector:
    vectors = np.stack([encoder.query(question) for question in questions])
    mean: Vector = vectors.mean(axis=0).astype(np.float32)
    return mean


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def passage_mean(sample: Vectors, known: Mapping[str, Vector]) -> Vector:
    """The mean of some passages' vectors, (n, dimensions), mixed with the general one."""
    prior = _PRIOR * max(0.0, 1 - len(sample) / SAMPLE)
    total = sample.sum(axis=0, dtype=np.float64) + prior * known["passages"]
    mean: Vector = (total / (len(sample) + prior)).astype(np.float32)
    return mean


def _topics() -> dict[str, list[str]]:
    return {"zh": TOPICS["zh"].split(), "en": TOPICS["en"].split("|")}


def save(store: Store, model: str, name: str, centre: Vector) -> None:
    """Keep a centre with the index; ``name`` is ``passages`` or a language."""
    store.set_meta(f"centre:{model}:{name}", base64.b85encode(centre.tobytes()).decode())


def load(store: Named, model: str, name: str) -> Vector | None:
    """A centre kept with the index, shape (dimensions,); None before the first vectors."""
    text = store.meta(f"centre:{model}:{name}")
    return np.frombuffer(base64.b85decode(text), dtype=np.float32) if text else None


def update_means(store: Store, encoder: Encoder, *, all_there: bool) -> None:
    """Measure the centres anew where what they were measured from has changed.

    As long as not ``all_there``, only where it has grown a good deal.
    """
    model = encoder.fingerprint
    contents, vectors = store.sample(model, SAMPLE)
    if contents and _is_due(store, f"{model}:passages", contents, all_there):
        middle = {"passages": passage_mean(vectors, _reference_means(store, encoder))}
        _keep(store, model, middle, f"{model}:passages", contents)
    titles = sorted((title.encode("utf-8", "surrogatepass") for title in store.titles()), key=_sum)
    some = titles[:TITLES]
    if contents and _is_due(store, f"{model}:titles", some, all_there):
        shown = [title.decode("utf-8", "surrogatepass") for title in some]
        middle = query_means(encoder, shown, _reference_means(store, encoder))
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
            save(store, model, kind, vector)
        told = f"{_digest(sample)} {len(sample)} {store.passage_count()}"
        store.set_meta(_key(name), told)


def _reference_means(store: Store, encoder: Encoder) -> dict[str, Vector]:
    """What a model makes of general subjects, worked out once in an index."""
    model, prefix = encoder.fingerprint, f"general {VERSION} "
    names = store.meta(f"{prefix}{model}").split("|")
    kept = {name: load(store, model, prefix + name) for name in names}
    known = {name: vector for name, vector in kept.items() if vector is not None}
    if len(known) < len(names):
        known = reference_means(encoder)
        with store.writing(counts=False):
            for name, vector in known.items():
                save(store, model, prefix + name, vector)
            store.set_meta(f"{prefix}{model}", "|".join(known))
    return known


def _key(name: str) -> str:
    return f"measured:{VERSION}:{name}"


def _digest(sample: Iterable[bytes]) -> str:
    return hashlib.blake2b(b"\0".join(sample), digest_size=16).hexdigest()


def _sum(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()
