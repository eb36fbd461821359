"""Cuts out of a note what an embed shows of it: the whole, a heading's section, or a block."""

import re
from dataclasses import replace

from index.markdown.note import Note

_PLACES = re.compile(r' (?:id|data-start|data-end)="[^"]*"')
_BLANK = re.compile(r"\n[ \t]*\n")


def excerpt(note: Note, fragment: str) -> Note | None:
    """The note with only that part as its text; None where it has no such part."""
    if not fragment:
        return note
    last = fragment.rpartition("#")[2].strip()
    span = _block(note, last[1:]) if last.startswith("^") else _section(note, last)
    if span is None:
        return None
    return replace(note, text=note.text[span[0] : span[1]], body_start=0)


def without_places(html: str) -> str:
    """Rendered HTML without ids and offsets: in another note they would mean something else."""
    return _PLACES.sub("", html)


def _section(note: Note, title: str) -> tuple[int, int] | None:
    """From a heading to the next of its level or above."""
    for i, heading in enumerate(note.headings):
        if heading.title.strip() == title:
            after = (h.start for h in note.headings[i + 1 :] if h.level <= heading.level)
            return heading.start, next(after, len(note.text))
    return None


def _block(note: Note, name: str) -> tuple[int, int] | None:
    """The paragraph or item that ends in ``^name``."""
    found = re.search(rf"(?:^|\s)\^{re.escape(name)}\s*$", note.text, re.MULTILINE)
    if found is None:
        return None
    starts = [gap.end() for gap in _BLANK.finditer(note.text, note.body_start, found.start())]
    return starts[-1] if starts else note.body_start, found.start()
