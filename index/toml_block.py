"""TOML properties, as Hugo writes them between ``+++`` lines."""

import re
import tomllib
from collections.abc import Iterator

from index.note import Property
from index.salvage import Broken

_START = re.compile(
    r"^[ \t]*+(?:\[\[?[ \t]*+(?P<table>[^\[\]\r\n]{1,200})\]"
    r"|(?P<key>[\w-]{1,200}|\"[^\"\r\n]{1,200}\"|'[^'\r\n]{1,200}')[ \t]*+=)",
    re.MULTILINE,
)
_LINE = re.compile(r"line (\d+)")


def toml_properties(block: str, base: int) -> Iterator[Property]:
    """Top-level keys and tables as properties; ``base`` is the place of ``block`` in the file.

    Raises ``Broken`` when it is not TOML.
    """
    try:
        parsed = tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = _LINE.search(str(error))
        raise Broken(int(place[1]) + 1 if place else 1, "not TOML") from error
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
