"""A vault of any size: sentences of a real one in new orders, vectors beside real ones.

Passages are put into the store as reading and embedding would put them there, without
parsing and encoding each; all that is derived from the store is left to an update.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.ingest.ingest_note import recipe
from index.markdown.note import Link, Note, Passage, Property
from index.model.encoder import Encoder
from index.settings import Settings
from index.store.change_feed import Vectors
from index.store.reader import Reader
from index.store.records import IndexedPassage, KnownFile
from index.store.writer import Store
from index.text import terms
from index.vault.read_note import read

PER_NOTE = 12
"""Passages of a note, as in the vault this was made for."""
PER_FOLDER = 500
_SENTENCES = 20_000
_LETTERS = 300
"""Of a passage, about."""
_NOISE = 0.6
"""Length of what is added to a real vector: its nearest of the others are about as far."""
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Pool:
    """What notes are made of."""

    sentences: Sequence[str]
    terms: Sequence[str]
    """Of each sentence, separated by spaces."""
    vectors: Vectors


def pool(real: Reader) -> Pool:
    """Sentences and vectors of an index."""
    chance = random.Random(1)
    found: list[str] = []
    for note in real.notes():
        pieces = real.text(note.id).replace("。", "。\n").replace(". ", ".\n").split("\n")
        found += [piece for piece in map(str.strip, pieces) if 8 <= len(piece) <= 120]
    sentences = chance.sample(sorted(set(found)), min(_SENTENCES, len(set(found))))
    vectors = [block for _, block in real.new_vectors(real.meta("model"), 0)]
    terms = [" ".join(terms.terms(sentence)) for sentence in sentences]
    return Pool(sentences, terms, np.concatenate(vectors))


def write(settings: Settings, encoder: Encoder, made_of: Pool, passages: int) -> None:
    """Write the notes' files and put them, with their vectors, into the store."""
    chance, noise = random.Random(passages), np.random.default_rng(passages)
    made_by = recipe(settings.date_keys, encoder.fingerprint)
    store = Store.create(settings.index_dir / "wengu.sqlite")
    numbers = iter(range(-(-passages // PER_NOTE)))
    try:
        while some := list(islice(numbers, _AT_ONCE)):
            with store.writing() as generation:
                contents: list[bytes] = []
                for number in some:
                    note, pieces = _note(number, -(-passages // PER_NOTE), made_of, chance)
                    file = _file(settings, note, made_by)
                    store.replace_note(note, pieces, file, generation)
                    contents += [piece.content for piece in pieces]
                rows = noise.integers(len(made_of.vectors), size=len(contents))
                moved = made_of.vectors[rows]
                moved = moved + noise.normal(size=moved.shape) * _noise(moved)
                moved /= np.linalg.norm(moved, axis=1, keepdims=True)
                store.add_vectors(encoder.fingerprint, contents, moved, generation)
    finally:
        store.close()


def _noise(vectors: Vectors) -> float:
    """Of each component, so that a vector moves by a part of what sets it off from the mean."""
    own = np.linalg.norm(vectors - vectors.mean(axis=0), axis=1).mean()
    return float(_NOISE * own / vectors.shape[1] ** 0.5)


def _file(settings: Settings, note: Note, made_by: str) -> KnownFile:
    place = settings.notes / note.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(note.text, "utf-8")
    known = place.stat()
    source = read(settings.notes, note.path, settings.max_note_bytes)
    return KnownFile(0, source.digest, made_by, known.st_size, known.st_mtime_ns)


def _note(
    number: int, notes: int, made_of: Pool, chance: random.Random
) -> tuple[Note, list[IndexedPassage]]:
    title = f"{chance.choice(made_of.sentences)[:16].strip()} {number}"
    link = f"[[{chance.randrange(notes)}]]"
    text = f"---\ntags: [t{number % 200}]\n---\n# {title}\n\n{link}\n"
    at = text.index(link)
    links = (
        Link(link[2:-2], None, None, False, None, None, None, None, title, at, at + len(link)),
    )
    pieces = []
    for _ in range(PER_NOTE):
        body, terms = _passage(made_of, chance)
        start = len(text) + 1
        text += "\n" + body + "\n"
        content = hashlib.blake2b(f"{title}\n{body}".encode(), digest_size=16).digest()
        passage = Passage(start, start + len(body), body, (title,))
        pieces.append(IndexedPassage(passage, f"{title}\n", terms, content))
    day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
    path = f"{number // PER_FOLDER}/{number}.md"
    kept = (Property("tags", (f"t{number % 200}",), 4, 14),)
    return Note(path, text, title, day, kept, (), (f"t{number % 200}",), (), links, 0), pieces


def _passage(made_of: Pool, chance: random.Random) -> tuple[str, str]:
    """A text and its terms."""
    chosen: list[int] = []
    length = 0
    while length < _LETTERS:
        chosen.append(chance.randrange(len(made_of.sentences)))
        length += len(made_of.sentences[chosen[-1]])
    text = "".join(made_of.sentences[n] for n in chosen)
    return text, " ".join(made_of.terms[n] for n in chosen)


def questions(made_of: Pool, count: int) -> Iterator[str]:
    """Half of them sentences of the notes, half a few words of two of them."""
    chance = random.Random(2)
    for turn in range(count):
        first, second = chance.sample(made_of.sentences, 2)
        asked = first if turn % 2 else f"{first[:8]} {second[:8]}"
        yield re.sub(r"[^\w\s]", " ", asked)  # no operators
