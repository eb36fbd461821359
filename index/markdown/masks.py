"""Tells which of a note's characters are prose: not code, comment or formula.

What inside a line must stay in one piece: inline code, links, addresses.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

_BACKTICKS = re.compile(r"(?<!\\)`++")
COMMENTS = (("%%", "%%"), ("<!--", "-->"))
_UNSEEN = (*COMMENTS, ("<pre", "</pre>"), ("$$", "$$"))
_IN_LINE = re.compile(r"[^\r\n]++")

MASK = "\ue000"
"""A letter no one writes (private use), put in place of what must stay whole."""

_IMAGE = (
    r"!\[\[[^\[\]\r\n]*+\]\]"
    r"|!\[[^\[\]\r\n]*+\]\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)"
)
IMAGES = re.compile(rf"(?:[ \t]*(?:{_IMAGE}|\[(?:{_IMAGE})\]\([^()\r\n]*+\)))++[ \t]*\Z")
"""Nothing but images and embeds, linked or not."""

_TICKS = re.compile(r"`+|[\r\n]")
_LINKS = re.compile(
    r"!?\[\[[^\[\]\r\n]*+\]\]"
    r"|!?\[(?:[^\[\]\r\n]++|\[[^\[\]\r\n]*+\])*+\]\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)"
    r"|<https?://[^<>\s]*+>"
    rf"|https?://[^{MASK}\s<>\"`，。；：！？、（）【】《》“”]+(?<![.,;:!?'*_)\]])"
)


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with each span turned to spaces, its line ends kept; spans may overlap."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        pieces += (text[done:start], _IN_LINE.sub(_spaces, text[start:end]))
        done = end
    return "".join([*pieces, text[done:]])


def _spaces(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


def without_comments(text: str, marks: Iterable[tuple[str, str]] = _UNSEEN) -> str:
    """``text``, from which code is gone already, with what stands between ``marks`` blanked:
    comments and formulas."""
    for opening, closing in marks:
        text = mask(text, _between(text, opening, closing))
    return text


def code_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between runs of backticks of one length, as in CommonMark, within a block."""
    if text.find("`", start, end) < 0:
        return []
    return list(_paired([match.span() for match in _BACKTICKS.finditer(text, start, end)]))


def _between(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Pairs of marks with what they enclose; a mark that is never closed hides nothing."""
    spans: list[tuple[int, int]] = []
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        spans.append((start, end + len(closing)))
        start = text.find(opening, end + len(closing))
    return spans


def atomic_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the pieces of ``text`` that no cut may fall into, in order, disjoint."""
    code = list(_code(text))
    spans = _links(_masked(text, code))
    starts = [start for start, _ in spans]
    alone: list[tuple[int, int]] = []
    for span in code:
        at = bisect_right(starts, span[0])
        if not at or spans[at - 1][1] <= span[0]:
            alone.append(span)
    return sorted(spans + alone)


def masked(text: str) -> str:
    """``text`` with every such piece replaced by as many ``MASK``."""
    code = _masked(text, _code(text))
    return _masked(code, _links(code))


def _links(paint: str) -> list[tuple[int, int]]:
    return [found.span() for found in _LINKS.finditer(paint)]


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], MASK * (end - start))
        done = end
    return "".join(parts) + text[done:]


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Inline code: a run of backticks up to the next run of equal length in its line."""
    runs: list[tuple[int, int]] = []
    for found in _TICKS.finditer(text):
        if found[0][0] == "`":
            runs.append(found.span())
        else:
            yield from _paired(runs)
            runs = []
    yield from _paired(runs)


def _paired(runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """From each run of backticks that another of its length follows to the end of that one."""
    following: dict[int, int] = {}
    partner = [0] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        partner[index] = following.get(length, 0)
        following[length] = index
    index = 0
    while index < len(runs):
        if partner[index]:
            yield runs[index][0], runs[partner[index]][1]
            index = partner[index]
        index += 1
