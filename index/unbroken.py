"""What inside a line must stay in one piece: inline code, links, addresses."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

PAINT = "\ue000"
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
    rf"|https?://[^{PAINT}\s<>\"`，。；：！？、（）【】《》“”]+(?<![.,;:!?'*_)\]])"
)


def unbroken(text: str) -> list[tuple[int, int]]:
    """Offsets of the pieces of ``text`` that no cut may fall into, in order, disjoint."""
    code = list(_code(text))
    spans = _links(_paint(text, code))
    starts = [start for start, _ in spans]
    alone: list[tuple[int, int]] = []
    for span in code:
        at = bisect_right(starts, span[0])
        if not at or spans[at - 1][1] <= span[0]:
            alone.append(span)
    return sorted(spans + alone)


def painted(text: str) -> str:
    """``text`` with every such piece replaced by as many ``PAINT``."""
    code = _paint(text, _code(text))
    return _paint(code, _links(code))


def _links(paint: str) -> list[tuple[int, int]]:
    return [found.span() for found in _LINKS.finditer(paint)]


def _paint(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], PAINT * (end - start))
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
