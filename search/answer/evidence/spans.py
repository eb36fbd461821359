"""Passages → the smallest pieces worth quoting: sentences, list items, rows, properties."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from index.markdown.sentences import sentences
from index.store.records import StoredNote, StoredPassage

_LONGEST = 420
"""Characters beyond which nobody takes a quote in at a glance; longer pieces are passed over
unless they are code."""
_LONGEST_CODE = 700
_JOINED = 240
"""Parts of a sentence between semicolons are quoted together up to this many characters."""
FENCES = ("```", "~~~")
"""How a unit that is code begins."""
_SHORTEST = 6
_STEP = re.compile(r"(?:^|\n)[ \t>]*\d{1,2}[.)、][ \t]*\Z")
_REFERENCE = re.compile(
    r"!?\[\[[^\]]*\]\]|!?\[[^\]]*\]\([^)]*\)|(?<!\S)#[\w/-]+|\w+::\s*\w*|https?://\S+|关联理由[:：].*"
)
"""Links, tags and what a link says of itself: a line of nothing else states nothing."""
_DELIMITER = re.compile(r"[ \t]*\|[ \t:|-]+\|?[ \t]*")
_LABEL = re.compile(r"\*\*[^*]{1,40}\*\*[:：]?")


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
    is_step: bool = False
    """Whether it stands behind a number, as the steps of a how-to do."""
    head: str = ""
    """Of a table's row: the lines that name its columns, which stand further up."""


def units(note: StoredNote, passages: Iterable[StoredPassage]) -> Iterator[Unit]:
    """The units of some of a note's passages, in the order of the passages."""
    for passage in passages:
        if passage.kind == "properties":
            yield from _properties(note, passage)
        elif passage.kind != "link":
            yield from _sentences(passage)


def _sentences(passage: StoredPassage) -> Iterator[Unit]:
    for start, end in _whole(passage.text, sentences(passage.text)):
        text = passage.text[start:end]
        is_code = text.startswith(FENCES)
        if len(text) <= (_LONGEST_CODE if is_code else _LONGEST) and _says_something(text):
            yield Unit(
                passage.note_id, passage.id, passage.start + start, passage.start + end, text,
                passage.heading, is_code=is_code,
                is_step=_STEP.search(passage.text, 0, start) is not None,
                head=_head(passage.text, start) if text.startswith("|") else "",
            )  # fmt: skip


def _whole(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pieces that end in a semicolon together with what follows on their line."""
    start = None
    for place, (begin, end) in enumerate(pieces):
        start = begin if start is None else start
        goes_on = (
            text[end - 1] in "；;"
            and place + 1 < len(pieces)
            and "\n" not in text[end : pieces[place + 1][0]]
            and pieces[place + 1][1] - start <= _JOINED
        )
        if not goes_on:
            yield start, end
            start = None


def _head(text: str, start: int) -> str:
    """The head of the table whose row begins at ``start``; nothing for the head itself."""
    above = text[:start].rstrip("\n").splitlines()
    table = list(takewhile(lambda line: line.lstrip().startswith("|"), reversed(above)))[::-1]
    return "\n".join(table[:2]) if len(table) > 1 and _DELIMITER.fullmatch(table[1]) else ""


def _says_something(text: str) -> bool:
    """Not only a label such as ``**Key points**``, a name, or a line that leads to the next."""
    bare = _REFERENCE.sub("", text).strip("*_ #>|-")
    if not any(map(str.isalnum, bare)) or bare.endswith((":", "：")):
        return False
    one_word = bare.isascii() and " " not in bare.strip()
    return not (_LABEL.fullmatch(text.strip()) or len(bare) < _SHORTEST or one_word)


def _properties(note: StoredNote, passage: StoredPassage) -> Iterator[Unit]:
    for entry in note.properties:
        inside = passage.start <= entry.start and entry.end <= passage.end
        if inside and entry.values and entry.values[0] != note.title:
            text = passage.text[entry.start - passage.start : entry.end - passage.start]
            if len(text) <= _LONGEST:
                yield Unit(note.id, passage.id, entry.start, entry.end, text, (), is_property=True)
