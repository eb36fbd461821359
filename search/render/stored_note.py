"""Makes a note from what is stored of it, where its text is too long to be read while one waits."""

from collections.abc import Iterable

from index.markdown.frontmatter import block_end
from index.markdown.note import Link, Note
from index.store.records import StoredLink, StoredNote


def as_stored(stored: StoredNote, links: Iterable[StoredLink], text: str) -> Note:
    """The note with its ``text`` as it is now; its headings are not known."""
    return Note(
        path=stored.path,
        text=text,
        title=stored.title,
        date=stored.date,
        properties=stored.properties,
        aliases=stored.aliases,
        tags=stored.tags,
        headings=(),
        links=tuple(
            Link(
                target=link.target,
                fragment=None,
                alias=link.alias,
                embed=False,
                relation=link.relation,
                relation_start=None,
                explanation=link.explanation,
                explanation_start=None,
                section=link.section,
                start=link.start,
                end=link.end,
            )
            for link in links
        ),
        body_start=block_end(text),
    )
