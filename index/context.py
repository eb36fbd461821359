"""What a model reads of a passage: title and headings, then the passage's words.

The one place that decides it, when notes are split, when texts are embedded and when a
question is scored against passages. Nothing of it is ever shown.
"""

from collections.abc import Callable, Sequence

from index.note import Note, Passage, PassageKind
from index.spoken import spoken

CountTokens = Callable[[Sequence[str]], list[int]]
"""Tokens of each text in the model's own count, without its prompt and special tokens."""

MOST_CHARACTERS = 1000
"""Longer titles and paths are cut before anything is counted."""


def context(title: str, heading: Sequence[str]) -> str:
    """Title and heading path as one line ending in a line feed; a repeated title once."""
    path = list(heading)
    if path and path[0].strip() == title.strip():
        path = path[1:]
    words = " › ".join(" ".join(part.split()) for part in (title, *path) if part.strip())
    return f"{words}\n" if words else ""


def fitted(
    title: str, headings: Sequence[tuple[str, ...]], count_tokens: CountTokens, room: int
) -> list[tuple[str, int]]:
    """The context of each heading path and its tokens, none over ``room`` tokens.

    What is too long gives up its outermost headings first, then the end of its title.
    """
    whole = [context(title, path)[:MOST_CHARACTERS] for path in headings]
    counts = count_tokens(whole) if whole else []
    return [
        (words, tokens) if tokens <= room else _shorter(title, path, count_tokens, room)
        for path, words, tokens in zip(headings, whole, counts, strict=True)
    ]


def as_read(words: str, text: str, kind: PassageKind) -> str:
    """What is embedded of a passage: ``words``, its context, and what is spoken of its text."""
    return words + spoken(text, kind)


def contexts(
    note: Note, passages: Sequence[Passage], count_tokens: CountTokens, limit: int
) -> list[str]:
    """The context of each passage, fitted.

    With the ``limit`` that the passages were split for, none of them is longer than it when
    its context stands before it.
    """
    headings = list(dict.fromkeys(passage.heading for passage in passages))
    words = fitted(note.title, headings, count_tokens, context_room(limit))
    of = {heading: text for heading, (text, _) in zip(headings, words, strict=True)}
    return [of[passage.heading] for passage in passages]


def context_room(limit: int) -> int:
    """Tokens that title and headings may take, so that most of what is read is text."""
    return min(limit // 3, 96)


def _shorter(
    title: str, heading: tuple[str, ...], count_tokens: CountTokens, room: int
) -> tuple[str, int]:
    """The context without as many outer headings as make it fit, else the title's begin."""
    forms = [context(title, heading[outer:])[:MOST_CHARACTERS] for outer in range(len(heading))]
    forms.append(context(title[:MOST_CHARACTERS], ()))
    counted = list(zip(forms, count_tokens(forms), strict=True))
    fitting = (form for form in counted if form[1] <= room)
    return next(fitting, None) or _clipped(*counted[-1], count_tokens, room)


def _clipped(words: str, tokens: int, count_tokens: CountTokens, room: int) -> tuple[str, int]:
    """``words`` cut at the end until they fit; nothing at all where one letter is too long."""
    line = words
    while tokens > room:
        line = line[: min(len(line) * room // tokens, len(line) - 1)].rstrip()
        if not line:
            return "", 0
        tokens = count_tokens([line + "\n"])[0]
    return (line if line == words else line + "\n"), tokens
