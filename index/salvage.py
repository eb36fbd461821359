"""Properties out of a frontmatter block that is broken, one line at a time."""

import re
from collections.abc import Iterator

from index.note import Property

_ENTRY = {
    ":": re.compile(
        r"^([^\s#\-\"'\[\]{}:][^:\r\n]{0,200}):(?:[ \t]++([^\r\n]*+))?(?=[\r\n]|\Z)", re.MULTILINE
    ),
    "=": re.compile(r"^([^\s#=\[\]\"'][^=\r\n]{0,200})=[ \t]*+([^\r\n]*+)", re.MULTILINE),
}
_ITEM = re.compile(r"^[ \t]*+-[ \t]++([^\r\n]*+)", re.MULTILINE)


class Broken(Exception):
    """The block cannot be read as a whole; ``line`` counts from 1 in the file."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: broken frontmatter ({problem}); read line by line")


def salvaged(block: str, base: int, separator: str) -> Iterator[Property]:
    """What each line of ``block`` says by itself: ``key: value``, with ``- items`` below it.

    ``base`` is the block's place in the file, ``separator`` is ``:`` or ``=``.
    """
    entries = list(_ENTRY[separator].finditer(block))
    ends = [entry.start() for entry in entries[1:]] + [len(block)]
    for entry, end in zip(entries, ends, strict=False):
        last = entry.end()
        values = _values(entry[2] or "")
        for item in _ITEM.finditer(block, entry.end(), end):
            values += _values(item[1])
            last = item.end()
        written = block[entry.start() : last].rstrip()
        start = base + entry.start()
        yield Property(entry[1].strip(), tuple(values), start, start + len(written))


def _values(written: str) -> list[str]:
    """One value, or those of a ``[list, on one line]``; without their quotes."""
    written = written.strip()
    whole = written.startswith("[") and written.endswith("]") and written[1:2] != "["
    parts = written[1:-1].split(",") if whole else [written]
    return [value for value in map(_unquoted, parts) if value]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
