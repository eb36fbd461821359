"""The block of properties that opens a note.

YAML is read as a stream of events: nothing is built from it, so tags run no code,
aliases are never expanded, nesting costs no stack, and every entry's place is known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml
from frontmatter.default_handlers import SafeLoader

from .note import Property
from .toml_block import toml_properties

_FENCE = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?=[\r\n]|\Z)", re.MULTILINE),
}
_LONGEST = 200_000
"""Characters of YAML given to the parser; a longer block is read line by line."""
_ENTRY = re.compile(r"^([^\s#\-\"'\[\]{}][^:\r\n]{0,200}):(?:[ \t]+([^\r\n]*))?$", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*-[ \t]+([^\r\n]*)")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """The properties, where the body begins, and what could not be read as meant."""

    properties: tuple[Property, ...] = ()
    body_start: int = 0
    warnings: tuple[str, ...] = ()


def read_frontmatter(text: str) -> Frontmatter:
    """The YAML (``---``) or TOML (``+++``) block at the very top of ``text``, if any.

    Values are text as the author wrote it, without quotes; a list gives one value each,
    a nested map gives ``key: value``. Never raises: a broken block is read line by line,
    and a warning names the line.
    """
    opening = _FENCE.match(text)
    closing = opening and _CLOSE[opening["mark"]].search(text, opening.end())
    if not opening or not closing:
        return Frontmatter(body_start=1 if text.startswith("\ufeff") else 0)
    start, block = opening.end(), text[opening.end() : closing.start()]
    after = re.compile(r"\r\n?|\n").match(text, closing.end())
    body_start = after.end() if after else closing.end()
    if opening["mark"] == "+++":
        found, warnings = toml_properties(block, start)
    else:
        found, warnings = _yaml_properties(block, start)
    return Frontmatter(tuple(found), body_start, tuple(warnings))


def _yaml_properties(block: str, base: int) -> tuple[list[Property], list[str]]:
    if len(block) > _LONGEST:
        return list(_salvaged(block, base)), ["frontmatter is too long; read line by line"]
    walk = _Walk(block, base)
    try:
        for event in yaml.parse(block, Loader=SafeLoader):
            walk.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        problem = error.problem or "not YAML"
        message = f"line {line}: broken frontmatter ({problem}); read line by line"
        return list(_salvaged(block, base)), [message]
    except (yaml.YAMLError, UnicodeError):
        return list(_salvaged(block, base)), ["line 1: broken frontmatter; read line by line"]
    return walk.found, walk.warnings


def _salvaged(block: str, base: int) -> Iterator[Property]:
    entries = list(_ENTRY.finditer(block))
    ends = [entry.start() for entry in entries[1:]] + [len(block)]
    for entry, end in zip(entries, ends, strict=True):
        last = entry.end()
        values = [_unquoted(entry[2])] if entry[2] and entry[2].strip() else []
        for item in _ITEM.finditer(block, entry.end(), end):
            values.append(_unquoted(item[1]))
            last = item.end()
        slice_end = entry.start() + len(block[entry.start() : last].rstrip())
        kept = tuple(value for value in values if value)
        yield Property(entry[1].strip(), kept, base + entry.start(), base + slice_end)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value


@dataclass(slots=True)
class _Level:
    """An open list or map; ``key`` is the key whose value comes next."""

    is_map: bool
    key: str | None = None
    is_key: bool = False


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
            if event.anchor:
                self.anchors[event.anchor] = event.value
            plain = event.style in (None, "")
            empty = event.value in _NULLS if plain else not event.value.strip()
            self._text("" if empty else event.value.strip(), event)
        elif isinstance(event, yaml.AliasEvent):
            anchored = self.anchors.get(event.anchor or "")
            if anchored is None:
                line = _mark(event.start_mark).line + 2
                message = f"line {line}: *{event.anchor} repeats a list or map; left out"
                self.warnings.append(message)
            self._text(anchored or "", event)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        is_map = isinstance(event, yaml.MappingStartEvent)
        parent = self.levels[-1] if self.levels else None
        is_key = parent is not None and parent.is_map and parent.key is None
        if is_key and len(self.levels) == 1:
            self.start = _mark(event.start_mark).index
        if parent is None and not is_map:
            self.warnings.append("frontmatter is a list, not properties; left out")
        self.levels.append(_Level(is_map, is_key=is_key))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        level = self.levels.pop()
        start, end = _mark(event.start_mark).index, _mark(event.end_mark).index
        if end > start:  # a closing bracket; the end of an indented list has no width
            self.end = max(self.end, end)
        if not self.levels or not self.levels[-1].is_map:
            return
        if level.is_key:
            self.levels[-1].key = self.block[self.start : self.end].strip()
            self.values.clear()
        else:
            self._value_done()

    def _text(self, value: str, event: yaml.NodeEvent) -> None:
        if not self.levels:
            if value:
                self.warnings.append("line 2: frontmatter holds no key: value; left out")
            return
        level = self.levels[-1]
        if level.is_map and level.key is None:
            level.key = value
            if len(self.levels) == 1:
                self.start, self.end = _mark(event.start_mark).index, _mark(event.end_mark).index
                self.values = []
            return
        self.end = max(self.end, _mark(event.end_mark).index)
        if value:
            self.values.append(self._labelled(value))
        if level.is_map:
            self._value_done()

    def _labelled(self, value: str) -> str:
        inner = next((one.key for one in reversed(self.levels[1:]) if one.is_map), None)
        return f"{inner}: {value}" if inner else value

    def _value_done(self) -> None:
        level = self.levels[-1]
        if len(self.levels) == 1 and level.key is not None:
            entry = self.block[self.start : self.end].rstrip()
            start = self.base + self.start
            self.found.append(Property(level.key, tuple(self.values), start, start + len(entry)))
        level.key = None


class _Mark(Protocol):
    line: int
    index: int


def _mark(mark: _Mark | None) -> _Mark:
    """The parser marks every event; only its types leave room for none."""
    assert mark is not None
    return mark
