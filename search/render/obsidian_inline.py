"""Adds Obsidian's marks inside a line to markdown-it, as rules.

``[[links]]``, ``![[embeds]]``, ``==marks==``, ``$mathematics$``, ``%%comments%%`` and
``#tags``. Where a link leads is asked of ``env["places"]``.
"""

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\]")
_TAG = re.compile(r"#([\w/-]*[^\W\d][\w/-]*)")
_MATH = re.compile(r"(\$\$?)(?=\S)((?:\\.|[^$\\\n])+)(?<=\S)\1(?!\d)")
_SIZE = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?")
_NOT_SLUG = re.compile(r"[^\w]+")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg")


class Places(Protocol):
    """Where the links of one note lead."""

    def note(self, target: str) -> str | None:
        """Path of the note meant, or None."""

    def file(self, target: str) -> str | None:
        """Path of the attachment meant, inside the vault, or None."""

    def embed(self, target: str, fragment: str) -> str | None:
        """What an embed shows, as safe HTML; None where it stays a link."""


@dataclass(frozen=True, slots=True)
class Target:
    """A link's address and the look of it; ``href`` is None where it leads nowhere."""

    href: str | None
    kind: str


def slug(title: str) -> str:
    """What a heading is called in an address."""
    return _NOT_SLUG.sub("-", title.casefold()).strip("-")


def anchor(fragment: str | None) -> str:
    """``#id`` of the element that a link's fragment means, or nothing."""
    if not fragment:
        return ""
    last = fragment.rpartition("#")[2]
    name = f"b-{last[1:]}" if last.startswith("^") else f"h-{slug(last)}"
    return "#" + quote(name)


def file_url(path: str) -> str:
    """Address of an attachment of the vault."""
    return "/api/files/" + quote(path)


def target(places: Places, name: str, fragment: str | None) -> Target:
    """Where a link to a name or path inside the vault leads."""
    if not name:
        return Target(anchor(fragment) or None, "wikilink")
    if path := places.note(name):
        return Target(f"/?note={quote(path, safe='')}{anchor(fragment)}", "wikilink")
    if path := places.file(name):
        return Target(file_url(path), "external")
    return Target(None, "unresolved")


def inline_rules(md: MarkdownIt) -> None:
    """Adds the rules to a parser."""
    md.inline.ruler.before("link", "wikilink", _wikilink)
    md.inline.ruler.before("link", "mark", _mark)
    md.inline.ruler.before("link", "comment", _comment)
    md.inline.ruler.before("link", "tag", _tag)
    md.inline.ruler.before("escape", "math", _math)
    md.block.ruler.before(
        "fence", "comment", _comment_block, {"alt": ["paragraph", "reference", "list"]}
    )


def _wikilink(state: StateInline, silent: bool) -> bool:
    found = _WIKILINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.pos = found.end()
    if not silent:
        body, _, alias = found[2].partition("|")
        name, _, fragment = body.strip().partition("#")
        label = alias.strip() or body.strip().replace("#", " › ").strip(" ›")
        if found[1] and name.lower().endswith(IMAGES):
            _image(state, name.strip(), alias.strip())
        else:
            where = target(state.env["places"], name.strip(), fragment)
            place = _link(state, where, label, embed=bool(found[1]))
            place.meta = {"name": name.strip(), "fragment": fragment}
    return True


def _link(state: StateInline, where: Target, label: str, *, embed: bool) -> Token:
    tag = "a" if where.href else "span"
    token = state.push("place_open", tag, 1)
    token.attrs = {"class": f"{where.kind} embed" if embed else where.kind}
    if where.href:
        token.attrs["href"] = where.href
    state.push("text", "", 0).content = label
    state.push("place_close", tag, -1)
    return token


def _image(state: StateInline, name: str, alias: str) -> None:
    path = state.env["places"].file(name)
    if path is None:
        _link(state, Target(None, "unresolved"), name, embed=True)
        return
    token = state.push("picture", "img", 0)
    size = _SIZE.fullmatch(alias)
    alt = name.rpartition("/")[2] if size or not alias else alias
    token.attrs = {"src": file_url(path), "loading": "lazy", "alt": alt}
    for key, value in zip(("width", "height"), size.groups() if size else (), strict=False):
        if value:
            token.attrs[key] = value


def _mark(state: StateInline, silent: bool) -> bool:
    start, limit = state.pos + 2, state.posMax
    if not state.src.startswith("==", state.pos):
        return False
    end = state.src.find("==", start, limit)
    text = state.src[start:end]
    if end < 0 or not text or text != text.strip():
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
    state.pos, state.posMax = end + 2, limit
    return True


def _math(state: StateInline, silent: bool) -> bool:
    found = _MATH.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("math", "span", 0).content = found[2]
    state.pos = found.end()
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, state.posMax)
    if end < 0:
        return False
    state.pos = end + 2
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    found = _TAG.match(state.src, state.pos, state.posMax)
    if found is None or (state.pos > 0 and not state.src[state.pos - 1].isspace()):
        return False
    if not silent:
        where = Target(f"/?tag={quote(found[1], safe='')}", "tag")
        _link(state, where, found[0], embed=False)
    state.pos = found.end()
    return True


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``%%`` alone on its line, or open at its end: nothing is shown up to the next one."""
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not first.startswith("%%"):
        return False
    closed_at = first.find("%%", 2)
    if closed_at >= 0 and first[closed_at + 2 :].strip():
        return False
    if silent:
        return True
    line = start + 1
    if closed_at < 0:
        while line < end and "%%" not in state.src[state.bMarks[line] : state.eMarks[line]]:
            line += 1
        line += 1
    state.line = min(line, end)
    return True
