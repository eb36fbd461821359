"""Questions to begin with, made from the vault's own chains of notes, tags and newest notes."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from index.records import StoredNote
from search.catalogue import Catalogue
from search.language import language

_EACH = 2
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)")
_MAIN = re.compile(r"[：:｜|（(]|\s[-–—]+\s")
_TITLE_LETTERS = 40
_PHRASES = {
    "zh": ("《{}》和《{}》有什么不同？", "关于{}，笔记里记了什么？", "《{}》讲了什么？"),
    "en": (
        "How does “{}” differ from “{}”?",
        "What do the notes say about {}?",
        "What is “{}” about?",
    ),
}


def examples(catalogue: Catalogue) -> tuple[str, ...]:
    """A few questions in the language most titles are in; the same for the same vault."""
    notes = catalogue.notes.values()
    tongues = Counter(language(note.title) for note in notes)
    compare, about, what = _PHRASES["zh" if tongues["zh"] * 2 > len(catalogue.notes) else "en"]
    questions = chain(
        islice((compare.format(*pair) for pair in _versions(catalogue)), _EACH),
        islice((about.format(tag) for tag in _tags(catalogue)), _EACH),
        islice((what.format(title) for title in _newest(catalogue)), _EACH - 1),
    )
    return tuple(dict.fromkeys(questions))


def _versions(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Dated notes that a typed link joins and that are numbers of one thing, newest first."""
    found: dict[tuple[str, str], str] = {}
    for source, links in catalogue.links_out.items():
        for target, link in links:
            older, newer = sorted(
                (catalogue.notes[source], catalogue.notes[target]),
                key=lambda note: (note.date or "", note.id),
            )
            pair = _main(older), _main(newer)
            if link.relation and older.date and _are_versions(*pair):
                found[pair] = newer.date or ""
    yield from sorted(found, key=lambda pair: (found[pair], pair), reverse=True)


def _are_versions(one: str, other: str) -> bool:
    """Whether two titles begin with the same name and go on with different numbers."""
    (name, *number), (same, *another) = (_NUMBER.split(title)[:2] for title in (one, other))
    return (
        bool(name)
        and name.casefold() == same.casefold()
        and bool(number and another)
        and (number != another)
    )


def _tags(catalogue: Catalogue) -> Iterator[str]:
    counts = Counter(name for names in catalogue.tags.values() for name in names)
    yield from sorted(counts, key=lambda name: (-counts[name], name))


def _newest(catalogue: Catalogue) -> Iterator[str]:
    dated = (note for note in catalogue.notes.values() if note.date)
    for note in sorted(dated, key=lambda note: (note.date or "", note.path), reverse=True):
        yield _main(note)


def _main(note: StoredNote) -> str:
    """A title without its subtitle."""
    return _MAIN.split(note.title.strip(), maxsplit=1)[0].strip()[:_TITLE_LETTERS] or note.title
