"""Checks quotes against the notes as they are now, before an answer leaves."""

from dataclasses import replace

from index.notes import Unreadable, read
from index.settings import Settings
from search.result import Citation


def confirmed(settings: Settings, citation: Citation) -> Citation | None:
    """The citation with the offsets at which its quote stands now; None where it is gone."""
    try:
        text = read(settings.notes, citation.path, settings.max_note_bytes).text
    except Unreadable:
        return None
    if text[citation.start : citation.end] == citation.quote:
        return citation
    start = text.find(citation.quote)
    if start < 0:
        return None
    return replace(citation, start=start, end=start + len(citation.quote))
