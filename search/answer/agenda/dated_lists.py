"""Answers how something went over time, where a note has it as a list or table with dates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.markdown.blocks import Block, blocks, is_delimiter_row
from index.store.records import StoredNote
from index.text.dates import full_date
from index.text.terms import terms
from search.answer.citations import listed
from search.answer.context import Inquiry
from search.answer.evidence.spans import Unit
from search.answer.question.intent import substance
from search.result import Answer

_NOTES = 2
"""Of the nearest notes, those that are looked through."""
_FEWEST, _MOST = 3, 40
"""Entries of such a list."""
_HELD = 0.5
"""Share of the question that the list, what leads to it and its note's title hold."""
_LEAD = 120
"""Characters before the list that may lead to it."""
_SURE = 0.9
_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3])[:：][0-5]\d(?!\d)")
_ITEM = re.compile(r"(?:[ \t]*>)*[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


@dataclass(frozen=True, slots=True)
class _Run:
    """Entries, each with a day or an hour: rows of one table, or items of one list."""

    entries: tuple[tuple[int, int], ...]
    head: str = ""
    """Of a table: the lines that name its columns."""


def dated_list(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """The list or table of one of the nearest notes that tells what the question asks."""
    if inquiry.asked.kind != "timeline":
        return None
    words = inquiry.gatherer.words(substance(inquiry.text))
    best: tuple[float, StoredNote, str, _Run] | None = None
    for note in [inquiry.notes[each] for each in list(ranked)[:_NOTES]]:
        text = inquiry.gatherer.texts.beginning(note.id)
        for run in _runs(text):
            start, end = run.entries[0][0], run.entries[-1][1]
            around = (note.title, run.head, text[max(start - _LEAD, 0) : end])
            share = words.share(frozenset(terms(" ".join(around))))
            if share >= _HELD and (best is None or share > best[0]):
                best = share, note, text, run
    return _quoted(inquiry, *best[1:]) if best else None


def _runs(text: str) -> Iterator[_Run]:
    found: list[Block] = []
    for block in blocks(text, 0, ()):
        if found and not (block.joined and block.kind == found[-1].kind):
            yield from _run(text, found)
            found = []
        if block.kind in ("list", "table"):
            found.append(block)
    yield from _run(text, found)


def _run(text: str, found: list[Block]) -> Iterator[_Run]:
    head = ""
    if found and found[0].kind == "table":
        lines = text[found[0].start : found[0].end].splitlines()
        is_headed = len(lines) > 1 and is_delimiter_row(lines[1])
        head = "\n".join(line.strip() for line in lines[:2]) if is_headed else ""
        found = found[1:] if head else found
    entries = tuple(_entry(text, block) for block in found)
    dated = all(_is_dated(text[start:end]) for start, end in entries)
    if _FEWEST <= len(entries) <= _MOST and dated:
        yield _Run(entries, head)


def _entry(text: str, block: Block) -> tuple[int, int]:
    mark = _ITEM.match(text, block.start, block.end) if block.kind == "list" else None
    start = mark.end() if mark else block.start
    written = text[start : block.end]
    return start + len(written) - len(written.lstrip()), start + len(written.rstrip())


def _is_dated(entry: str) -> bool:
    return full_date(entry) is not None or _CLOCK.search(entry) is not None


def _quoted(inquiry: Inquiry, note: StoredNote, text: str, run: _Run) -> Answer:
    units = [
        Unit(note.id, 0, start, end, text[start:end], (), head=run.head)
        for start, end in run.entries
    ]
    return inquiry.made(listed(units, inquiry.citations, attributed=True), (), _SURE)
