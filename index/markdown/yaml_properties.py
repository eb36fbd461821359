"""Reads YAML properties from a stream of parser events.

Nothing is built from the stream: tags run no code, aliases are never expanded, nesting
costs no stack, and the place of every entry is known. A block that is broken is read one line
at a time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml
from frontmatter.default_handlers import SafeLoader

from index.markdown.note import Property

_LONGEST = 200_000
"""Characters given to the parser."""
_DEEPEST = 50
"""Nested lists and maps; the parser's time grows with the square of their depth."""
_MOST_WARNINGS = 5
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_ENTRY = {
    ":": re.compile(
        r"^([^\s#\-\"'\[\]{}:][^:\r\n]{0,200}):(?:[ \t]++([^\r\n]*+))?(?=[\r\n]|\Z)", re.MULTILINE
    ),
    "=": re.compile(r"^([^\s#=\[\]\"'][^=\r\n]{0,200})=[ \t]*+([^\r\n]*+)", re.MULTILINE),
}
_ITEM = re.compile(r"^[ \t]*+-[ \t]++([^\r\n]*+)", re.MULTILINE)


def yaml_properties(block: str, base: int) -> tuple[list[Property], list[str]]:
    """The entries of a YAML map, and warnings; ``base`` is the place of ``block`` in the file.

    A list gives one value each, a nested map gives ``key: value``. Raises
    ``InvalidFrontmatter`` when it is not YAML, or is too long or too deeply nested.
    """
    if len(block) > _LONGEST:
        raise InvalidFrontmatter(1, "too long")
    walk = _Walk(block, base)
    try:
        for event in yaml.parse(block, Loader=SafeLoader):
            walk.take(event)
            if len(walk.levels) > _DEEPEST:
                raise InvalidFrontmatter(_mark(event.start_mark).line + 2, "nested too deeply")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InvalidFrontmatter(
            mark.line + 2 if mark else 1, error.problem or "not YAML"
        ) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise InvalidFrontmatter(1, "a character that YAML does not allow") from error
    return walk.found, walk.warnings[:_MOST_WARNINGS]


@dataclass(slots=True)
class _Level:
    """An open list or map; ``key`` is the key whose value comes next."""

    is_map: bool
    is_key: bool
    key: str | None = None


@dataclass(slots=True)
class _Walk:
    """Turns parser events into properties; holds the entry being read."""

    block: str
    base: int
    found: list[Property] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.ScalarEvent):
            is_plain = event.style in (None, "")
            value = "" if is_plain and event.value in _NULLS else event.value.strip()
            if event.anchor:
                self.anchors[event.anchor] = value
            self._scalar(value, event)
        elif isinstance(event, yaml.AliasEvent):
            anchored = self.anchors.get(event.anchor or "")
            if anchored is None:
                self._warn(event, f"*{event.anchor} repeats a list or map; left out")
            self._scalar(anchored or "", event)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        is_map = isinstance(event, yaml.MappingStartEvent)
        if not self.levels and not is_map:
            self._warn(event, "frontmatter is a list, not properties; left out")
        is_key = self._key_comes(event)
        self.levels.append(_Level(is_map, is_key))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        level = self.levels.pop()
        start, end = _mark(event.start_mark).index, _mark(event.end_mark).index
        if end > start:  # a closing bracket; the end of an indented list has no width
            self.end = max(self.end, end)
        if self.levels and level.is_key:
            self.levels[-1].key = self.block[self.start : self.end].strip()
            self.values.clear()
        elif self.levels and self.levels[-1].is_map:
            self._value_done()

    def _scalar(self, value: str, event: yaml.NodeEvent) -> None:
        if not self.levels:
            if value:
                self._warn(event, "frontmatter holds no properties; left out")
            return
        if self._key_comes(event):
            self.levels[-1].key = value
            return
        self.end = max(self.end, _mark(event.end_mark).index)
        if value:
            inner = next((one.key for one in reversed(self.levels[1:]) if one.is_map), None)
            self.values.append(f"{inner}: {value}" if inner else value)
        if self.levels[-1].is_map:
            self._value_done()

    def _key_comes(self, event: yaml.NodeEvent) -> bool:
        """Whether the node is a key; the key of a new entry marks where the entry begins."""
        if not self.levels or not self.levels[-1].is_map or self.levels[-1].key is not None:
            return False
        if len(self.levels) == 1:
            self.start, self.end = _mark(event.start_mark).index, _mark(event.end_mark).index
            self.values = []
        return True

    def _value_done(self) -> None:
        level = self.levels[-1]
        if len(self.levels) == 1 and level.key is not None:
            written = self.block[self.start : self.end].rstrip()
            start = self.base + self.start
            self.found.append(Property(level.key, tuple(self.values), start, start + len(written)))
        level.key = None

    def _warn(self, event: yaml.Event, message: str) -> None:
        self.warnings.append(f"line {_mark(event.start_mark).line + 2}: {message}")


class _Mark(Protocol):
    line: int
    index: int


def _mark(mark: _Mark | None) -> _Mark:
    """The parser marks every event; only its types leave room for none."""
    assert mark is not None
    return mark


class InvalidFrontmatter(Exception):
    """The block cannot be read as a whole; ``line`` counts from 1 in the file."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: broken frontmatter ({problem}); read line by line")


def parse_line_by_line(block: str, base: int, separator: str) -> Iterator[Property]:
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
