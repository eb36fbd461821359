"""Reads and writes the file of a FAISS index: what it stands for, the index, a sum over both.

It is written aside and swapped in by rename, so a reader sees the old file or the new one.
The sum is read through before FAISS sees a byte: it would trust a broken length.
"""

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import faiss

from index.file_replacement import replace

_BLOCK = 1 << 22
_TAIL = 4
"""Bytes of the sum, the last ones of the file."""

Header = Mapping[str, Any]


def write(path: Path, header: Header, index: faiss.Index) -> None:
    """Publish an index; ``header`` must fit in JSON.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    scratch = path.with_name(path.name + ".new")
    with scratch.open("wb") as file:
        summed = 0

        def add(data: bytes) -> int:
            nonlocal summed
            file.write(data)
            summed = zlib.crc32(data, summed)
            return len(data)

        add(json.dumps(dict(header)).encode() + b"\n")
        writer = faiss.PyCallbackIOWriter(add, _BLOCK)  # type: ignore[attr-defined]
        faiss.write_index(index, writer)
        file.write(summed.to_bytes(_TAIL))
    replace(scratch, path)


def head(path: Path) -> Header | None:
    """What the file says that it stands for; whether it is whole is not looked at."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline())
    except (OSError, ValueError):
        return None
    return header if isinstance(header, dict) else None


def check(path: Path) -> Header | None:
    """What the file stands for; None where it is missing, cut short or garbage."""
    try:
        with path.open("rb") as file:
            left = os.fstat(file.fileno()).st_size - _TAIL
            summed = 0
            while left > 0 and (block := file.read(min(_BLOCK, left))):
                summed = zlib.crc32(block, summed)
                left -= len(block)
            if left or file.read() != summed.to_bytes(_TAIL):
                return None
    except OSError:
        return None
    return head(path)


def read(path: Path) -> tuple[Header, faiss.Index] | None:
    """The header and the index of a file that is whole."""
    header = check(path)
    if header is None:
        return None
    try:
        with path.open("rb") as file:
            if json.loads(file.readline()) != header:  # another was swapped in meanwhile
                return None
            reader = faiss.PyCallbackIOReader(file.read, _BLOCK)  # type: ignore[attr-defined]
            return header, faiss.read_index(reader)
    except (OSError, ValueError, RuntimeError):
        return None
