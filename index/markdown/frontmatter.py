"""Reads the block of properties that opens a note.

python-frontmatter finds the block and parts it from the body; the two handlers here say what
opens and ends one, and read it so that nothing in it can do harm and every entry keeps its place:
YAML between ``---`` lines, and TOML, as Hugo writes it, between ``+++`` lines.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from frontmatter.default_handlers import BaseHandler

from index.markdown.note import Property
from index.markdown.yaml_properties import InvalidFrontmatter, parse_line_by_line, yaml_properties

_FIELD_LINE = re.compile(
    r"(?P<entry>(?P<key>[^\s:\-#>\[\](`][^:\r\n`\[\]]{0,100})::(?:[ \t]++(?P<value>[^\r\n]*+))?)"
    r"(?:\r\n?|\n|\Z)"
)

_START = re.compile(
    r"^[ \t]*+(?:\[\[?[ \t]*+(?P<table>[^\[\]\r\n]{1,200})\]"
    r"|(?P<key>[\w-]{1,200}|\"[^\"\r\n]{1,200}\"|'[^'\r\n]{1,200}')[ \t]*+=)",
    re.MULTILINE,
)
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """The properties, where the body begins, and what could not be read as meant."""

    properties: tuple[Property, ...] = ()
    body_start: int = 0
    warnings: tuple[str, ...] = ()


class _Handler(BaseHandler):
    """A kind of block that begins with the file."""

    FM_BOUNDARY: re.Pattern[str]
    separator: ClassVar[str]
    """What stands between key and value."""

    def load(self, fm: str, base: int = 0) -> Any:
        """Properties and warnings; ``base`` is the place of ``fm`` in the file."""
        raise NotImplementedError


class YamlHandler(_Handler):
    """Hardened YAML; its block may end in dots, too."""

    FM_BOUNDARY = re.compile(r"(?:\A\ufeff?---|(?<=[\r\n])(?:---|\.\.\.))[ \t]*+(?:\r\n?|\n|\Z)")
    separator = ":"

    def load(self, fm: str, base: int = 0) -> Any:
        """The entries of the YAML map."""
        return yaml_properties(fm, base)


class TomlHandler(_Handler):
    """TOML of which every entry keeps its place."""

    FM_BOUNDARY = re.compile(r"(?:\A\ufeff?|(?<=[\r\n]))\+\+\+[ \t]*+(?:\r\n?|\n|\Z)")
    separator = "="

    def load(self, fm: str, base: int = 0) -> Any:
        """The keys and tables at the top level."""
        return list(toml_properties(fm, base)), []


_HANDLERS = (YamlHandler(), TomlHandler())


def read_frontmatter(text: str) -> Frontmatter:
    """The properties at the very top of ``text``: YAML between ``---`` lines, TOML between
    ``+++`` lines, or lines of ``key:: value``.

    Values are text as the author wrote it, without quotes. Never raises: a broken block is
    read line by line, and a warning names the line.
    """
    parted = _parted(text)
    if parted is None:
        return _field_lines(text, 1 if text.startswith("\ufeff") else 0)
    handler, block, body = parted
    opening = handler.FM_BOUNDARY.match(text)
    start = opening.end() if opening else 0
    found: Iterable[Property]
    warnings: Iterable[str]
    try:
        found, warnings = handler.load(block, start)
    except InvalidFrontmatter as error:
        found = parse_line_by_line(block, start, handler.separator)
        warnings = (str(error),)
    return Frontmatter(tuple(found), len(text) - len(body), tuple(warnings))


def block_end(text: str) -> int:
    """Where the block of properties ends that opens ``text``; 0 where none does."""
    parted = _parted(text)
    return len(text) - len(parted[2]) if parted else 0


def _parted(text: str) -> tuple[_Handler, str, str] | None:
    """The kind of block that opens ``text``, the block, and what follows it."""
    for handler in _HANDLERS:
        if handler.detect(text):
            with suppress(ValueError):  # it never ends, and so is none
                return handler, *handler.split(text)
    return None


def named(properties: Iterable[Property], keys: Sequence[str]) -> Iterator[Property]:
    """The properties called by one of ``keys``, in any case of letters."""
    wanted = {key.casefold() for key in keys}
    return (one for one in properties if one.key.strip().casefold() in wanted)


def _field_lines(text: str, start: int) -> Frontmatter:
    found: list[Property] = []
    at = start
    while line := _FIELD_LINE.match(text, at):
        end = line.start() + len(line["entry"].rstrip())
        values = tuple(_field_values(line["value"] or ""))
        found.append(Property(line["key"].strip(), values, line.start(), end))
        at = line.end()
    return Frontmatter(tuple(found), at)


def _field_values(written: str) -> Iterator[str]:
    for part in re.split(r"[,，]", written):
        value = re.sub(r"#?\[\[([^\[\]]*)\]\]", r"\1", part.strip()).strip()
        if value:
            yield value


def toml_properties(block: str, base: int) -> Iterator[Property]:
    """Top-level keys and tables as properties; ``base`` is the place of ``block`` in the file.

    Raises ``InvalidFrontmatter`` when it is not TOML.
    """
    try:
        parsed = tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = _LINE.search(str(error))
        raise InvalidFrontmatter(int(place[1]) + 1 if place else 1, "not TOML") from error
    places = list(_places(block, parsed))
    ends = [start for _, start in places[1:]] + [len(block)]
    for (key, start), end in zip(places, ends, strict=False):
        entry = block[start:end].rstrip()
        values = tuple(_values(parsed[key]))
        yield Property(key, values, base + start, base + start + len(entry))


def _places(block: str, parsed: dict[str, object]) -> Iterator[tuple[str, int]]:
    """Each top-level key with the place of its first line."""
    seen: set[str] = set()
    in_table = False
    for match in _START.finditer(block):
        if match["table"]:
            in_table = True
            key = match["table"].partition(".")[0].strip().strip("\"'")
        elif in_table:
            continue
        else:
            key = match["key"].strip("\"'")
        if key in parsed and key not in seen:
            seen.add(key)
            yield key, match.end() - len(match[0].lstrip(" \t"))


def _values(value: object, label: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, label)
    else:
        text = str(value).lower() if isinstance(value, bool) else str(value).strip()
        if text:
            yield f"{label}: {text}" if label else text
