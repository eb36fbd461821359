"""One file → what the store is to hold of it: the note and its passages with their terms."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from index.context import as_read, contexts
from index.encoder import Encoder
from index.glosses import Gloss, glosses
from index.markdown import parse
from index.note import Note, Passage
from index.notes import NoteFile, Source
from index.passages import split
from index.records import IndexedPassage, KnownFile
from index.settings import Settings
from index.words import terms

TITLE_WEIGHT = 3
"""How often a title's terms stand in each of its passages: BM25F's weighted term frequency
(Robertson, Zaragoza and Taylor 2004) by repetition."""
_KEEPING = """
    approximate bundled centre centring charsmap connection default embedding encoder exact
    graph journal lexical lock model prepared reader records report schema settings store sync
    tokens unigram updates vector_file vectors verify watch
"""
"""The modules that make models or keep and watch what others made; all others shape a note."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A note ready to be written."""

    note: Note
    passages: tuple[IndexedPassage, ...]
    file: KnownFile
    glosses: tuple[Gloss, ...]


def recipe(settings: Settings, encoder: Encoder) -> str:
    """Fingerprint of all that shapes a note's passages; another one makes every note stale."""
    digest = hashlib.blake2b(digest_size=12)
    for module in sorted(Path(__file__).parent.glob("*.py")):
        if module.stem not in _KEEPING.split():
            digest.update(module.read_bytes())
    digest.update(repr((settings.date_keys, encoder.fingerprint)).encode())
    return digest.hexdigest()


def ingest(
    file: NoteFile, source: Source, made_by: str, settings: Settings, encoder: Encoder
) -> Ingested:
    """Parse a file's text, split it and cut it into terms; embeds nothing."""
    note = parse(file.path, source.text, settings.date_keys)
    pieces = split(note, encoder.count_tokens, encoder.max_tokens)
    title = " ".join(terms(" ".join((note.title, *note.aliases)))) + " "
    words = contexts(note, pieces, encoder.count_tokens, encoder.max_tokens)
    indexed = tuple(_indexed(p, own, title) for p, own in zip(pieces, words, strict=True))
    known = KnownFile(0, source.digest, made_by, file.size, file.mtime_ns)
    return Ingested(note, indexed, known, tuple(glosses(note.text[note.body_start :])))


def _indexed(passage: Passage, context: str, title: str) -> IndexedPassage:
    text = as_read(context, passage.text, passage.kind).encode("utf-8", "surrogatepass")
    return IndexedPassage(
        passage,
        context,
        title * TITLE_WEIGHT + " ".join(terms(" ".join((*passage.heading, passage.text)))),
        hashlib.blake2b(text, digest_size=16).digest(),
    )
