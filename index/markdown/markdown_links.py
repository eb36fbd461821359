"""Finds Markdown's own links where they lead to another note of the vault."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from index.markdown.wikilinks import RawLink

_LONGEST_TEXT = 2_000
_NOTE_END = re.compile(r"\.(?:md|markdown)\Z", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|//")
_BRACKET = re.compile(r"\\.|\[|\]\(?|\n[ \t]*+\r?\n")
_DESTINATION = re.compile(
    r"\([ \t]{0,9}(?:<([^<>\r\n]{0,2000}+)>|((?>[^\s()\\]|\\.|\([^\s()]{0,500}+\)){1,2000}+))"
    r"(?:[ \t]{1,9}(?:\"[^\"\r\n]{0,500}+\"|'[^'\r\n]{0,500}+'))?[ \t]{0,9}\)"
)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\r\n]{1,200})\]:[ \t]{1,9}(?:<([^<>\r\n]{1,2000})>|([^\s<]\S{0,2000}))",
    re.MULTILINE,
)
_SHORTCODE = re.compile(r"\{\{[<%][ \t]*(?:rel)?ref[ \t]+\"([^\"\r\n]{1,1000})\"[ \t]*[%>]\}\}")
_REFERENCE = re.compile(
    r"(?<![\\!\]])\[([^\[\]\r\n]{1,200})\](?:\[([^\[\]\r\n]{0,200})\])?(?![\[(:])"
)


def markdown_links(visible: str, text: str) -> Iterator[RawLink]:
    """``[text](note.md)``, ``[text][label]``, ``[label]`` and Hugo's ``{{< ref "note" >}}``.

    They come in no particular order. Only destinations that end in ``.md`` or ``.markdown``,
    or in no extension at all, are notes. A target is percent-decoded, and marked as relative
    by ``./`` unless it already says where it starts. Wikilinks must be blank in ``visible``.
    """
    opened: list[int] = []
    for token in _BRACKET.finditer(visible):
        if token[0] == "[":
            opened.append(token.start())
        elif token[0][0] == "\n":
            opened.clear()
        elif token[0][0] == "]" and opened:
            start = opened.pop()
            found = _DESTINATION.match(visible, token.end() - 1) if token[0] == "](" else None
            if not found or token.start() - start > _LONGEST_TEXT:
                continue
            embed = visible[start - 1 : start] == "!"
            if not embed:  # a picture may stand in a link's text, another link may not
                opened.clear()
            if place := _local(found[1] or found[2] or ""):
                alias = text[start + 1 : token.start()].strip() or None
                yield RawLink(*place, alias, embed, start - embed, found.end())
    yield from _reference_links(visible, text)
    for code in _SHORTCODE.finditer(visible):
        if place := _local(code[1]):
            yield RawLink(*place, None, False, code.start(), code.end())


def _reference_links(visible: str, text: str) -> Iterator[RawLink]:
    places: dict[str, tuple[str, str | None]] = {}
    for definition in _DEFINITION.finditer(visible):
        place = _local(definition[2] or definition[3])
        if place and not definition[1].startswith("^"):
            places.setdefault(_label(definition[1]), place)
    if not places:
        return
    for match in _REFERENCE.finditer(visible):
        if place := places.get(_label(match[2] or match[1])):
            alias = text[match.start(1) : match.end(1)].strip() or None
            yield RawLink(*place, alias, False, match.start(), match.end())


def _label(written: str) -> str:
    return " ".join(written.casefold().split())


def _local(destination: str) -> tuple[str, str | None] | None:
    """Target and fragment if the destination is a note of this vault."""
    if _SCHEME.match(destination):
        return None
    name, _, fragment = re.sub(r"\\([^\w\s])", r"\1", destination).partition("#")
    name, fragment = unquote(name.partition("?")[0]).strip(), unquote(fragment).strip()
    if not name:
        return ("", fragment) if fragment else None
    last = name.rstrip("/").rpartition("/")[2]
    if not last or ("." in last and not _NOTE_END.search(last)):
        return None
    is_placed = name.startswith(("/", "./", "../"))
    return (name if is_placed else "./" + name), fragment or None
