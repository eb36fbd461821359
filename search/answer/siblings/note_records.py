"""Parts a note into records: what stands under a heading, behind or under a label, in a row.

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
_CODED = re.compile(
    r"(?P<margin>[ \t>]*)(?P<mark>(?:[-*+]|\d{1,3}[.)、])[ \t]+)?[*_`]{0,3}"
    r"(?P<name>[A-Za-z][\w.-]*(?:\d|[+#])[\w+#.-]*(?=[*_`]{0,3}[ \t])"
    r"|[A-Za-z][\w+#.-]*(?=[*_`]{0,3}[ \t]+[\d\u3400-\u9fff])"
    r"|[\u3400-\u9fff]{2,10}(?=[*_`]{0,3}[ \t]+[\d+]))"
    r"[*_`]{0,3}[ \t]+(?P<said>\S.{0,59})"
)
"""A name without a colon, told from what is said of it by how it is written: ``E7 门没关``."""
_BARE = re.compile(r"[\u3400-\u9fffA-Za-z0-9 +#/-]{2,24}(?<! )")
"""A line that may be the label of the line below it."""
_PARTED = re.compile(r"\s*[（(：:]|\s[-–—]+\s|——")
"""What parts a heading's name from what it adds: a date, a remark."""
_WORDS, _CHARACTERS = 4, 12
"""Of the longest bare label."""
_UNDER = 48
"""Characters of a line that stands under a bare label."""
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")

_KEPT = 16
"""Texts whose records are kept: one question looks at the same few notes several times."""

_Head = tuple[int, int, str, int]
"""A heading: where it begins, its level, its name, where its line ends."""
Family = tuple[str, int]
"""What kind of records stand together, and where the first of them or what holds them begins:
``h2``, ``row``, ``item``, ``line``, ``coded`` for lines without a colon, ``pair`` for a bare
label with the line below it."""


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
    for (at, level, name, after), (above, end) in zip(heads, _around(heads, text), strict=True):
        said = text[after:end].strip()
        if said:
            names = dict.fromkeys((name, _PARTED.split(name)[0] or name))
            yield Record((f"h{level}", above), tuple(names), at, end, said)


def _around(heads: Sequence[_Head], text: str) -> list[tuple[int, int]]:
    """Of each heading where the one above it begins, or -1, and where its section ends."""
    above, ends = [-1] * len(heads), [len(text)] * len(heads)
    open_: list[int] = []
    for place, (at, level, *_) in enumerate(heads):
        while open_ and heads[open_[-1]][1] >= level:
            ends[open_.pop()] = at
        above[place] = heads[open_[-1]][0] if open_ else -1
        open_.append(place)
    return list(zip(above, ends, strict=True))


def _within(lines: Sequence[tuple[int, str]]) -> Iterator[Record]:
    """The rows of tables, the labelled lines, and the lines under bare labels."""
    section, head = -1, ""
    for place, (at, line) in enumerate(lines):
        above, below, after = (
            lines[other][1] if 0 <= other < len(lines) else ""
            for other in (place - 1, place + 1, place + 2)
        )
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
            labelled = _ITEM.fullmatch(line)
            item = labelled or _CODED.fullmatch(line)
            if item:
                kind = "item" if item["mark"] else "line" if labelled else "coded"
                name = item["name"].strip()
                yield Record((kind, section), (name,), at, at + len(line), item["said"])
            elif _is_label(above, line, below, after):
                end = lines[place + 1][0] + len(below)
                yield Record(("pair", section), (line,), at, end, below.strip())


def _is_label(above: str, line: str, below: str, after: str) -> bool:
    """Whether a line names the one below it, which ends their paragraph."""
    if not _BARE.fullmatch(line) or not below.strip() or after.strip() or len(below) > _UNDER:
        return False
    begins = not above.strip() or above.rstrip()[-1] in "。！？.!?" or _HEADING.fullmatch(above)
    short = len(line.split()) <= _WORDS if line.isascii() else len(line) <= _CHARACTERS
    text = not (_HEADING.match(below) or _ITEM.fullmatch(below) or below.lstrip()[0] in "-*+>|")
    return bool(begins) and short and text and not is_delimiter_row(below)
