"""Which of a note's characters are prose: not code, comment or formula."""

import re

_BACKTICKS = re.compile(r"(?<!\\)`++")
_UNSEEN = (("%%", "%%"), ("<!--", "-->"), ("<pre", "</pre>"), ("$$", "$$"))
_IN_LINE = re.compile(r"[^\r\n]++")


def blank(text: str, spans: list[tuple[int, int]]) -> str:
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


def without_comments(text: str) -> str:
    """``text``, from which code is gone already, with comments and formulas blanked too."""
    for opening, closing in _UNSEEN:
        text = blank(text, _between(text, opening, closing))
    return text


def code_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between runs of backticks of one length, as in CommonMark, within a block."""
    if text.find("`", start, end) < 0:
        return []
    runs = [match.span() for match in _BACKTICKS.finditer(text, start, end)]
    following: dict[int, int] = {}
    closers: list[int | None] = [None] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        width = runs[at][1] - runs[at][0]
        closers[at] = following.get(width)
        following[width] = at
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(runs):
        close = closers[at]
        if close is not None:
            spans.append((runs[at][0], runs[close][1]))
            at = close
        at += 1
    return spans


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
