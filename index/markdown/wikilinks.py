"""Finds wikilinks and tags in a note's visible text, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.markdown.masks import mask

_OPENING = re.compile(r"(?<!\\)!?\[\[")
_LONGEST = 2_000
"""Characters between ``[[`` and ``]]``."""
_ATTACHMENT = re.compile(
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|flac|m4a|mp3|ogg|wav|webm|3gp|mkv|mov|mp4|ogv"
    r"|pdf|canvas|base)\Z",
    re.IGNORECASE,
)
_OTHER_VAULT = re.compile(r"dendron://[^/]*/", re.IGNORECASE)
_BEFORE_TAG = r"\s\u3000-\u303f\uff08-\uff0c\uff1a\uff1b"
_NOT_IN_TAG = (
    r"\s'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f"
    r"\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_TAG = re.compile(rf"#(?<![^{_BEFORE_TAG}]#)([^{_NOT_IN_TAG}]{{1,200}}+)")
_BRACKETED_TAG = re.compile(rf"#\[\[(?<![^{_BEFORE_TAG}]#\[\[)([^\[\]|#\r\n]{{1,200}})\]\]")


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link by its parts, before anything around it is looked at."""

    target: str
    fragment: str | None
    alias: str | None
    embed: bool
    start: int
    end: int


def wikilinks(visible: str, text: str, *, label_first: bool = False) -> Iterator[RawLink]:
    """``[[name#heading|alias]]`` and embeds ``![[…]]``, in order.

    Links to pictures and other attachments are left out. With ``label_first`` the alias
    stands before the bar.
    """
    at = 0
    while opening := _OPENING.search(visible, at):
        at = opening.end()
        if not (span := _inside(visible, at)):
            continue
        inner, close = span
        start = opening.start() if inner == at else inner - 2
        at = close + 2
        left, bar, right = text[inner:close].partition("|")
        name, alias = (right, left) if label_first and bar else (left, right)
        target, _, fragment = name.rstrip("\\").partition("#")
        target, fragment = _OTHER_VAULT.sub("", target.strip()), fragment.strip()
        if _is_note(target) and (target or fragment):
            embed = visible[start] == "!"
            yield RawLink(target, fragment or None, alias.strip() or None, embed, start, at)


def _inside(visible: str, inner: int) -> tuple[int, int] | None:
    """Where the inside of a link begins and ends; a name may hold brackets of its own."""
    limit = inner + _LONGEST
    stop = visible.find("\n", inner, limit)
    close = visible.find("]]", inner, limit if stop < 0 else stop)
    if close < 0:
        return None
    nested = visible.rfind("[[", inner, close)
    inner = nested + 2 if nested >= 0 else inner
    content = visible[inner:close]
    if "](" in content:
        return None
    unclosed = content.count("[") - content.count("]")
    if unclosed > 0 and content.startswith("["):
        return inner + 1, close
    # The first bracket after [[name [x] closes the name's own, not the link.
    while unclosed > 0 and visible.startswith("]]", close + 1):
        close += 1
        unclosed -= 1
    return inner, close


def _is_note(target: str) -> bool:
    return not _ATTACHMENT.search(target) and "://" not in target


def inline_tags(visible: str, links: list[tuple[int, int]]) -> Iterator[str]:
    """``#tag``, ``#tag/nested`` and ``#[[a tag]]``, without the marks.

    As in Obsidian a tag is no number, and nothing but a space or a Chinese mark of
    punctuation stands before it. ``links`` are spans in which no tag begins.
    """
    for match in _BRACKETED_TAG.finditer(visible):
        yield match[1].strip()
    for match in _TAG.finditer(mask(visible, links)):
        tag = match[1].strip("/-_")
        if tag and not tag.replace("/", "").isdecimal():
            yield tag
