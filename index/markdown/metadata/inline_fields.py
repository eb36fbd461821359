"""Finds facts in a note's body: Dataview's ``key:: value``, and lists of ``key: value`` lines."""

import re
from collections.abc import Iterator

from index.markdown.note import Property
from index.markdown.typed_links import EXPLANATION_KEYS, RELATION_KEYS

MOST_FIELDS = 300
"""Fields that are read of one note."""
_MARKS = r"(?:[ \t]*+>)*+[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?(?:\[.\][ \t]++)?"
_DOUBLE = re.compile(
    rf"(?:^{_MARKS}|(?P<bracket>[\[(]))"
    r"(?P<entry>(?P<bold>\*\*|__|)(?P<key>[^\s:：\[\]()*|#`>-][^:：\[\]()*|`\r\n]{0,60})"
    r"(?:(?P=bold)::|::(?P=bold))(?:[ \t]++(?P<value>[^\r\n]*+))?)",
    re.MULTILINE,
)
_LINE = re.compile(r"^[^\r\n]*+", re.MULTILINE)
_SINGLE = re.compile(
    rf"{_MARKS}(?P<entry>(?P<bold>\*\*|__|)(?P<key>[^\W\d_][\w '/（）()&+.-]{{0,30}}?)[ ]?"
    r"(?:(?P=bold)[:：]|[:：](?P=bold))"
    r"(?P<value>(?:(?<=：)|(?<=：\*\*)|(?<=：__)|[ \t]|(?=[^\x00-\x7f])|(?<=[\u3400-\u9fff]:))"
    r"(?!//)[^\r\n]+))"
)
_SENTENCE = re.compile(r"[。！？!?；;]|\w\.(?:[ \t]+[A-Z]|\Z)|[：:][ \t]*\Z")
_LONGEST = 80
"""Characters of the value in a ``key: value`` line; a longer one is prose."""
_MOST_WORDS, _LONGEST_CHINESE = 4, 8
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_RUN = 2
"""Lines in a row that make a list of them."""
_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
_PARTS, _NAMES = re.compile(r"[，,、]"), re.compile("、")
"""What parts the values of a Dataview field, and those of other lines."""
_NO_FIELD = frozenset({*RELATION_KEYS, *EXPLANATION_KEYS, "http", "https"})


def inline_fields(visible: str, text: str, start: int) -> list[Property]:
    """The fields of a body, in order; ``visible`` is the note less code and comments."""
    found = {one.start: one for one in _listed(visible, text, start)}
    found |= {one.start: one for one in _double(visible, text, start)}
    return [found[place] for place in sorted(found)][:MOST_FIELDS]


def _double(visible: str, text: str, start: int) -> Iterator[Property]:
    if "::" not in visible:
        return
    for match in _DOUBLE.finditer(visible, start):
        first, end = match.span("entry")
        if match["bracket"]:
            close = text.find("]" if match["bracket"] == "[" else ")", match.end("key"), end)
            if close < 0:
                continue
            end = close
        if match["value"] is not None:
            values = _values(text[match.start("value") : end], _PARTS)
            yield from _field(text, match["key"], tuple(values), first, end)


def _listed(visible: str, text: str, start: int) -> Iterator[Property]:
    """Fields of lines with one colon, where at least two such lines follow each other."""
    run: list[re.Match[str]] = []
    for line in _LINE.finditer(visible, start):
        match = _SINGLE.fullmatch(visible, *line.span())
        if match and _is_fact(match["key"], match["value"].strip()):
            run.append(match)
            continue
        yield from _of_run(run, text)
        run = []
    yield from _of_run(run, text)


def _of_run(run: list[re.Match[str]], text: str) -> Iterator[Property]:
    for match in run if len(run) >= _RUN else ():
        start, end = match.span("value")
        values = _values(text[start:end], _NAMES)
        yield from _field(text, match["key"], tuple(values), match.start("entry"), end)


def _is_fact(key: str, value: str) -> bool:
    """Whether it is a short name with a short value, and no sentence."""
    longest = _LONGEST_CHINESE if _CHINESE.search(key) else _LONGEST
    short = len(key) <= longest and len(key.split()) <= _MOST_WORDS
    return short and 0 < len(value) <= _LONGEST and not _SENTENCE.search(value)


def _field(
    text: str, key: str, values: tuple[str, ...], first: int, end: int
) -> Iterator[Property]:
    if values and key.strip().casefold() not in _NO_FIELD:
        last = first + len(text[first:end].rstrip())
        yield Property(key.strip(), values, first, last, inline=True)


def _values(written: str, parts: re.Pattern[str]) -> Iterator[str]:
    for part in parts.split(_LINK.sub(r"\1", written)):
        value = part.strip(" \t*_`\"'“”")
        if value:
            yield value
