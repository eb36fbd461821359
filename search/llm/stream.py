"""Parts a model's words as they arrive into sentences, each as soon as it is whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.markdown.sentences import sentences
from search.llm.chat_endpoint import WriterFailed

LONGEST = 800
"""Characters of a sentence that anybody would want."""
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)、])[ \t]+")
_MARKED_LATE = re.compile(
    r"([。！？；…!?.]+[”’」』）】》\"')]*)[ \t]*((?:\[[\d\s,，、;；^]+\][ \t]*)+)"
)
_THOUGHT = re.compile(r"\s*<think(?:ing)?>.*?(?:(?P<end></think(?:ing)?>)|\Z)", re.DOTALL)
_MAY_BE_THOUGHT = re.compile(r"\s*(?:<[a-z]{0,8})?\Z")
_WIDE_MARK = re.compile(r"[【［](?=\^?\d)|(?<=\d)[】］]")


@dataclass(frozen=True, slots=True)
class ModelSentence:
    """A sentence as the model wrote it, and whether a line or a list item begins with it."""

    text: str
    begins: bool
    is_item: bool = False


def model_sentences(pieces: Iterable[str]) -> Iterator[ModelSentence]:
    """The sentences in order; the last one comes when the words end.

    Words that a model thinks aloud before it answers are left out.

    Raises:
        Unwritten: a sentence does not end.
    """
    rest, begins, is_item = "", True, False
    for piece in _spoken(pieces):
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            is_item = is_item if not begins else bool(_ITEM.match(line))
            yield from _of(_parts(line), begins, is_item)
            begins = True
        if begins:
            is_item = bool(_ITEM.match(rest))
        *whole, rest = _parts(rest, ended=False)
        if len(rest) > LONGEST:
            raise WriterFailed("says a sentence without end")
        if whole:
            yield from _of(whole, begins, is_item)
            begins = False
    yield from _of(_parts(rest), begins, is_item)


def _of(parts: Iterable[str], begins: bool, is_item: bool) -> Iterator[ModelSentence]:
    for part in parts:
        yield ModelSentence(part, begins, is_item)
        begins = False


def _parts(line: str, *, ended: bool = True) -> list[str]:
    """The sentences of a line. Of one that goes on, the last part is what may still grow."""
    line = _WIDE_MARK.sub(lambda sign: "[" if sign[0] in "【［" else "]", line)
    line = _MARKED_LATE.sub(lambda end: f"{end[2].strip()}{end[1]} ", line)
    spans = sentences(line)
    if ended:
        return [line[start:end] for start, end in spans]
    # What follows a sentence may be its mark, as long as it is not known to be anything else.
    if len(spans) < 2 or line.startswith(("[", "【", "［"), spans[-1][0]):
        return [line]
    return [*(line[start:end] for start, end in spans[:-1]), line[spans[-1][0] :]]


def _spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces less a thought at the very beginning."""
    start: str | None = ""
    for piece in pieces:
        if start is None:
            yield piece
            continue
        start += piece
        thought = _THOUGHT.match(start)
        if (thought and not thought["end"]) or (not thought and _MAY_BE_THOUGHT.match(start)):
            continue
        yield start[thought.end() :] if thought else start
        start = None
    if start and not _THOUGHT.match(start):
        yield start
