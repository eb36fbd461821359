"""What the keyword indexes are given of passages and notes."""

from collections.abc import Iterator

import numpy as np
import tantivy

from index.reader import Reader
from index.words import letters

_HEAP = 100_000_000
"""Bytes that Tantivy may fill before it writes a segment, where all is written."""
_SMALL_HEAP = 15_000_000
"""The same for what was edited: the least that Tantivy takes."""


def write(
    index: tantivy.Index, gone: list[int], new: Iterator[tuple[int, tantivy.Document]], since: int
) -> tantivy.IndexWriter:
    """Take out what is gone (ids) and put in what is new, all of it if ``since`` is 0.

    The writer that is given back may still be merging segments.
    """
    writer = index.writer(_SMALL_HEAP if since else _HEAP, 1)
    if not since:
        writer.delete_all_documents()
    # Deleting by term takes a number for a signed one and so matches nothing.
    writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "id", gone))
    for identity, document in new:
        if since:  # a crash between commit and generation would add it twice
            one = tantivy.Query.term_query(index.schema, "id", identity)
            writer.delete_documents_by_query(one)
        writer.add_document(document)
    writer.commit()
    return writer


def passage_documents(store: Reader, since: int) -> Iterator[tuple[int, tantivy.Document]]:
    """Passages written after a generation, with their ids."""
    for passage_id, note_id, terms in store.new_terms(since):
        document = tantivy.Document()
        document.add_unsigned("id", passage_id)
        document.add_unsigned("note", note_id)
        document.add_text("terms", terms)
        yield passage_id, document


def note_documents(store: Reader, since: int) -> Iterator[tuple[int, tantivy.Document]]:
    """Notes written after a generation, with their ids."""
    for note_id, text in store.new_texts(since):
        document = tantivy.Document()
        document.add_unsigned("id", note_id)
        document.add_unsigned("note", note_id)
        document.add_text("grams", gram_text(text))
        yield note_id, document


def gram_text(text: str) -> str:
    """The text's ``grams`` separated by spaces, made at once: a vault has millions of them."""
    row = np.frombuffer(letters(text).encode("utf-32-le"), dtype="<u4")
    spaced = np.full((len(row), 3), ord(" "), dtype="<u4")
    spaced[:, 0] = row
    spaced[:-1, 1] = row[1:]
    return spaced.tobytes().decode("utf-32-le").rstrip(" ")
