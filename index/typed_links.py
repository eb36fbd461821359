"""What stands around a link: its relation, its explanation, its section."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .inline import RawLink
from .note import Heading, Link, Property

RELATION_KEYS = ("关联理由", "关联类型", "关系", "理由", "relation", "reason")
EXPLANATION_KEYS = ("说明", "解释", "备注", "explanation", "note")
_LONGEST_LINE = 20_000
_KEY = re.compile(
    r"(?:^|[；;，,|（(])\s*(?:(?P<relation>"
    + "|".join(RELATION_KEYS)
    + r")|(?P<explanation>"
    + "|".join(EXPLANATION_KEYS)
    + r"))\s*[：:]\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:^|[\[(])[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+)?(?:\[.\][ \t]+)?"
    r"(?P<mark>\*\*|__|)(?P<key>[^\s:\[\]()*|][^:\[\]()*|\r\n]{0,60})(?P=mark)::(?=[ \t\[])"
)
_TAG_FIELDS = frozenset({"tags", "tag", "标签", "alias", "aliases", "别名"})


def typed_links(
    raw: Sequence[RawLink], visible: str, text: str, headings: Sequence[Heading]
) -> Iterator[Link]:
    """``raw``, in order of place, with relation, explanation and section filled in.

    Two forms are known: keys after the links of one line,
    ``[[note]]；关联理由：引用；说明：why``, which hold for the links before the first key;
    and Dataview's ``relation:: [[note]]``, on its own line or in brackets.
    """
    starts = [heading.start for heading in headings]
    for group in _by_line(raw, visible):
        keys = _Tail(group, visible, text)
        for one in group:
            above = bisect_right(starts, one.start) - 1
            section = headings[above].title if above >= 0 else None
            relation, explanation, place = keys.of(one)
            yield Link(
                one.target, one.fragment, one.alias, one.embed,
                relation, explanation, place, section, one.start, one.end,
            )  # fmt: skip


def property_links(raw: Iterable[RawLink], properties: Sequence[Property]) -> Iterator[Link]:
    """Links in the frontmatter: the property's key is the relation."""
    starts = [one.start for one in properties]
    for one in raw:
        owner = bisect_right(starts, one.start) - 1
        key = properties[owner].key if owner >= 0 and one.end <= properties[owner].end else None
        relation = key if key and key.casefold() not in _TAG_FIELDS else None
        yield Link(
            one.target, one.fragment, one.alias, one.embed,
            relation, None, None, None, one.start, one.end,
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


class _Tail:
    """The keys on the line of a group of links."""

    def __init__(self, group: Sequence[RawLink], visible: str, text: str) -> None:
        first, last = group[0].start, group[-1].end
        begin = visible.rfind("\n", max(0, first - _LONGEST_LINE), first) + 1
        self._line = max(begin, first - _LONGEST_LINE)
        stop = visible.find("\n", last, last + _LONGEST_LINE)
        self._stop = stop if stop >= 0 else min(len(visible), last + _LONGEST_LINE)
        self._visible, self._text = visible, text
        self._first_key = self._stop
        self._relation: str | None = None
        self._explanation: tuple[int, int] | None = None
        self._read_keys(group)
        self._fields = [
            (match.end(), str(match["key"]).strip(), match[0][0] in "[(")
            for match in _FIELD.finditer(visible[self._line : last])
        ]

    def _read_keys(self, group: Sequence[RawLink]) -> None:
        keys = [
            match
            for match in _KEY.finditer(self._visible, group[0].end, self._stop)
            if match.start() >= group[0].end
        ]
        for at, match in enumerate(keys):
            end = keys[at + 1].start() if at + 1 < len(keys) else self._stop
            value = self._text[match.end() : end]
            kept = value.rstrip(" \t\r；;，,")
            if not kept:
                continue
            if match["relation"] and self._relation is None:
                self._relation = kept.rstrip("。.")
            elif match["explanation"] and self._explanation is None:
                kept = value.rstrip()
                self._explanation = (match.end(), match.end() + len(kept))
        if keys:
            self._first_key = keys[0].start()

    def of(self, link: RawLink) -> tuple[str | None, str | None, int | None]:
        """Relation, explanation and the explanation's place, for one of the links."""
        if link.end <= self._first_key and (self._relation or self._explanation):
            if self._explanation is None:
                return self._relation, None, None
            start, end = self._explanation
            return self._relation, self._text[start:end], start
        return self._field(link), None, None

    def _field(self, link: RawLink) -> str | None:
        """The Dataview field whose value the link stands in."""
        for end, key, bracketed in reversed(self._fields):
            place = self._line + end
            if place <= link.start and key.casefold() not in _TAG_FIELDS:
                between = self._visible[place : link.start]
                if not bracketed or not set("])") & set(between.replace("]]", "")):
                    return key
        return None
