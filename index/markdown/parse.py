"""Turns a note's text into a ``Note``: title, date, properties, headings, tags and links."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from index.markdown.block_scan import Blocks, scan
from index.markdown.frontmatter import Frontmatter, named, read_frontmatter
from index.markdown.markdown_links import markdown_links
from index.markdown.masks import mask
from index.markdown.metadata.day_sections import day_marks, day_sections, year_of
from index.markdown.metadata.inline_fields import inline_fields
from index.markdown.metadata.note_date import note_date
from index.markdown.metadata.task_lines import tasks
from index.markdown.note import Heading, Link, Note, Property
from index.markdown.titles import plain, title_of
from index.markdown.typed_links import property_links, typed_links
from index.markdown.wikilinks import inline_tags, wikilinks
from index.text.dates import DATE_KEYS

ALIAS_KEYS = ("alias", "aliases", "别名")
TAG_KEYS = ("tags", "tag", "标签")


def parse(path: str, text: str, date_keys: Sequence[str] = DATE_KEYS) -> Note:
    """The note at ``path`` (relative to the vault) with this ``text``.

    ``date_keys`` are the properties that may date a note, the most trusted first. Any text
    gives a note: what could not be read as meant is named in its ``warnings``.
    """
    front = read_frontmatter(text)
    blocks = scan(text, front.body_start)
    headings = tuple(
        Heading(one.level, plain(one.title), one.start, one.end) for one in blocks.headings
    )
    title, warnings = title_of(path, text, front, headings)
    links, spans = _links(text, front, blocks, headings)
    tags = chain(_tags(front.properties), inline_tags(blocks.visible, spans))
    properties = (*front.properties, *inline_fields(blocks.visible, text, front.body_start))
    marks = day_marks(blocks.visible, front.body_start, headings, year_of(title, path))
    body = blocks.visible[front.body_start :]
    return Note(
        path=path,
        text=text,
        title=title,
        date=note_date(path, properties, body, marks, headings, date_keys),
        properties=properties,
        aliases=_aliases(front.properties),
        tags=_unique(tag.lstrip("#") for tag in tags),
        headings=headings,
        links=links,
        body_start=front.body_start,
        warnings=front.warnings + warnings,
        tasks=tuple(tasks(blocks.visible, text, headings)),
        days=tuple(day_sections(marks, headings, len(text))),
    )


def _links(
    text: str, front: Frontmatter, blocks: Blocks, headings: tuple[Heading, ...]
) -> tuple[tuple[Link, ...], list[tuple[int, int]]]:
    label_first = _is_dendron(front.properties)
    wiki = list(wikilinks(blocks.visible, text, label_first=label_first))
    spans = [(one.start, one.end) for one in wiki]
    local = list(markdown_links(mask(blocks.visible, spans), text))
    spans += [(one.start, one.end) for one in local]
    raw = sorted(wiki + local, key=lambda one: one.start)
    head = text[: front.body_start] if front.properties else ""
    links = chain(
        property_links(wikilinks(head, text), front.properties),
        typed_links(raw, blocks.visible, text, headings),
    )
    return tuple(links), spans


def _is_dendron(properties: Sequence[Property]) -> bool:
    """Whether the properties are those that Dendron gives every note; its links differ."""
    stamps = [one.values for one in properties if one.key in ("created", "updated")]
    has_id = {"id", "desc"} <= {one.key for one in properties}
    return (
        has_id
        and len(stamps) == 2
        and all(len(values) == 1 and values[0].isdecimal() for values in stamps)
    )


def _tags(properties: Iterable[Property]) -> Iterator[str]:
    """Tags as people write them: a list, or one line with commas, spaces or number signs."""
    for one in named(properties, TAG_KEYS):
        for value in one.values:
            is_list = len(one.values) > 1 and "#" not in value
            for tag in [value] if is_list else re.split(r"[,，、;；]", value):
                apart = "#" in tag or (not is_list and len(one.values) == 1 and "," not in value)
                yield from map(_tag, tag.split() if apart else [tag])


def _tag(written: str) -> str:
    return plain(written.strip().lstrip("#"))


def _listed(properties: Iterable[Property], keys: Sequence[str]) -> Iterable[str]:
    """The values of a property that is a list, or one line with commas."""
    for one in named(properties, keys):
        values = one.values if len(one.values) > 1 else re.split(r"[,，、]", "".join(one.values))
        for value in values:
            yield plain(value.strip().lstrip("#"))


def _aliases(properties: Iterable[Property]) -> tuple[str, ...]:
    """Other names; what begins with a slash is an old address, as in Hugo."""
    return _unique(name for name in _listed(properties, ALIAS_KEYS) if name[:1] != "/")


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for value in values:
        if value:
            kept.setdefault(value.casefold(), value)
    return tuple(kept.values())
