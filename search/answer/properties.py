"""Questions that properties answer: which notes have a value, which value a note has."""

from collections.abc import Iterable, Mapping, Sequence

from index.records import StoredNote
from index.words import fold, terms
from search.answer.evidence import Weighed, Words
from search.answer.units import Unit
from search.filing import Drawer
from search.named import Named
from search.spellings import Form, pieces

CERTAIN = 10.0
"""The score of a property that the question names: above any sentence."""
_LONGEST = 4
"""Words of the longest value that is looked for in a sentence."""


def asked_keys(words: Words, drawers: Iterable[Drawer]) -> list[Drawer]:
    """The properties whose keys the question names, in either language."""
    alternatives = [frozenset(term for term in clause) for clause in words.clauses]
    found = []
    for drawer in drawers:
        keys = [frozenset(terms(key)) | {fold(key)} for key in drawer.names]
        if any(_same(clause, key) for clause in alternatives for key in keys):
            found.append(drawer)
    return found


def meeting(
    names: Iterable[Named], asked: Sequence[Drawer], notes: Mapping[int, StoredNote]
) -> frozenset[int]:
    """Notes that have every property value that the question names; none when it names none.

    A note has a value when its entry holds all the value's words: ``Apache-2.0 OR MIT`` is
    MIT too. The value may stand under the key it is known from or one that the question
    names. A value that is a key's own name, such as 项目, is a word of the question.
    """
    own_names = {fold(key) for note in notes.values() for key in (e.key for e in note.properties)}
    of_value: dict[Form, set[str]] = {}
    for name in names:
        if name.drawer.kind == "property" and "".join(name.form) not in own_names:
            drawers = (name.drawer, *asked)
            keys = {fold(key) for drawer in drawers for key in drawer.names}
            of_value.setdefault(name.form, set()).update(keys)
    found = [
        frozenset(note.id for note in notes.values() if _has(note, keys, form))
        for form, keys in of_value.items()
    ]
    return frozenset.intersection(*found) if found else frozenset()


def _has(note: StoredNote, keys: set[str], form: Form) -> bool:
    wanted = set(form)
    return any(
        fold(entry.key) in keys and any(wanted.issubset(pieces(value)) for value in entry.values)
        for entry in note.properties
    )


def entries(note: StoredNote, drawers: Sequence[Drawer], text: str) -> list[Weighed]:
    """The note's entries for these properties, as units to quote; ``text`` is the note's."""
    keys = {fold(key) for drawer in drawers for key in drawer.names}
    return [
        _quoted(Unit(note.id, 0, e.start, e.end, text[e.start : e.end], (), is_property=True))
        for e in note.properties
        if fold(e.key) in keys
    ]


def holds_value(text: str, drawers: Iterable[Drawer]) -> bool:
    """Whether a text holds one of the values that these properties have in other notes."""
    words = pieces(text)
    runs = {words[at : at + n] for n in range(1, _LONGEST + 1) for at in range(len(words))}
    return any(not runs.isdisjoint(drawer.notes) for drawer in drawers)


def _quoted(unit: Unit) -> Weighed:
    return Weighed(unit, CERTAIN, 1.0, 1.0, frozenset(terms(unit.text)))


def _same(clause: frozenset[str], key: frozenset[str]) -> bool:
    """Whether an alternative of the clause is the key or its main word."""
    return any(term in key or frozenset(term.split(" ")) == key for term in clause if len(term) > 1)
