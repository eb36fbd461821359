"""The words that go before a passage where it is embedded or looked up, never where it is shown."""

from collections.abc import Callable, Sequence

from index.note import Note, Passage

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


def embedded(
    note: Note, passages: Sequence[Passage], count_tokens: CountTokens, limit: int
) -> list[str]:
    """What a model reads for each passage: fitted context, then the passage's text.

    With the ``limit`` that the passages were split for, none is longer than it.
    """
    headings = list(dict.fromkeys(passage.heading for passage in passages))
    words = fitted(note.title, headings, count_tokens, context_room(limit))
    of = {heading: text for heading, (text, _) in zip(headings, words, strict=True)}
    return [of[passage.heading] + passage.text for passage in passages]


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
