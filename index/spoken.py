"""What of a passage a model reads: its words, without what Markdown needs to show them.

Addresses, targets of links and marks of emphasis are about a seventh of what is embedded
and say next to nothing, so they cost time and blur vectors. Passages themselves stay exact
slices: they are stored, shown and looked up by word as they stand in the note.
"""

import re

from index.note import PassageKind

LONGEST_ADDRESS = 60
"""Letters kept of a bare address: its host and the words of its path."""

_TARGET = r"\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)"
_IMAGE = re.compile(rf"!\[([^\[\]\r\n]*+)\]{_TARGET}")
_LINK = re.compile(rf"\[((?:[^\[\]\r\n]++|\[[^\[\]\r\n]*+\])*+)\]{_TARGET}")
_WIKILINK = re.compile(r"!?\[\[([^\[\]\r\n]*+)\]\]")
_END = r"\s<>\"`，。；：！？、（）【】《》“”"
_ADDRESS = re.compile(rf"<?https?://(?:www\.)?([^{_END}?#]*+)[^{_END}]*+>?")
_STRONG = re.compile(r"\*\*([^*\r\n]++)\*\*")


def spoken(text: str, kind: PassageKind) -> str:
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
