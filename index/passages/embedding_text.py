"""Builds what a model reads of a passage: title and headings, then the passage's words.

The one place that decides it, when notes are split, when texts are embedded and when a
question is scored against passages. Nothing of it is ever shown.

What of a passage a model reads: its words, without what Markdown needs to show them.

Addresses, targets of links and marks of emphasis are about a seventh of what is embedded
and say next to nothing, so they cost time and blur vectors. Passages themselves stay exact
slices: they are stored, shown and looked up by word as they stand in the note.
"""

import re
from collections.abc import Callable, Sequence

from index.markdown.note import Note, Passage, PassageKind

CountTokens = Callable[[Sequence[str]], list[int]]
"""Tokens of each text in the model's own count, without its prompt and special tokens."""

MOST_CHARACTERS = 1000
"""Longer titles and paths are cut before anything is counted."""

LONGEST_ADDRESS = 60
"""Letters kept of a bare address: its host and the words of its path."""

_TARGET = r"\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)"
_IMAGE = re.compile(rf"!\[([^\[\]\r\n]*+)\]{_TARGET}")
_LINK = re.compile(rf"\[((?:[^\[\]\r\n]++|\[[^\[\]\r\n]*+\])*+)\]{_TARGET}")
_WIKILINK = re.compile(r"!?\[\[([^\[\]\r\n]*+)\]\]")
_END = r"\s<>\"`，。；：！？、（）【】《》“”"
_ADDRESS = re.compile(rf"<?https?://(?:www\.)?([^{_END}?#]*+)[^{_END}]*+>?")
_STRONG = re.compile(r"\*\*([^*\r\n]++)\*\*")


def heading_context(title: str, heading: Sequence[str]) -> str:
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
    whole = [heading_context(title, path)[:MOST_CHARACTERS] for path in headings]
    counts = count_tokens(whole) if whole else []
    return [
        (words, tokens) if tokens <= room else _shorter(title, path, count_tokens, room)
        for path, words, tokens in zip(headings, whole, counts, strict=True)
    ]


def embedding_text(words: str, text: str, kind: PassageKind) -> str:
    """What is embedded of a passage: ``words``, its context, and what is spoken of its text."""
    return words + plain_text(text, kind)


def heading_contexts(
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
    forms = [
        heading_context(title, heading[outer:])[:MOST_CHARACTERS] for outer in range(len(heading))
    ]
    forms.append(heading_context(title[:MOST_CHARACTERS], ()))
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


def plain_text(text: str, kind: PassageKind) -> str:
    """``text`` as a model reads it; code as it stands, and what would be left without a word.

    Links and images become their labels, wikilinks their alias or the note's name, bare
    addresses their host and path; bold text loses its marks.
    """
    if kind == "code":
        return text
    words = text
    if "](" in words:
        words = _LINK.sub(r"\1", _IMAGE.sub(r"\1", words))
    if "[[" in words:
        words = _WIKILINK.sub(lambda found: _name(found[1]), words)
    if "://" in words:
        words = _ADDRESS.sub(lambda found: found[1][:LONGEST_ADDRESS].rstrip("/"), words)
    if "**" in words:
        words = _STRONG.sub(r"\1", words)
    return words if words.strip() else text


def _name(inside: str) -> str:
    """The words of a wikilink: its alias, else the note's name and heading."""
    target, _, alias = inside.partition("|")
    path, _, heading = target.rstrip("\\").partition("#")
    name = path.rpartition("/")[2].removesuffix(".md")
    return alias.strip() or " ".join(part for part in (name, heading.strip("^")) if part)
