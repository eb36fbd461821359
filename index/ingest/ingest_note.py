"""One file → what the store is to hold of it: the note and its passages with their terms."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.markdown.note import Note, Passage
from index.markdown.parse import parse
from index.passages.embedding_text import CountTokens, as_read, contexts
from index.passages.split import split
from index.store.records import IndexedPassage, KnownFile
from index.text.bilingual import Gloss, glosses
from index.text.terms import terms
from index.vault.read_note import Unreadable, read
from index.vault.walk import NoteFile

TITLE_WEIGHT = 3
"""How often a title's terms stand in each of its passages: BM25F's weighted term frequency
(Robertson, Zaragoza and Taylor 2004) by repetition."""
_SHAPING = ("vault", "text", "markdown", "passages")
"""Folders whose code, with this module, shapes a note."""


class Sizing(Protocol):
    """What of an encoder decides where notes are cut."""

    @property
    def max_tokens(self) -> int:
        """Longest text that is read to its end."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the notes of one folder are read."""

    notes: Path
    max_bytes: int
    date_keys: tuple[str, ...]
    recipe: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """A note ready to be written."""

    note: Note
    passages: tuple[IndexedPassage, ...]
    file: KnownFile
    glosses: tuple[Gloss, ...]
    warnings: tuple[str, ...]


def recipe(date_keys: Sequence[str], model: str) -> str:
    """Fingerprint of all that shapes a note's passages; another one makes every note stale.

    ``model`` is that of the encoder, which decides where notes are cut.
    """
    digest = hashlib.blake2b(digest_size=12)
    here = Path(__file__)
    for folder in _SHAPING:
        for module in sorted((here.parents[1] / folder).glob("*.py")):
            digest.update(module.read_bytes())
    digest.update(here.read_bytes())
    digest.update(repr((tuple(date_keys), model)).encode())
    return digest.hexdigest()


def ingest(
    file: NoteFile, known: str | None, reading: Reading, sizing: Sizing
) -> Ingested | Unreadable | None:
    """Read a file, parse it, split it and cut it into terms; embeds nothing.

    Gives None where its digest is still the one that is ``known``, and the reason, not
    raised, where it cannot be read.
    """
    try:
        source = read(reading.notes, file.path, reading.max_bytes)
    except Unreadable as reason:
        return reason
    if source.digest == known:
        return None
    note = parse(file.path, source.text, reading.date_keys)
    count = _remembered(sizing.count_tokens)
    pieces = split(note, count, sizing.max_tokens)
    title = " ".join(terms(" ".join((note.title, *note.aliases)))) + " "
    words = contexts(note, pieces, count, sizing.max_tokens)
    return Ingested(
        note,
        tuple(_indexed(p, own, title) for p, own in zip(pieces, words, strict=True)),
        KnownFile(0, source.digest, reading.recipe, file.size, file.mtime_ns),
        tuple(glosses(note.text[note.body_start :])),
        (*source.warnings, *note.warnings),
    )


def _remembered(count_tokens: CountTokens) -> CountTokens:
    """The same, asked but once about each text."""
    known: dict[str, int] = {}

    def count(texts: Sequence[str]) -> list[int]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, count_tokens(new) if new else (), strict=True))
        return [known[text] for text in texts]

    return count


def _indexed(passage: Passage, context: str, title: str) -> IndexedPassage:
    text = as_read(context, passage.text, passage.kind).encode("utf-8", "surrogatepass")
    return IndexedPassage(
        passage,
        context,
        title * TITLE_WEIGHT + " ".join(terms(" ".join((*passage.heading, passage.text)))),
        hashlib.blake2b(text, digest_size=16).digest(),
    )
