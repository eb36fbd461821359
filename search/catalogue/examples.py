"""Makes questions to begin with, of each kind that the vault's own notes can answer."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from index.store.records import StoredNote
from index.text.language import Language, language
from search.catalogue.catalogue import Catalogue

_EACH = 2
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)")
_MAIN = re.compile(r"[：:｜|（(]|\s[-–—]+\s")
_SWITCH = re.compile(r"true|false|yes|no|on|off|[\W\d_]*|.", re.IGNORECASE)
"""Values that say nothing by themselves."""
_TITLE_LETTERS = 40
_FEWEST, _MOST = 3, 20
"""Notes in a list that is worth a look and still read at a glance."""
_GENERAL = 0.1
"""Share of notes above which a tag is too general to be asked about."""
_PHRASES = {
    "zh": ("《{}》和《{}》有什么不同？", "哪些笔记的{}是 {}？", "{} 是什么？", "《{}》讲了什么？"),
    "en": (
        "How does “{}” differ from “{}”?",
        "Which notes have the {} {}?",
        "What is {}?",
        "What is “{}” about?",
    ),
}


def examples(catalogue: Catalogue, lang: Language | None = None, each: int = 1) -> tuple[str, ...]:
    """A few questions, the same for the same vault; ``each`` times as many of each kind.

    They are in the language most titles are in, or in ``lang`` as far as names read well there.
    """
    tongues = Counter(language(note.title) for note in catalogue.notes.values())
    native: Language = "zh" if tongues["zh"] * 2 > len(catalogue.notes) else "en"
    spoken = lang or native
    compare, which, what, about = _PHRASES[spoken]
    questions = chain(
        islice((compare.format(*pair) for pair in _versions(catalogue)), _EACH * each),
        islice((which.format(*filed) for filed in _filed(catalogue)), each),
        islice((what.format(name) for name in _concepts(catalogue)), each),
        islice((about.format(title) for title in _newest(catalogue)), each),
    )
    fitting = (q for q in questions if spoken == native or language(q) == spoken)
    return tuple(dict.fromkeys(fitting))


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


def _filed(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A key and a value of each property that sorts notes; most notes to a value come first."""
    found: list[tuple[float, str, str]] = []
    for drawer in catalogue.fields:
        values = {
            next(iter(names)): len(drawer.notes[form])
            for form, names in drawer.exact.items()
            if len(names) == 1
        }
        fitting = [
            (n, value)
            for value, n in values.items()
            if _FEWEST <= n <= _MOST and not _SWITCH.fullmatch(value)
        ]
        if drawer.kind == "property" and fitting:
            share = sum(values.values()) / len(values)
            found.append((share, drawer.names[0], max(fitting)[1]))
    yield from ((key, value) for _, key, value in sorted(found, reverse=True))


def _concepts(catalogue: Catalogue) -> Iterator[str]:
    """Titles of the notes that serve as tags, most used first, but for what most is about."""
    counts = {name: len(catalogue.tagged.get(name, ())) for name in catalogue.tag_notes}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if counts[name] <= _GENERAL * len(catalogue.notes):
            yield _main(catalogue.notes[catalogue.tag_notes[name]])


def _newest(catalogue: Catalogue) -> Iterator[str]:
    dated = (note for note in catalogue.notes.values() if note.date)
    for note in sorted(dated, key=lambda note: (note.date or "", note.path), reverse=True):
        yield _main(note)


def _main(note: StoredNote) -> str:
    """A title without its subtitle."""
    return _MAIN.split(note.title.strip(), maxsplit=1)[0].strip()[:_TITLE_LETTERS] or note.title
