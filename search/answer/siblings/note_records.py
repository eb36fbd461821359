"""Parts a note into records: what stands under a heading, behind a label, in a row.

Records of one family stand side by side in one place and are told apart by their names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.markdown.blocks import is_delimiter_row

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t#]*")
_ITEM = re.compile(
    r"(?P<margin>[ \t>]*)(?P<mark>(?:[-*+]|\d{1,3}[.)、])[ \t]+(?:\[.\][ \t]+)?)?"
    r"[*_`]{0,3}(?P<name>[^\s：:|*_`#>\[][^：:|\n*]{0,39}?)[*_`]{0,3}"
    r"(?:[：]|:(?=\s)|(?<=\S)[ \t]+[-–—]+[ \t]+|——)[*_]{0,3}[ \t]*(?P<said>\S.*)"
)
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")

_KEPT = 16
"""Texts whose records are kept: one question looks at the same few notes several times."""

Family = tuple[str, int]
"""What kind of records stand together, and where the first of them or what holds them begins."""


@dataclass(frozen=True, slots=True)
class Record:
    """``note_text[start:end]``: what is said of the thing that has these names."""

    family: Family
    names: tuple[str, ...]
    """Of a row all of its cells, as each may name it."""
    start: int
    end: int
    said: str
    """Without the name, where it has one that stands before it."""
    head: str = ""
    """Of a row: the lines that name the table's columns."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Of a row: the names of its columns."""
        return tuple(cells(self.head.partition("\n")[0])) if self.head else ()


def cells(row: str) -> list[str]:
    """The cells of a table's row."""
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(row.strip().strip("|"))]


@lru_cache(_KEPT)
def records(text: str) -> tuple[Record, ...]:
    """All records of a note, in reading order; sections hold the records in them."""
    lines = list(_lines(text))
    return tuple(sorted((*_sections(lines, text), *_within(lines)), key=lambda each: each.start))


def families(found: Sequence[Record]) -> list[list[Record]]:
    """The records that stand together, where there are two or more."""
    grouped: Mapping[Family, list[Record]] = defaultdict(list)
    for each in found:
        grouped[each.family].append(each)
    return [each for each in grouped.values() if len(each) > 1]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line begins, and the line; those of code are empty."""
    at, in_fence = 0, False
    for line in text.splitlines(keepends=True):
        fence = _FENCE.match(line) is not None
        in_fence ^= fence
        yield at, "" if fence or in_fence else line.rstrip("\r\n")
        at += len(line)


def _sections(lines: Sequence[tuple[int, str]], text: str) -> Iterator[Record]:
    heads = [
        (at, len(match[1]), match[2], at + len(line))
        for at, line in lines
        if (match := _HEADING.fullmatch(line))
    ]
    for place, (at, level, name, after) in enumerate(heads):
        later = (other for other in heads[place + 1 :] if other[1] <= level)
        end = next(later, (len(text),))[0]
        above = next((each[0] for each in reversed(heads[:place]) if each[1] < level), -1)
        said = text[after:end].strip()
        if said:
            yield Record((f"h{level}", above), (name,), at, end, said)


def _within(lines: Sequence[tuple[int, str]]) -> Iterator[Record]:
    """The rows of tables and the labelled lines."""
    section, head = -1, ""
    for place, (at, line) in enumerate(lines):
        below = lines[place + 1][1] if place + 1 < len(lines) else ""
        if "|" in line and not head and is_delimiter_row(below):
            head = f"{line.strip()}\n{below.strip()}"
            first = at
        elif "|" in line and head:
            row = line.strip()
            names = tuple(cells(row))
            if any(names) and not is_delimiter_row(line):
                start = at + line.index(row)
                yield Record(("row", first), names, start, start + len(row), row, head)
        else:
            head = ""
            section = at if _HEADING.fullmatch(line) else section
            item = _ITEM.fullmatch(line)
            if item:
                kind = "item" if item["mark"] else "line"
                name = item["name"].strip()
                yield Record((kind, section), (name,), at, at + len(line), item["said"])
