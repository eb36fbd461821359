"""Sections that hold nothing but links: they become links, not passages."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.note import Link, Note

MOST_LABEL_LETTERS = 8
"""Letters a link's line may hold besides link, relation and explanation: their labels."""

_LETTER = re.compile(r"[^\W_]")
_COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")
_NOT_LINE_END = re.compile(r"[^\r\n]")
_NUMBERING = re.compile(r"^[ \t>]*\d{1,9}[.)][ \t]")


def links_between(note: Note, start: int, end: int) -> Sequence[Link]:
    """The note's links that begin in ``text[start:end]``, in order."""
    first = bisect_left(note.links, start, key=lambda link: link.start)
    return note.links[first : bisect_left(note.links, end, key=lambda link: link.start)]


def only_links(note: Note, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` holds links and typed links and says nothing else."""
    links = links_between(note, start, end)
    if all(link.embed for link in links):
        return False
    rest = _without_links(note, links, start, end)
    ends = [line.end() + start for line in _LINE.finditer(rest)]
    allowed = dict.fromkeys(ends, 0)
    for link in links:
        if link.relation:
            allowed[ends[bisect_left(ends, link.end)]] += MOST_LABEL_LETTERS
    return all(
        len(_LETTER.findall(_NUMBERING.sub("", line[0]))) <= allowed[line.end() + start]
        for line in _LINE.finditer(rest)
    )


def explanations(note: Note, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the explanations that the typed links of ``text[start:end]`` carry."""
    for link in links_between(note, start, end):
        if link.explanation and link.explanation_start is not None:
            yield link.explanation_start, link.explanation_start + len(link.explanation)


def _without_links(note: Note, links: Sequence[Link], start: int, end: int) -> str:
    """``text[start:end]`` with links, relations, explanations and comments made blank."""
    spans = [(link.start, link.end) for link in links]
    spans += explanations(note, start, end)
    parts: list[str] = []
    done = start
    for first, last in sorted(spans):
        if first >= done:
            parts += (note.text[done:first], _blank(note.text[first:last]))
            done = last
    body = _COMMENT.sub(lambda found: _blank(found[0]), "".join(parts) + note.text[done:end])
    for relation in {link.relation for link in links if link.relation}:
        body = body.replace(relation, " " * len(relation))
    return body


def _blank(text: str) -> str:
    return _NOT_LINE_END.sub(" ", text)
