"""Finds the sentences of a text in Chinese and English, mixed as people mix them.

What must not be cut is first painted over with one neutral letter of equal length (code,
links, addresses), so that every later rule can look at plain characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.markdown.lines import trimmed
from index.markdown.masks import IMAGES, MASK, masked

_SOFT_WRAP = 60
"""A Latin line at least this long (characters) was broken by its width, not its meaning."""

_LAST_MARKS = 8
"""Stray marks at the end of a line, up to so many, belong to the sentence before them."""

_PREFIX = re.compile(
    r"(?:[ \t]*>)*[ \t]*(?:#{1,6}[ \t]+)?(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
    r"(?:\[[ xX]\][ \t]+)?(?:\[![^\[\]\r\n]*\][-+]?[ \t]*)?"
)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|[\r\n]|\Z)")
_FENCE = re.compile(r"`{3,}+(?=[^`]*\Z)|~{3,}")
_SAYS_NOTHING = re.compile(r"[\s|:*_#>=~+.\"'“”‘’「」『』（）()-]*\Z")
_TOKEN = re.compile(
    r"(?P<end>[。！？；…!?]+|\.+)"
    r"|(?P<mark>\*+|~~|==|\"|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w))"
    r"|(?P<round>[（(）)])"
)
_CLOSERS = "”’」』）】》〉)]}"
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]*\]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_ABBREVIATION = re.compile(r"[A-Za-z](?:[A-Za-z]|\.(?=[A-Za-z]))*\Z")
_BEFORE_NAME = (
    " dr mr mrs ms prof st mt gen col capt lt sgt rev hon pres gov sen rep messrs "
    "e.g eg i.e ie cf vs v viz ca approx resp incl esp al u.s u.k u.n e.u ph.d "
)
_BEFORE_NUMBER = (
    " no nos fig figs vol pp p eq eqs sec ch art tab ref ver "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines read as one flow of words; a ``whole`` run is one sentence whatever is in it."""

    start: int
    end: int
    last: int
    """Where its last line begins."""
    whole: bool = False


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of ``text``, in order and without overlap.

    A sentence says something (an image does not), keeps its closing quotes, brackets and
    emphasis marks, and never begins or ends inside a link, an address or inline code. List
    markers, quote marks and heading marks before it are left out; a table row is one
    sentence, and so is a fence.
    """
    paint = masked(text)
    found: list[tuple[int, int]] = []
    for run in _runs(text, paint):
        cuts = [run.end] if run.whole else list(_ends(paint, run.start, run.end))
        start = run.start
        for cut in cuts:
            span = trimmed(text, start, cut)
            if not (_SAYS_NOTHING.match(text, *span) or IMAGES.match(text, *span)):
                found.append(span)
            start = cut
    return found


def _runs(text: str, paint: str) -> Iterator[_Run]:
    """Lines, those that only their width parted put together again."""
    open_run: _Run | None = None
    fence: tuple[int, str] | None = None
    position = 0
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None  # it can match nothing
        start, end, position = _past_prefix(paint, line), line.end(1), line.end()
        mark = _FENCE.match(text[start:end].rstrip())
        if fence:
            if mark and mark[0].startswith(fence[1]):
                yield _Run(fence[0], end, fence[0], whole=True)
                fence = None
            continue
        if open_run and not mark and _goes_on(paint, open_run, line.start(), start, end):
            open_run = _Run(open_run.start, end, start)
            continue
        if open_run:
            yield open_run
        open_run = None
        if mark:
            fence = (start, mark[0])
        else:
            open_run = _Run(start, end, start, whole=text.startswith("|", start))
    if fence:
        yield _Run(fence[0], len(text), fence[0], whole=True)
    elif open_run:
        yield open_run


def _past_prefix(paint: str, line: re.Match[str]) -> int:
    found = _PREFIX.match(paint, line.start(), line.end(1))
    return found.end() if found else line.start()


def _goes_on(paint: str, run: _Run, line_start: int, start: int, end: int) -> bool:
    """Whether the line at ``start`` goes on with the sentence that ``run`` leaves open."""
    if run.whole or run.start == run.end or start == end:
        return False
    if paint[line_start:start].strip(" \t>") or not _LATIN.match(paint, start):
        return False
    last = paint[run.end - 1]
    if not (last.isascii() and (last.isalnum() or last in ",-")):
        return False
    return paint[start].islower() or run.end - run.last >= _SOFT_WRAP


def _ends(paint: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end in one run; the last is always the run's own end."""
    open_marks: set[str] = set()
    depth = 0
    position = start
    while token := _TOKEN.search(paint, position, end):
        position = token.end()
        if token["mark"]:
            open_marks ^= {token["mark"]}
        elif token["round"]:
            depth = depth + 1 if token["round"] in "（(" else max(depth - 1, 0)
        elif _ends_here(paint, token, end, depth):
            closed = _closed(paint, position, end, open_marks)
            depth = max(depth - sum(c in "）)" for c in paint[position:closed]), 0)
            position = closed
            if end - position > _LAST_MARKS or not _SAYS_NOTHING.match(paint, position, end):
                yield position
    yield end


def _closed(paint: str, position: int, end: int, open_marks: set[str]) -> int:
    """Past the closing marks at ``position`` that belong to the sentence before them."""
    while position < end:
        mark = _TOKEN.match(paint, position, end)
        if mark and mark["mark"] in open_marks:
            open_marks.remove(mark["mark"])
            position = mark.end()
        elif paint[position] in _CLOSERS or (
            paint[position] == "'" and not paint[position + 1 : position + 2].isalnum()
        ):
            position += 1
        elif note := _FOOTNOTE.match(paint, position, end):
            position = note.end()
        else:
            break
    return position


def _ends_here(paint: str, token: re.Match[str], end: int, depth: int) -> bool:
    """Whether the mark found ends a sentence."""
    mark = token["end"]
    after = paint[token.end() : min(token.end() + 4, end)].lstrip("*_~=\"'" + _CLOSERS)
    if not after:
        return True
    if any(sign in "。！？" for sign in mark):
        return True
    if mark.strip("；") == "":
        return depth == 0
    follows = paint[token.end() : min(token.end() + 80, end)].lstrip(" \t\r\n*_~=\"'“‘（(")
    first = follows[:1]
    if mark[0] == "…" or len(mark) > 1:
        return not (first.islower() and first.isascii()) and first not in tuple("，、；：,;:")
    if paint.startswith("=", token.end()) and not paint.startswith("==", token.end()):
        return False
    if after[0] in "，、；：,;:" or (after[0].isascii() and not after[0].isspace()):
        return False
    return mark != "." or _full_stop(paint, token.start(), first, spaced=after[0].isspace())


def _full_stop(paint: str, dot: int, first: str, *, spaced: bool) -> bool:
    """Whether the single ``.`` at ``dot`` ends a sentence that ``first`` would follow."""
    if first.isascii() and first.islower():
        return False
    before = paint[dot - 1 : dot]
    if not spaced and before.isdigit():
        return False
    word = _ABBREVIATION.search(paint, max(0, dot - 12), dot)
    if word is None:
        return before not in ("", MASK) or spaced
    if len(word[0]) == 1 and word[0].isupper() and spaced:
        return False
    name = f" {word[0].lower()} "
    return name not in _BEFORE_NAME and not (name in _BEFORE_NUMBER and first.isdigit())
