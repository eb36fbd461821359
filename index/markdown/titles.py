"""Tells what a note is called."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from index.markdown.frontmatter import Frontmatter, named
from index.markdown.note import Heading, Property

TITLE_KEYS = ("title", "标题")
_LONGEST = 300
_KEY = re.compile(r"\A[^:=\r\n]*+[:=]++")
_LINK_TEXT = re.compile(r"!?\[\[(?:[^\[\]|]{0,500}\|)?([^\[\]|]{0,500})\]\]")
_MARKDOWN_TEXT = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_EMPHASIS = (
    re.compile(r"(\*\*\*|\*\*|~~|==|`)(?=\S)(.{1,500}?)(?<=\S)\1"),
    re.compile(r"(?<!\w)(__|\*|_)(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)"),
)
_BLOCK_ID = re.compile(r"[ \t]\^[\w-]+$")


def title_of(
    path: str, text: str, front: Frontmatter, headings: Sequence[Heading]
) -> tuple[str, tuple[str, ...]]:
    """The title, and warnings if it had to be made one.

    A property comes first, then the first heading of level 1, then a lower heading that
    opens the note and stands above all others, then the name of the file; a folder's own
    note (``index``, ``_index``) is called like the folder.
    """
    for one in named(front.properties, TITLE_KEYS):
        if one.values:
            title = " ".join(", ".join(one.values).split())
            return title[:_LONGEST].rstrip(), _warnings(one, text)
    top = next((one.title for one in headings if one.level == 1 and one.title), None)
    if top:
        return top, ()
    if headings and not text[front.body_start : headings[0].start].strip():
        level = headings[0].level
        if headings[0].title and all(one.level > level for one in headings[1:]):
            return headings[0].title, ()
    file = PurePosixPath(path)
    folder_note = file.stem.lower() in ("_index", "index") and file.parent.name
    return folder_note or file.stem, ()


def _warnings(entry: Property, text: str) -> tuple[str, ...]:
    written = _KEY.sub("", text[entry.start : entry.end])
    line = text.count("\n", 0, entry.start) + 1
    if len(entry.values) > 1 or written.lstrip(" \t").startswith(("[", "{", "\r", "\n")):
        return (f"line {line}: title is a list; joined into one",)
    if re.fullmatch(r"\s*[-+]?[\d_]+(?:\.\d+)?\s*", written):
        return (f"line {line}: title is a number; taken as text",)
    return ()


def plain(title: str) -> str:
    """A heading's words without their markup."""
    title = _LINK_TEXT.sub(r"\1", _MARKDOWN_TEXT.sub(r"\1", title))
    title = _BLOCK_ID.sub("", title)
    for mark in _EMPHASIS:
        title = mark.sub(r"\2", title)
    return title.strip()
