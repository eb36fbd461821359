"""Finds names in a question of things that the notes know only the siblings of."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from index.text.segmentation import tagged
from index.text.terms import fold, terms
from search.answer.siblings.note_records import Record, families, records
from search.answer.siblings.other_values import numbered
from search.answer.siblings.scope import Asked, are_things, named_records
from search.answer.siblings.sibling_names import SiblingNames, Stranger, shape, stands

_NUMBERED = re.compile(r"[\w#]*\d(?:[\w.\-/:#]*[\w#])?")
_PROPER = re.compile(
    r"(?<=[a-z,] )[A-Z][\w-]*(?: [A-Z][\w-]*)*"
    r"|(?<![A-Za-z0-9])(?=[\w-]*[A-Z])[A-Za-z][\w-]*(?=\s*[\u3400-\u9fff])",
    re.ASCII,
)
"""What is written as a name, in English not as the first word."""
_NAMING = ("n", "j", "t")
"""Parts of speech of words that may name a thing, by how their tags begin."""
_FEWEST = 2
"""Records that must hold what is asked before another one is taken to be like them."""

IsKnown = Callable[[str], bool]
"""Whether a name stands anywhere in the notes."""


def stranger(
    asked: Asked,
    question: str,
    texts: Mapping[int, str],
    titles: Mapping[int, str],
    names: SiblingNames,
    is_known: IsKnown,
) -> Stranger | None:
    """The thing asked for that no note speaks of, though they speak of its siblings.

    ``texts`` and ``titles`` are those of the nearest notes, by id.
    """
    found = _strangers(asked, question, texts, titles, names, is_known)
    return next((each for each in found if not is_known(each.name)), None)


def _strangers(
    asked: Asked,
    question: str,
    texts: Mapping[int, str],
    titles: Mapping[int, str],
    names: SiblingNames,
    is_known: IsKnown,
) -> Iterator[Stranger]:
    near = frozenset(titles.values())
    yield from (each for each in names.strangers(question) if not near.isdisjoint(each.siblings))
    yield from _by_number(asked.folded, texts.values())
    yield from _by_note(asked, question, texts, titles, names)
    for note, text in texts.items():
        for family in families(records(text)):
            first = [record.names[0] for record in family]
            yield from SiblingNames(first).strangers(question)
            yield from _by_shape(asked, family, titles[note])
            if are_things(family) and not named_records(family, asked):
                yield from _by_word(asked, question, family, titles[note], is_known)


def _by_number(question: str, texts: Iterable[str]) -> Iterator[Stranger]:
    """A thing of which the texts know other numbers: homework 5 where they have homework 3."""
    asked = numbered(question)
    for stem, known in numbered(fold("\n".join(texts))).items() if asked else ():
        for number in asked.get(stem, frozenset()) - known:
            yield Stranger(f"{stem} {number}", tuple(f"{stem} {n}" for n in sorted(known)))


def _by_note(
    asked: Asked,
    question: str,
    texts: Mapping[int, str],
    titles: Mapping[int, str],
    names: SiblingNames,
) -> Iterator[Stranger]:
    """A name of which is asked what notes alike say of the things that they are about.

    They are alike by their titles, or by the label under which they say it.
    """
    written = _PROPER.findall(question)
    if not written:
        return  # most questions: their notes need not be cut into words
    said = {note: frozenset(terms(f"{titles[note]} {text}")) for note, text in texts.items()}
    every = frozenset[str]().union(*said.values())
    for name in written:
        own = frozenset(terms(name))
        if any(not own.isdisjoint(c) and not every.isdisjoint(c) for c in asked.clauses):
            continue  # or what it may mean in the other language
        aspect = [clause for clause in asked.clauses if own.isdisjoint(clause)]
        telling = [n for n, held in said.items() if all(not held.isdisjoint(c) for c in aspect)]
        alike = [titles[n] for n in telling if names.siblings(titles[n]) & {*titles.values()}]
        labelled = [titles[n] for n in telling if _is_label(aspect, texts[n])]
        known = max(alike, labelled, key=len)
        if aspect and len(known) >= _FEWEST:
            yield Stranger(name, tuple(known))


def _is_label(aspect: Iterable[frozenset[str]], text: str) -> bool:
    """Whether a label of a text names one of the things asked."""
    labels = (r.names[0] for r in records(text) if r.family[0] in ("item", "line"))
    held = frozenset(term for label in labels for term in terms(label))
    return any(not held.isdisjoint(clause) for clause in aspect)


def _by_shape(asked: Asked, family: Sequence[Record], title: str) -> Iterator[Stranger]:
    """A number, date or code written as those of a column or of lines, where these lack it."""
    columns = family[0].columns
    around = frozenset(terms(" ".join((title, *columns))))
    about = [clause for clause in asked.clauses if not _is_number(clause)]
    if columns and not any(not clause.isdisjoint(around | _said(family)) for clause in about):
        return
    alike_in = [_by_shapes(family, place) for place in range(max(len(columns), 1))]
    cells = [fold(cell) for record in family for cell in record.names]
    for match in _NUMBERED.finditer(asked.folded):
        token = match[0]
        if not (columns or token[0].isalpha()):  # lines are numbered by the way
            continue
        for alike_by, column in zip(alike_in, columns or ("",), strict=True):
            alike = alike_by.get(shape(token), [])
            beside = column and (
                stands(f"{column} {token}", asked.folded)
                or f"{token}{fold(column)}" in asked.folded
            )
            if (
                len(alike) >= _FEWEST
                and (beside or shape(token) != "0")
                and not any(stands(token, cell) for cell in cells)
            ):
                yield Stranger(token, tuple(alike))


def _by_shapes(family: Sequence[Record], place: int) -> dict[str, list[str]]:
    """The names of records that stand in one place, by how they are written."""
    found: dict[str, list[str]] = {}
    for record in family:
        if place < len(record.names) and record.names[place]:
            found.setdefault(shape(record.names[place]), []).append(record.names[place])
    return found


def _by_word(
    asked: Asked, question: str, family: Sequence[Record], title: str, is_known: IsKnown
) -> Iterator[Stranger]:
    """A word that no note has, asked the same of as is said of the records."""
    columns = frozenset(terms(" ".join(family[0].columns)))
    own = [frozenset(terms(f"{record.names[0]} {record.said}")) for record in family]
    every = columns.union(terms(title), *own)
    known = [clause for clause in asked.clauses if not clause.isdisjoint(every)]
    asked_of_each = any(
        not clause.isdisjoint(columns)
        or sum(not clause.isdisjoint(each) for each in own) >= _FEWEST
        for clause in known
    )
    if not asked_of_each:
        return
    new = [word for word in _nouns(question) if not is_known(word)]
    words = {term for word in new for term in terms(word)}
    rest = [clause for clause in asked.clauses if clause.isdisjoint(every | words)]
    if len(new) == 1 and not rest:
        yield Stranger(new[0], tuple(record.names[0] for record in family))


def _nouns(question: str) -> Iterable[str]:
    """The words that may name something; of English ones those with a capital inside."""
    found = [word for word, kind in tagged(question) if kind.startswith(_NAMING) and len(word) > 1]
    return [*found, *re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", question)]


def _is_number(clause: Iterable[str]) -> bool:
    return all(any(c.isdigit() for c in term) for term in clause)


def _said(family: Sequence[Record]) -> frozenset[str]:
    return frozenset(term for record in family for term in terms(record.said))
