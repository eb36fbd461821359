"""Passages → the smallest pieces worth quoting: sentences, list items, rows, properties."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from index.markdown.sentences import sentences
from index.store.records import StoredNote, StoredPassage
from search.answer.siblings.comments import comment_spans
from search.answer.siblings.note_records import cells

_LONGEST = 420
"""Characters beyond which nobody takes a quote in at a glance; longer pieces are passed over
unless they are code."""
_LONGEST_CODE = 700
_JOINED = 240
"""Parts of a sentence between semicolons are quoted together up to this many characters."""
FENCES = ("```", "~~~")
"""How a unit that is code begins."""
_SHORTEST = 6
_MARK = r"(?:^|\n)[ \t>]*(?:[-*+]|\d{1,2}[.)、])[ \t]+(?:\[.\][ \t]+)?"
_ITEM, _ITEMS = re.compile(_MARK + r"\Z"), re.compile(_MARK)
_SHORT = 48
"""Characters up to which all that stands under a heading, or the line behind a label, is what
that names: ``## Blue gate`` and ``4711#`` make one statement."""
_MARKS = 6
"""Characters of the marks around the only item of a list."""
_MARKED = "*_:： "
"""What stands around a label."""
_STOPS = "。！？.!?…"
_LABEL_LINE = r"(?:^|\n)[ \t>*+-]*([^\n]{1,40}[:：])[*_ \t]*"
_LEADS = re.compile(_LABEL_LINE + r"\n\s*[*+-]?[ \t]*\Z")
_LABELS = re.compile(_LABEL_LINE + r"(?=\n)")
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
    is_item: bool = False
    """Whether it begins the item of a list."""
    head: str = ""
    """Of a table's row: the lines that name its columns, which stand further up."""
    lead: str = ""
    """Of a short line: the heading or the label that says what it is."""

    @property
    def stated(self) -> str:
        """What it says to one who sees no more of the note: with its lead or its columns."""
        if self.head:
            names = cells(self.head.partition("\n")[0])
            pairs = zip_longest(names, cells(self.text), fillvalue="")
            return "; ".join(f"{name}: {value}" for name, value in pairs if value)
        return f"{self.lead}: {self.text}" if self.lead else self.text


def units(note: StoredNote, passages: Iterable[StoredPassage]) -> Iterator[Unit]:
    """The units of some of a note's passages, in the order of the passages."""
    for passage in passages:
        if passage.kind == "properties":
            yield from _properties(note, passage)
        elif passage.kind != "link":
            yield from _sentences(passage, note.title)


def _sentences(passage: StoredPassage, title: str) -> Iterator[Unit]:
    hidden = comment_spans(passage.text)
    for start, end in _whole(passage.text, sentences(passage.text)):
        text = passage.text[start:end]
        is_code = text.startswith(FENCES)
        is_hidden = any(first < end and start < last for first, last in hidden)
        fits = len(text) <= (_LONGEST_CODE if is_code else _LONGEST)
        is_item = _ITEM.search(passage.text, 0, start) is not None
        lead = _lead(passage, start, end, title)
        says = _says_something(text, bool(lead) or is_item) and not _is_head(passage.text, end)
        if fits and says and not is_hidden:
            yield Unit(
                passage.note_id, passage.id, passage.start + start, passage.start + end, text,
                passage.heading, is_code=is_code,
                is_step=_STEP.search(passage.text, 0, start) is not None,
                is_item=is_item,
                head=_head(passage.text, start) if text.startswith("|") else "",
                lead=lead,
            )  # fmt: skip


def may_lead(passage: StoredPassage, title: str) -> Iterator[str]:
    """What may be the ``lead`` of a unit of the passage, without taking it apart."""
    yield from (*passage.heading[-1:], title)
    yield from (label[1].strip(_MARKED) for label in _LABELS.finditer(passage.text))


def _lead(passage: StoredPassage, start: int, end: int, title: str) -> str:
    """What names a short line: the label in the line before it, else its heading."""
    if end - start > _SHORT or passage.text.startswith("|", start):
        return ""
    label = _LEADS.search(passage.text, 0, start)
    if label:
        return label[1].strip(_MARKED)
    body, text = passage.text.strip(), passage.text[start:end]
    if len(body) > _SHORT or len(_ITEMS.findall(body)) > 1:
        return ""
    alone = len(body) - len(text) <= _MARKS
    if passage.heading and passage.heading[-1] != title:
        return passage.heading[-1] if alone or body[-1] not in _STOPS else ""
    return title if alone and _is_word(text) else ""


def _is_head(text: str, end: int) -> bool:
    """Whether what ends here names the columns of the table below it."""
    line, _, _ = text[end:].lstrip("\r\n").partition("\n")
    return "|" in line and _DELIMITER.fullmatch(line.rstrip()) is not None


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


def _says_something(text: str, whole: bool) -> bool:
    """Not only a label such as ``**Key points**``, a link, or a line that leads to the next.

    A word by itself says something as a ``whole`` item, or where what it is stands over it.
    """
    bare = _REFERENCE.sub("", text).strip("*_ #>|-")
    if not any(map(str.isalnum, bare)) or bare.endswith((":", "：")):
        return False
    return not _LABEL.fullmatch(text.strip()) and (whole or not _is_word(bare))


def _is_word(text: str) -> bool:
    return len(text) < _SHORTEST or (text.isascii() and " " not in text.strip())


def _properties(note: StoredNote, passage: StoredPassage) -> Iterator[Unit]:
    for entry in note.properties:
        inside = passage.start <= entry.start and entry.end <= passage.end
        if inside and entry.values and entry.values[0] != note.title:
            text = passage.text[entry.start - passage.start : entry.end - passage.start]
            if len(text) <= _LONGEST:
                yield Unit(note.id, passage.id, entry.start, entry.end, text, (), is_property=True)
