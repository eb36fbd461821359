"""Links and tags in a note's visible text, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_OPENING = re.compile(r"(?<!\\)!?\[\[")
_LONGEST = 2_000
_ATTACHMENT = re.compile(
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|flac|m4a|mp3|ogg|wav|webm|3gp|mkv|mov|mp4|ogv"
    r"|pdf|canvas|base)$",
    re.IGNORECASE,
)
_NOTE_END = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BRACKET = re.compile(r"\\.|\[|\](?:\(|)|\n[ \t]*+\r?\n")
_DESTINATION = re.compile(
    r"\([ \t]{0,9}(?:<([^<>\r\n]{0,2000}+)>|((?>[^\s()\\]|\\.|\([^\s()]{0,500}+\)){1,2000}+))"
    r"(?:[ \t]{1,9}(?:\"[^\"\r\n]{0,500}+\"|'[^'\r\n]{0,500}+'))?[ \t]{0,9}\)"
)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\r\n]{1,200})\]:[ \t]{1,9}(?:<([^<>\r\n]{1,2000})>|(\S{1,2000}))",
    re.MULTILINE,
)
_REFERENCE = re.compile(
    r"(?<![\\!\]])\[([^\[\]\r\n]{1,200})\](?:\[([^\[\]\r\n]{0,200})\])?(?![\[(:])"
)
_TAG_END = r"\s\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40"
_TAG = re.compile(
    r"(?<![^\s\u3000-\u303f\uff08-\uff0c\uff1a\uff1b])#"
    rf"([^{_TAG_END}\uff5b-\uff65'!\"#$%&()*+,.:;<=>?@^`{{|}}~\[\]\\]{{1,200}}+)"
)


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link by its parts, before anything around it is looked at."""

    target: str
    fragment: str | None
    alias: str | None
    embed: bool
    start: int
    end: int


def wikilinks(visible: str, text: str) -> Iterator[RawLink]:
    """``[[…]]`` and ``![[…]]``; links to pictures and other attachments are left out."""
    at = 0
    while opening := _OPENING.search(visible, at):
        span = _closed(visible, opening.end())
        if span is None:
            at = opening.end()
            continue
        inner, end = span
        start = opening.start() if inner == opening.end() else inner - 2
        at = end
        link = _wikilink(text[inner : end - 2], start, end, visible[start] == "!")
        if link:
            yield link


def _closed(visible: str, inner: int) -> tuple[int, int] | None:
    """Where the link's inside begins and the link ends; names may hold brackets."""
    stop = visible.find("\n", inner, inner + _LONGEST)
    stop = stop if stop >= 0 else min(len(visible), inner + _LONGEST)
    close = visible.find("]]", inner, stop)
    if close < 0:
        return None
    nested = visible.rfind("[[", inner, close)
    if nested >= 0:
        inner = nested + 2
    content = visible[inner:close]
    if content.startswith("[") and content.count("[") > content.count("]"):
        inner += 1
    # In [[name [x]]] the first closing bracket belongs to the name.
    open_brackets = content.count("[") - content.count("]")
    while open_brackets > 0 and visible[close + 2 : close + 3] == "]" and inner < close:
        if content.startswith("["):
            break
        close += 1
        open_brackets -= 1
    return inner, close + 2


def _wikilink(content: str, start: int, end: int, embed: bool) -> RawLink | None:
    if "](" in content:
        return None
    left, _, alias = content.partition("|")
    name, _, fragment = left.rstrip("\\").partition("#")
    name = name.strip()
    if _ATTACHMENT.search(name) or "://" in name or not (name or fragment.strip()):
        return None
    return RawLink(name, fragment.strip() or None, alias.strip() or None, embed, start, end)


def markdown_links(visible: str, text: str) -> Iterator[RawLink]:
    """``[text](note.md)`` and ``[text][label]`` whose target is a note beside this one.

    A target is percent-decoded, and marked as relative by ``./`` unless it says so itself.
    """
    opened: list[int] = []
    for token in _BRACKET.finditer(visible):
        mark = token[0]
        if mark == "[":
            opened.append(token.start())
        elif mark[0] == "\n":
            opened.clear()
        elif mark[0] == "]" and opened:
            start = opened.pop()
            found = _DESTINATION.match(visible, token.end() - 1) if mark == "](" else None
            place = found and _local(found[1] or found[2])
            if found and place:
                embed = start > 0 and visible[start - 1] == "!"
                alias = text[start + 1 : token.start()].strip() or None
                begin = start - 1 if embed else start
                yield RawLink(*place, alias, embed, begin, found.end())
    yield from _reference_links(visible, text)


def _reference_links(visible: str, text: str) -> Iterator[RawLink]:
    places: dict[str, tuple[str, str | None]] = {}
    for definition in _DEFINITION.finditer(visible):
        place = _local(definition[2] or definition[3])
        if place and not definition[1].startswith("^"):
            places.setdefault(definition[1].strip().casefold(), place)
    if not places:
        return
    for match in _REFERENCE.finditer(visible):
        place = places.get((match[2] or match[1]).strip().casefold())
        if place:
            alias = text[match.start(1) : match.end(1)].strip() or None
            yield RawLink(*place, alias, False, match.start(), match.end())


def _local(destination: str) -> tuple[str, str | None] | None:
    """Target and fragment if the destination is a note in the vault."""
    destination = re.sub(r"\\(.)", r"\1", destination)
    if _SCHEME.match(destination) or destination.startswith("//"):
        return None
    name, _, fragment = destination.partition("#")
    name, fragment = unquote(name.partition("?")[0]).strip(), unquote(fragment).strip()
    last = name.rstrip("/").rpartition("/")[2]
    if not name:
        return ("", fragment) if fragment else None
    if not _NOTE_END.search(last) and ("." in last or not last):
        return None
    if not name.startswith(("/", "./", "../")):
        name = "./" + name
    return name, fragment or None


def inline_tags(visible: str) -> Iterator[str]:
    """``#tag`` and ``#tag/nested``, without the mark; one that is only digits is none."""
    for match in _TAG.finditer(visible):
        tag = match[1].strip("/-_")
        if tag and not tag.replace("/", "").isdecimal():
            yield tag
