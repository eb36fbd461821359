"""Turns one file into what the store is to hold: the note and its passages with their terms."""

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from index.ingest.time_limit import TooSlow, time_limit
from index.markdown.note import Note, Passage
from index.markdown.parse import parse
from index.passages.embedding_text import CountTokens, embedding_text, heading_contexts
from index.passages.split import split
from index.store.records import IndexedPassage, KnownFile
from index.text.bilingual import TermPair, bilingual_terms
from index.text.segmentation import UserWord
from index.text.terms import terms
from index.vault.read_note import Source, Unreadable, read
from index.vault.walk import NoteFile

TITLE_WEIGHT = 3
"""How often a title's terms stand in each of its passages: BM25F's weighted term frequency
(Robertson, Zaragoza and Taylor 2004) by repetition."""
_LARGE = 20_000
"""Bytes of a note whose reading may take long, were the reader not equal to it."""
_SECONDS_A_BYTE = 1e-4
"""Twenty times what the slowest kind of text takes."""
_SHAPING = ("vault", "text", "markdown", "passages")
"""Folders whose code, with this module, shapes a note."""


class TokenCounter(Protocol):
    """What of an encoder decides where notes are cut."""

    @property
    def max_tokens(self) -> int:
        """Longest text that is read to its end."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the notes of one folder are read."""

    notes: Path
    max_bytes: int
    date_keys: tuple[str, ...]
    recipe: str
    patience: float = 10.0
    """Seconds that any note may take, besides those that its size allows."""
    words: tuple[UserWord, ...] = ()
    """Of the user's own dictionary."""


@dataclass(frozen=True, slots=True)
class IndexedNote:
    """A note ready to be written."""

    note: Note
    passages: tuple[IndexedPassage, ...]
    file: KnownFile
    glosses: tuple[TermPair, ...]
    warnings: tuple[str, ...]


def recipe(date_keys: Sequence[str], model: str) -> str:
    """Fingerprint of all that shapes a note's passages; another one makes every note stale.

    ``model`` is that of the encoder, which decides where notes are cut.
    """
    digest = hashlib.blake2b(digest_size=12)
    here = Path(__file__)
    for folder in _SHAPING:
        for module in sorted((here.parents[1] / folder).rglob("*.py")):
            digest.update(module.read_bytes())
    digest.update(here.read_bytes())
    digest.update(repr((tuple(date_keys), model)).encode())
    return digest.hexdigest()


def ingest(
    file: NoteFile, known: str | None, reading: ReadOptions, sizing: TokenCounter
) -> IndexedNote | Unreadable | None:
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
    seconds = reading.patience + _SECONDS_A_BYTE * file.size
    known_file = KnownFile(0, source.digest, reading.recipe, file.size, file.mtime_ns)
    try:
        with time_limit(seconds) if file.size > _LARGE else nullcontext():
            return _ingested(source, known_file, file.path, reading, sizing)
    except TooSlow:
        name = PurePosixPath(file.path).stem
        empty = Note(file.path, source.text, name, None, (), (), (), (), (), 0)
        why = f"not read within {seconds:.0f} seconds, so that only its name is known; split it"
        return IndexedNote(empty, (), known_file, (), (*source.warnings, why))


def _ingested(
    source: Source, known_file: KnownFile, path: str, reading: ReadOptions, sizing: TokenCounter
) -> IndexedNote:
    note = parse(path, source.text, reading.date_keys)
    count = _remembered(sizing.count_tokens)
    pieces = split(note, count, sizing.max_tokens)
    title = " ".join(terms(" ".join((note.title, *note.aliases)))) + " "
    words = heading_contexts(note, pieces, count, sizing.max_tokens)
    return IndexedNote(
        note,
        tuple(_indexed(p, own, title) for p, own in zip(pieces, words, strict=True)),
        known_file,
        tuple(bilingual_terms(note.text[note.body_start :])),
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
    text = embedding_text(context, passage.text, passage.kind).encode("utf-8", "surrogatepass")
    return IndexedPassage(
        passage,
        context,
        title * TITLE_WEIGHT + " ".join(terms(" ".join((*passage.heading, passage.text)))),
        hashlib.blake2b(text, digest_size=16).digest(),
    )
