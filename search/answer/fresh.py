"""Checks an answer's quotes against the notes as they are now, before it leaves."""

from dataclasses import replace

from index.notes import Unreadable, read
from index.settings import Settings
from search.answer.words import nothing
from search.result import Answer, Citation, Row


def checked(settings: Settings, answer: Answer) -> Answer:
    """The answer with every quote where it stands now, less what is gone.

    When nothing is left, an answer that says that the notes have changed.
    """
    now = {citation.id: confirmed(settings, citation) for citation in answer.citations}
    sound = tuple(citation for citation in now.values() if citation is not None)
    gone = now.keys() - {citation.id for citation in sound}
    if not gone:
        return replace(answer, citations=sound)
    if not sound:
        text = nothing(answer.lang, "stale", answer.nearest)
        return Answer(answer.question, answer.lang, "none", False, 0.0, text)
    rows = tuple(_row(row, gone) for row in answer.rows)
    return replace(answer, answer=_without(answer.answer, gone), rows=rows, citations=sound)


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


def _row(row: Row, gone: set[int]) -> Row:
    kept = tuple(number for number in row.citations if number not in gone)
    return row if len(kept) == len(row.citations) else replace(row, text="", citations=kept)


def _without(text: str, gone: set[int]) -> str:
    """The text less the lines on which a quote now gone stood."""
    marks = [f"[{number}]" for number in gone]
    return "\n".join(line for line in text.split("\n") if not any(m in line for m in marks))
