"""Checks an answer's quotes against the notes as they are now, before it leaves."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from index.settings import Settings
from index.text.language import Language
from index.vault.read_note import Unreadable, read
from search.answer.citations import quoted
from search.answer.messages import nothing, say
from search.result import Answer, Citation, Row

_BARE_TITLE = re.compile(r"^\*\*[^\n]+\*\*\s*(?=^\*\*|\Z)", re.MULTILINE)
_KEPT = 8
"""Texts at hand while an answer is checked: the quotes of one note stand together."""

TextOf = Callable[[str], str]
"""The text of the note at a path as it stands now; raises Unreadable."""


def checked(settings: Settings, answer: Answer, text_of: TextOf | None = None) -> Answer:
    """The answer with every quote where it stands now, less what is gone.

    ``text_of`` reads the notes otherwise than from their folder.

    A row that loses its last quote says that the notes have changed; when nothing is left,
    the answer does.
    """
    known = lru_cache(_KEPT)(text_of or _text_in(settings))
    now = {citation.id: confirmed(settings, citation, known) for citation in answer.citations}
    sound = tuple(citation for citation in now.values() if citation is not None)
    gone = [citation for citation in answer.citations if now[citation.id] is None]
    if not gone:
        return replace(answer, citations=sound)
    if not sound:
        text = nothing(answer.lang, "stale", answer.nearest)
        return Answer(answer.question, answer.lang, "none", False, 0.0, text)
    rows = tuple(_row(row, gone, answer.lang) for row in answer.rows)
    text = _without(answer.answer, gone)
    if not text and rows:
        text = say(answer.lang, "things", count=len(rows))
    return replace(answer, answer=text, rows=rows, citations=sound)


def _text_in(settings: Settings) -> TextOf:
    return lambda path: read(settings.notes, path, settings.max_note_bytes).text


def partial(answer: Answer, embedded: float) -> Answer:
    """The answer with the share of passages it rests on; a refusal before all are says so."""
    if not answer.answerable and embedded < 1:
        notice = say(answer.lang, "partial", percent=int(100 * embedded))
        answer = replace(answer, answer=f"{notice}\n\n{answer.answer}")
    return replace(answer, embedded=round(embedded, 4))


def confirmed(
    settings: Settings, citation: Citation, text_of: TextOf | None = None
) -> Citation | None:
    """The citation with the offsets at which its quote stands now; None where it is gone."""
    try:
        text = (text_of or _text_in(settings))(citation.path)
    except Unreadable:
        return None
    if text[citation.start : citation.end] == citation.quote:
        return citation
    start = text.find(citation.quote)
    if start < 0:
        return None
    return replace(citation, start=start, end=start + len(citation.quote))


def _row(row: Row, gone: Sequence[Citation], lang: Language) -> Row:
    lost = [citation for citation in gone if citation.id in row.citations]
    if not lost:
        return row
    text = row.text
    for citation in lost:
        text = text.replace(quoted(citation.quote, citation.id), "")
    numbers = {citation.id for citation in lost}
    kept = tuple(number for number in row.citations if number not in numbers)
    return replace(row, text=text.strip() if kept else say(lang, "stale"), citations=kept)


def _without(text: str, gone: Iterable[Citation]) -> str:
    """The text less the quotes now gone, the lines that they stood on and titles left bare."""
    for citation in gone:
        text = text.replace(quoted(citation.quote, citation.id), f"[{citation.id}]")
    marks = [f"[{citation.id}]" for citation in gone]
    kept = (line for line in text.split("\n") if not any(mark in line for mark in marks))
    return _BARE_TITLE.sub("", "\n".join(kept)).strip()
