"""Reads what is said around a link: its relation, its explanation, its section."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.markdown.masks import mask
from index.markdown.note import Heading, Link, Property
from index.markdown.wikilinks import RawLink

RELATION_KEYS = ("关联理由", "关联类型", "关系", "理由", "relation", "reason")
EXPLANATION_KEYS = ("说明", "解释", "备注", "explanation", "note")
FIELDS_THAT_TYPE_NOTHING = frozenset({"tags", "tag", "标签", "alias", "aliases", "别名"})

_LONGEST_LINE = 20_000
_LONGEST_RELATION = 40
_MOST_LINES = 8
"""Lines below a link, further indented, that may hold its relation and explanation."""
_KEY = re.compile(
    r"(?:[；;，,|（(]|^[ \t]*+(?:[-*+][ \t])?)[ \t]*+(?:(?P<relation>"
    + "|".join(RELATION_KEYS)
    + r")|(?:"
    + "|".join(EXPLANATION_KEYS)
    + r"))[ \t]*+(?:：|:(?!:))[ \t]*+",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(
    r"(?:^(?:[ \t]*+>)*+[ \t]*+(?:[-*+][ \t]++)?(?:\[.\][ \t]++)?|(?P<bracket>[\[(])[ \t]*+)"
    r"(?P<bold>\*\*|__|)(?P<key>[^\s:\[\]()*|][^:\[\]()*|]{0,60})(?P=bold)::(?=[ \t])"
)
_DEEPER = re.compile(r"\n([ \t]++)[^\r\n]*+")

_Placed = tuple[str | None, int | None]
"""Some words of the note and where they begin."""
_NOTHING: _Placed = (None, None)


def typed_links(
    raw: Sequence[RawLink], visible: str, text: str, headings: Sequence[Heading]
) -> Iterator[Link]:
    """``raw``, in order of place, with relation, explanation and section filled in.

    Two forms are known. Keys after the links of a line,
    ``[[note]]；关联理由：引用；说明：why``, or on further indented lines below it, hold for
    the links before the first key. Dataview's ``relation:: [[note]]`` takes its own line, or
    stands in brackets.
    """
    starts = [heading.start for heading in headings]
    for group in _by_line(raw, visible):
        around = _around(group, visible, text)
        for one in group:
            above = bisect_right(starts, one.start) - 1
            section = headings[above].title if above >= 0 else None
            yield _link(one, around.relation_of(one), around.explanation_of(one), section)


def property_links(raw: Iterable[RawLink], properties: Sequence[Property]) -> Iterator[Link]:
    """Links in the frontmatter: the property's key is the relation."""
    starts = [one.start for one in properties]
    for one in raw:
        owner = bisect_right(starts, one.start) - 1
        if owner >= 0 and one.end <= properties[owner].end:
            key = properties[owner].key.strip()
            is_relation = bool(key) and key.casefold() not in FIELDS_THAT_TYPE_NOTHING
            yield _link(one, (key, None) if is_relation else _NOTHING, _NOTHING, None)


def _link(raw: RawLink, relation: _Placed, explanation: _Placed, section: str | None) -> Link:
    return Link(
        raw.target, raw.fragment, raw.alias, raw.embed,
        *relation, *explanation, section, raw.start, raw.end,
    )  # fmt: skip


def _by_line(raw: Sequence[RawLink], visible: str) -> Iterator[list[RawLink]]:
    """Groups of links with no line end between them."""
    group: list[RawLink] = []
    for one in raw:
        if group and visible.find("\n", group[-1].end, one.start) >= 0:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    key_start: int
    start: int
    end: int
    """``start`` to ``end`` is the value."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What one line says of its links."""

    first_key: int
    relation: _Placed
    explanation: _Placed
    fields: tuple[_Field, ...]

    def relation_of(self, link: RawLink) -> _Placed:
        """The relation of one of the links."""
        if link.end <= self.first_key and self.relation[0]:
            return self.relation
        before = bisect_right(self.fields, link.start, key=lambda one: one.start)
        nearest = reversed(self.fields[max(0, before - 2) : before])
        fields = ((one.key, one.key_start) for one in nearest if link.end <= one.end)
        return next(fields, _NOTHING)

    def explanation_of(self, link: RawLink) -> _Placed:
        """The explanation of one of the links."""
        return self.explanation if link.end <= self.first_key else _NOTHING


def _around(group: Sequence[RawLink], visible: str, text: str) -> _Around:
    first, last = group[0].start, group[-1].end
    start = max(
        visible.rfind("\n", max(0, first - _LONGEST_LINE), first) + 1, first - _LONGEST_LINE
    )
    stop = visible.find("\n", last, last + _LONGEST_LINE)
    stop = stop if stop >= 0 else min(len(visible), last + _LONGEST_LINE)
    spans = [(one.start - start, one.end - start) for one in group]
    line = mask(visible[start:stop], spans)
    fields = tuple(_fields(line, start)) if "::" in line else ()
    keys = list(_KEY.finditer(visible, group[0].end, _tail_end(visible, start, stop)))
    relation, explanation = _said(keys, visible, text, stop)
    return _Around(keys[0].start() if keys else stop, relation, explanation, fields)


def _tail_end(visible: str, start: int, stop: int) -> int:
    """The end of the lines below that are indented further and hold no link."""
    width = len(visible[start:stop]) - len(visible[start:stop].lstrip(" \t"))
    for _ in range(_MOST_LINES):
        below = _DEEPER.match(visible, stop)
        if not below or len(below[1]) <= width or "[[" in below[0] or len(below[0]) > _LONGEST_LINE:
            break
        stop = below.end()
    return stop


def _said(
    keys: Sequence[re.Match[str]], visible: str, text: str, stop: int
) -> tuple[_Placed, _Placed]:
    """The first relation and the first explanation; each reaches to the next key or line."""
    relation = explanation = _NOTHING
    for at, match in enumerate(keys):
        line_end = visible.find("\n", match.end(), match.end() + _LONGEST_LINE)
        end = line_end if line_end >= 0 else max(stop, match.end())
        if at + 1 < len(keys):
            end = min(end, keys[at + 1].start())
        raw = text[match.end() : end]
        value = raw.strip()
        place = match.end() + raw.index(value)
        short = value.rstrip(" \t；;，,。")
        if match["relation"] and short and len(short) <= _LONGEST_RELATION:
            relation = relation if relation[0] else (short, place)
        elif value:
            explanation = explanation if explanation[0] else (value, place)
    return relation, explanation


def _fields(line: str, base: int) -> Iterator[_Field]:
    """Dataview fields of a line in which the links are blank."""
    unclosed: set[str] = set()
    for match in _FIELD.finditer(line):
        end, bracket = len(line), match["bracket"]
        if bracket:
            close = "]" if bracket == "[" else ")"
            found = -1 if close in unclosed else line.find(close, match.end())
            end = found if found >= 0 else match.end()
            if found < 0:
                unclosed.add(close)
        key = match["key"].strip()
        if key.casefold() not in FIELDS_THAT_TYPE_NOTHING:
            yield _Field(key, base + match.start("key"), base + match.end(), base + end)
