"""Tells the day that a note is of, which a date in its running text never does."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from index.markdown.metadata.day_sections import DayMark
from index.markdown.note import Heading, Property
from index.text.dates import day_in_name, key_form, named_date, stated_date

_OPENING = 1_500
"""Characters of the body in which a labelled date is taken for the note's own."""
_LABELLED = re.compile(
    r"(?:^|[|｜·•/（(])[ \t>*_`-]*(?P<label>[^\W\d_][^\W\d]{0,8}(?:[ _-][^\W\d]{1,12}){0,2})"
    r"[ \t*_`]*(?P<colon>[:：]?)[ \t*_`]*"
    r"(?P<value>(?:\d|[A-Z][a-z]{2,8}\.? \d)[^\r\n|｜·•]{3,40})",
    re.MULTILINE,
)
_CONFLICT = re.compile(
    r"[(（][^()（）]*(?:冲突|conflict)[^()（）]*[)）]|\.sync-conflict-.*", re.IGNORECASE
)
"""What programs that copy folders add to a name: its date is not the note's."""
_FORM = "\0"
_PLAIN = key_form("date")


def note_date(
    path: str,
    properties: Sequence[Property],
    visible: str,
    marks: Sequence[DayMark],
    headings: Sequence[Heading],
    keys: Sequence[str],
) -> str | None:
    """The date of the note at ``path``, or None.

    Of its properties the first of ``keys`` that states one; else a line of its opening that
    is labelled as a date; else its title or its name; else the first line or heading that is
    a date. ``visible`` is the body less code and comments.
    """
    forms = list(dict.fromkeys(map(key_form, keys)))
    stated = _stated(properties, keys, forms) or _labelled(visible[:_OPENING], forms)
    if stated:
        return stated
    first = headings[0].start if headings else -1
    stem = _CONFLICT.sub("", PurePosixPath(path).stem)
    title = next((mark.date for mark in marks if mark.start == first), None)
    here = next((m.date for m in marks if m.is_bare or m.level), None)
    return title or day_in_name(stem) or here or named_date(stem)


def _stated(
    properties: Sequence[Property], keys: Sequence[str], forms: Sequence[str]
) -> str | None:
    """The date of the first key that states one: as it is written, else in another form."""
    named: dict[str, list[Property]] = {}
    for one in properties:
        for name in {one.key.strip().casefold(), f"{_FORM}{key_form(one.key)}"}:
            named.setdefault(name, []).append(one)
    wanted = [*(key.casefold() for key in keys), *(_FORM + form for form in forms)]
    values = (value for name in wanted for one in named.get(name, ()) for value in one.values)
    return next((found for value in values if (found := stated_date(value))), None)


def _labelled(opening: str, forms: Sequence[str]) -> str | None:
    """The date behind a key that dates notes, the most trusted key first."""
    found: dict[str, str] = {}
    for match in _LABELLED.finditer(opening):
        form = key_form(match["label"])
        if form not in forms or (form == _PLAIN and not match["colon"]):  # "On May 3, 2025 …"
            continue
        if day := stated_date(match["value"]):
            found.setdefault(form, day)
    return next((found[form] for form in forms if form in found), None)
