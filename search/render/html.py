"""Turns a note's Markdown into HTML that is safe to show, each block with its place in the file."""

import re
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from index.markdown.note import Note
from search.render.formulas import diagram, mathml
from search.render.obsidian_blocks import block_rules
from search.render.obsidian_inline import Places, inline_rules
from search.render.sanitize import sanitise

_LINE_END = re.compile(r"\r\n?|\n")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*|\r\n[ \t]*\r\n\s*")
MOST_CHARACTERS = 2_000_000
MOST_RAW_TAGS = 20_000
"""Tags that the note writes itself; building a tree of more takes time by their square."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of a note's outline; ``id`` is the heading's in the HTML."""

    level: int
    title: str
    id: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Sanitised HTML in which each block carries ``data-start`` and ``data-end``:
    offsets of its lines in ``note.text``, in characters."""

    html: str
    outline: tuple[Section, ...]


class _TooMuch(Exception):
    pass


class _Inserts:
    """Markup of our own that stands in the HTML as a word until the rest has been sanitised."""

    def __init__(self) -> None:
        self._secret = secrets.token_hex(12)  # which no note can guess
        self._kept: list[str] = []

    def put(self, html: str) -> str:
        """The word that stands for it."""
        self._kept.append(html)
        return f"{self._secret}-{len(self._kept) - 1}-"

    def filled(self, html: str) -> str:
        """The HTML with everything in its place."""
        return re.sub(rf"{self._secret}-(\d+)-", lambda found: self._kept[int(found[1])], html)


def render(note: Note, places: Places, seconds: float = 5.0) -> Rendered:
    """Renders a note as Obsidian shows it.

    A note made to be slow (more than ``seconds``) or deep comes out as its plain text,
    and so does one of more than two million characters.
    """
    if len(note.text) > MOST_CHARACTERS:
        return _plain(note)
    inserts = _Inserts()
    env: dict[str, Any] = {"places": places, "outline": [], "inserts": inserts}
    md = _parser(time.monotonic() + seconds)
    try:
        tokens = md.parse(_body(note), env)
        if sum(token.content.count("<") for token in _raw(tokens)) > MOST_RAW_TAGS:
            raise _TooMuch
        _set_offsets(tokens, note)
        html = md.renderer.render(tokens, md.options, env)
    except (_TooMuch, RecursionError):
        return _plain(note)
    html = inserts.filled(sanitise(html))
    return Rendered(html, tuple(Section(*entry) for entry in env["outline"]))


def _parser(deadline: float) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 60})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    md.use(dollarmath_plugin, allow_labels=False).disable("math_inline")
    inline_rules(md)
    block_rules(md)

    def in_time(*_: object) -> bool:
        if time.monotonic() > deadline:
            raise _TooMuch
        return False

    # Every loop of the parser goes through its first rule, so the clock stands there.
    md.inline.ruler.before("text", "clock", in_time)
    md.block.ruler.before("table", "clock", in_time)
    md.add_render_rule("fence", _fence)
    md.add_render_rule("embedded", _embedded)
    md.add_render_rule("math", _math)
    md.add_render_rule("math_block", _math_block)
    return md


def _body(note: Note) -> str:
    """The text with frontmatter emptied, so that line numbers stay those of the file."""
    head = len(_LINE_END.findall(note.text, 0, note.body_start))
    return "\n" * head + note.text[note.body_start :].removeprefix("\ufeff")


def _raw(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type in ("html_block", "html_inline"):
            yield token
        yield from _raw(token.children or ())


def _set_offsets(tokens: list[Token], note: Note) -> None:
    starts = [0, *(end.end() for end in _LINE_END.finditer(note.text))]
    starts.append(len(note.text))
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type != "inline":
            first, last = token.map
            start = max(starts[first], note.body_start)
            text = note.text[start : starts[min(last, len(starts) - 1)]]
            token.attrs |= {"data-start": start, "data-end": start + len(text.rstrip())}


def _fence(_self: object, tokens: list[Token], i: int, _options: object, env: Any) -> str:
    token = tokens[i]
    words = token.info.split()
    language = f' class="language-{escape(words[0])}"' if words else ""
    code = f"<code{language}>{escape(token.content)}</code>"
    drawn = diagram(token.content) if words[:1] == ["mermaid"] else None
    if drawn is None:
        return f"<pre{_offsets(token)}>{code}</pre>\n"
    return f'<div class="drawn"{_offsets(token)}>{env["inserts"].put(drawn)}</div>\n'


def _math(_self: object, tokens: list[Token], i: int, _options: object, env: Any) -> str:
    return f'<span class="math">{_formula(tokens[i].content, False, env)}</span>'


def _math_block(_self: object, tokens: list[Token], i: int, _options: object, env: Any) -> str:
    token = tokens[i]
    formula = _formula(token.content.strip(), True, env)
    return f'<div class="math"{_offsets(token)}>{formula}</div>\n'


def _formula(tex: str, block: bool, env: Any) -> str:
    drawn = mathml(tex, block=block)
    return escape(tex) if drawn is None else str(env["inserts"].put(drawn))


def _embedded(_self: object, tokens: list[Token], i: int, _options: object, env: Any) -> str:
    return str(env["inserts"].put(tokens[i].content))


def _offsets(token: Token) -> str:
    return "".join(f' {key}="{escape(str(value))}"' for key, value in token.attrs.items())


def _plain(note: Note) -> Rendered:
    """The text as it stands, cut at blank lines."""
    parts, start = [], note.body_start
    for gap in [*_BLANK_LINES.finditer(note.text, note.body_start), None]:
        end = gap.start() if gap else len(note.text)
        if text := note.text[start:end]:
            parts.append(f'<pre data-start="{start}" data-end="{end}">{escape(text)}</pre>')
        start = gap.end() if gap else end
    return Rendered("\n".join(parts), ())
