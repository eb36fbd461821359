"""TOML properties, as Hugo writes them between ``+++`` lines."""

import re
import tomllib
from collections.abc import Iterator

from .note import Property

_START = re.compile(
    r"^[ \t]*(?:\[\[?[ \t]*(?P<table>[^\[\]\r\n]{1,200}?)[ \t]*\]\]?"
    r"|(?P<key>[\w-]{1,200}|\"[^\"\r\n]{1,200}\"|'[^'\r\n]{1,200}')[ \t]*=)",
    re.MULTILINE,
)
_LINE = re.compile(r"line (\d+)")


def toml_properties(block: str, base: int) -> tuple[list[Property], list[str]]:
    """Top-level keys and tables as properties, and warnings. Never raises.

    ``base`` is the place of ``block`` in the file. Broken TOML is read line by line.
    """
    try:
        parsed: dict[str, object] | None = tomllib.loads(block.replace("\r\n", "\n"))
        warnings: list[str] = []
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = _LINE.search(str(error))
        line = int(place[1]) + 1 if place else 1
        parsed, warnings = None, [f"line {line}: broken TOML frontmatter; read line by line"]
    return list(_entries(block, base, parsed)), warnings


def _entries(block: str, base: int, parsed: dict[str, object] | None) -> Iterator[Property]:
    places = list(_places(block, parsed))
    ends = [start for _, start in places[1:]] + [len(block)]
    for (key, start), end in zip(places, ends, strict=True):
        entry = block[start:end].rstrip()
        if parsed is None:
            value = entry.partition("=")[2].strip().strip("\"'")
            values = [value] if value else []
        else:
            values = list(_values(parsed[key]))
        yield Property(key, tuple(values), base + start, base + start + len(entry))


def _places(block: str, parsed: dict[str, object] | None) -> Iterator[tuple[str, int]]:
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
        if key not in seen and (parsed is None or key in parsed):
            seen.add(key)
            yield key, match.start() + len(match[0]) - len(match[0].lstrip(" \t"))


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
