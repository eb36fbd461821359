"""Passages → the smallest pieces worth quoting: sentences, list items, rows, properties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.records import StoredNote, StoredPassage
from index.sentences import sentences

_LONGEST = 420
"""Characters beyond which nobody takes a quote in at a glance; longer pieces are passed over
unless they are code."""
_LONGEST_CODE = 700


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a note that can be quoted: ``note_text[start:end] == text``."""

    note_id: int
    passage_id: int
    start: int
    end: int
    text: str
    heading: tuple[str, ...]
    is_property: bool = False
    is_code: bool = False


def units(note: StoredNote, passages: Iterable[StoredPassage]) -> Iterator[Unit]:
    """The units of some of a note's passages, in the order of the passages."""
    for passage in passages:
        if passage.kind == "properties":
            yield from _properties(note, passage)
        elif passage.kind != "link":
            yield from _sentences(passage)


def _sentences(passage: StoredPassage) -> Iterator[Unit]:
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        is_code = text.startswith(("```", "~~~"))
        if len(text) <= (_LONGEST_CODE if is_code else _LONGEST) and any(map(str.isalnum, text)):
            yield Unit(
                passage.note_id, passage.id, passage.start + start, passage.start + end, text,
                passage.heading, is_code=is_code,
            )  # fmt: skip


def _properties(note: StoredNote, passage: StoredPassage) -> Iterator[Unit]:
    for entry in note.properties:
        if passage.start <= entry.start and entry.end <= passage.end and entry.values:
            text = passage.text[entry.start - passage.start : entry.end - passage.start]
            if len(text) <= _LONGEST:
                yield Unit(
                    note.id, passage.id, entry.start, entry.end, text, (), is_property=True
                )
