"""The block of properties that opens a note."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.note import Property
from index.salvage import Broken, salvaged
from index.toml_block import toml_properties
from index.yaml_block import yaml_properties

_OPENING = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*+(?:\r\n?|\n)")
_CLOSING = {
    "---": re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*+(?:\r\n?|\n|\Z)"),
    "+++": re.compile(r"(?<=[\r\n])\+\+\+[ \t]*+(?:\r\n?|\n|\Z)"),
}
_FIELD_LINE = re.compile(
    r"(?P<entry>(?P<key>[^\s:\-#>\[\](`][^:\r\n`\[\]]{0,100})::(?:[ \t]++(?P<value>[^\r\n]*+))?)"
    r"(?:\r\n?|\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """The properties, where the body begins, and what could not be read as meant."""

    properties: tuple[Property, ...] = ()
    body_start: int = 0
    warnings: tuple[str, ...] = ()


def read_frontmatter(text: str) -> Frontmatter:
    """The properties at the very top of ``text``: YAML between ``---`` lines, TOML between
    ``+++`` lines, or lines of ``key:: value``.

    Values are text as the author wrote it, without quotes. Never raises: a broken block is
    read line by line, and a warning names the line.
    """
    opening = _OPENING.match(text)
    closing = opening and _CLOSING[opening["mark"]].search(text, opening.end())
    if not opening or not closing:
        return _field_lines(text, 1 if text.startswith("\ufeff") else 0)
    start, block = opening.end(), text[opening.end() : closing.start()]
    try:
        if opening["mark"] == "+++":
            return Frontmatter(tuple(toml_properties(block, start)), closing.end())
        found, warnings = yaml_properties(block, start)
        return Frontmatter(tuple(found), closing.end(), tuple(warnings))
    except Broken as error:
        separator = "=" if opening["mark"] == "+++" else ":"
        return Frontmatter(tuple(salvaged(block, start, separator)), closing.end(), (str(error),))


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
