"""Adds Obsidian's blocks to markdown-it, as rules.

Callouts, tasks and block ids are read off a block's text before its line is parsed;
headings get their ids, and Markdown links and images their places, after it.
"""

import copy
import re
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from search.render.obsidian_inline import Target, file_url, slug, target
from search.render.sanitize import SCHEMES

_CALLOUT = re.compile(r"\[!([\w-]{1,40})\]([+-]?)[ \t]*([^\n]*)\n?")
_TASK = re.compile(r"\[([ xX/?!*<>-])\][ \t]+")
_BOXES = {" ": "☐", "/": "◪", ">": "▷", "<": "◁", "-": "☒", "?": "❓", "!": "❗", "*": "★"}
"""How a task's state looks; every other one is done."""
_ALIGNED = re.compile(r"text-align:(center|right)")
_BLOCK_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]{1,100})\s*$")


def block_rules(md: MarkdownIt) -> None:
    """Adds the rules to a parser."""
    md.core.ruler.before("inline", "callouts", _callouts)
    md.core.ruler.before("inline", "tasks", _tasks)
    md.core.ruler.before("inline", "block_ids", _block_ids)
    md.core.ruler.after("inline", "heading_ids", _heading_ids)
    md.core.ruler.after("inline", "places", _places)
    md.core.ruler.after("inline", "alignment", _alignment)
    md.core.ruler.after("places", "embeds", _embeds)


def _callouts(state: StateCore) -> None:
    tokens, open_tags = [], []
    rest = iter(range(len(state.tokens)))
    for i in rest:
        token = state.tokens[i]
        tokens.append(token)
        if token.type == "blockquote_open":
            found = _callout_at(state.tokens, i)
            open_tags.append(_open_callout(token, found) if found else token.tag)
            if found:
                tokens += _title_and_text(state.tokens[i + 1 : i + 4], found, token.tag)
                for _ in range(3):
                    next(rest)
        elif token.type == "blockquote_close":
            token.tag = open_tags.pop()
    state.tokens = tokens


def _callout_at(tokens: list[Token], i: int) -> re.Match[str] | None:
    if i + 3 >= len(tokens) or tokens[i + 1].type != "paragraph_open":
        return None
    return _CALLOUT.match(tokens[i + 2].content)


def _open_callout(token: Token, found: re.Match[str]) -> str:
    token.tag = "details" if found[2] else "div"
    token.attrs = {"class": "callout", "data-callout": found[1].lower()}
    if found[2] == "+":
        token.attrs["open"] = ""
    return token.tag


def _title_and_text(paragraph: list[Token], found: re.Match[str], tag: str) -> list[Token]:
    """The callout's first line as its title, and what follows as a paragraph."""
    text = copy.deepcopy(paragraph)
    for part in (paragraph[0], paragraph[2]):
        part.tag = "summary" if tag == "details" else "div"
    paragraph[0].attrs = {"class": "callout-title"}
    paragraph[1].content = found[3].strip() or found[1].capitalize()
    text[1].content = text[1].content[found.end() :]
    return paragraph + text if text[1].content.strip() else paragraph


def _tasks(state: StateCore) -> None:
    for item, _, line in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type != "list_item_open" or line.type != "inline":
            continue
        if found := _TASK.match(line.content):
            item.attrs |= {"class": "task", "data-task": found[1]}
            line.content = f"{_BOXES.get(found[1], '☑')} " + line.content[found.end() :]


def _block_ids(state: StateCore) -> None:
    for before, block, line in zip(
        [None, *state.tokens], state.tokens, state.tokens[1:], strict=False
    ):
        if line.type == "inline" and (found := _BLOCK_ID.search(line.content)):
            line.content = line.content[: found.start()]
            holder = before if before is not None and block.hidden else block
            holder.attrSet("id", f"b-{found[1]}")


def _heading_ids(state: StateCore) -> None:
    seen: dict[str, int] = {}
    for block, line in zip(state.tokens, state.tokens[1:], strict=False):
        if block.type != "heading_open":
            continue
        title = "".join(child.content for child in line.children or () if child.content)
        name = slug(title)
        count = seen[name] = seen.get(name, -1) + 1
        block.attrSet("id", f"h-{name}-{count}" if count else f"h-{name}")
        state.env["outline"].append((int(block.tag[1]), title.strip(), block.attrGet("id")))


def _alignment(state: StateCore) -> None:
    """A cell's alignment as a class: styles are not let through."""
    for cell in state.tokens:
        if cell.type in ("th_open", "td_open"):
            found = _ALIGNED.search(str(cell.attrs.pop("style", "")))
            if found:
                cell.attrSet("class", found[1])


def _embeds(state: StateCore) -> None:
    """What is embedded in a paragraph of its own is shown there, below its link."""
    tokens = []
    for i, token in enumerate(state.tokens):
        tokens.append(token)
        line = state.tokens[i - 1]
        if token.type != "paragraph_close" or line.type != "inline" or token.hidden:
            continue
        place = _lone_embed(line)
        shown = place and state.env["places"].embed(place.meta["name"], place.meta["fragment"])
        if shown:
            open_, close = Token("embedded_open", "div", 1), Token("embedded_close", "div", -1)
            open_.attrs = {"class": "embedded"}
            body = Token("embedded", "", 0, content=shown)
            tokens += [open_, body, close]
    state.tokens = tokens


def _lone_embed(line: Token) -> Token | None:
    first, *rest = line.children or [line]
    alone = len(rest) == 2 and first.type == "place_open" and "name" in first.meta
    return first if alone and "embed" in str(first.attrGet("class")) else None


def _places(state: StateCore) -> None:
    for line in state.tokens:
        if line.children:
            line.children = _placed(line.children, state)


def _placed(children: list[Token], state: StateCore) -> list[Token]:
    placed, open_tags = [], []
    for token in children:
        if token.type == "link_open":
            _place_link(token, _where(str(token.attrGet("href") or ""), state))
            open_tags.append(token.tag)
        elif token.type == "link_close" and open_tags:
            token.tag = open_tags.pop()
        elif token.type == "image":
            placed += _place_image(token, state)
            continue
        placed.append(token)
    return placed


def _where(href: str, state: StateCore) -> Target:
    """Where a Markdown link leads: out, to a note, to a heading here or to a file."""
    if _is_remote(href):
        return Target(href, "external")
    path, _, fragment = href.partition("#")
    return target(state.env["places"], unquote(path), unquote(fragment))


def _is_remote(href: str) -> bool:
    return href.startswith("//") or href.partition(":")[0].lower() in SCHEMES


def _place_link(token: Token, where: Target) -> None:
    token.attrs.pop("href", None)
    token.attrs["class"] = where.kind
    if where.href is None:
        token.tag = "span"
    else:
        token.attrs["href"] = where.href


def _place_image(token: Token, state: StateCore) -> list[Token]:
    """An image of the vault as it is, a remote one as a link, a missing one as its text."""
    src = str(token.attrGet("src") or "")
    path = None if _is_remote(src) else state.env["places"].file(unquote(src))
    if path is not None:
        token.attrs |= {"src": file_url(path), "loading": "lazy"}
        return [token]
    remote = urlsplit(src).scheme in ("http", "https")
    where = Target(src, "remote-image") if remote else Target(None, "unresolved")
    link = Token("link_open", "a", 1)
    _place_link(link, where)
    text = Token("text", "", 0, content=token.content or src.rpartition("/")[2] or src)
    return [link, text, Token("link_close", link.tag, -1)]
