"""Leaves out what notes say of siblings of the thing that a question asks about."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.text.terms import fold, terms
from search.answer.siblings.comments import comment_spans
from search.answer.siblings.note_records import Record, families, records
from search.answer.siblings.other_values import of_other_values
from search.answer.siblings.sibling_names import NUMERALS, SiblingNames, is_named, parts, stands

_LINE = 60
"""Characters of a labelled line that states one thing."""
_SHORT = 120
"""Characters of a section that is a record of its thing and not a chapter about it."""
_MOST = 0.5
"""Share of a family's records that hold a word, or that say several things, from which on they
are of things of a kind."""
_MOST_NAMES = 40
"""Names of records that are looked for in the other ones."""
_SEVERAL = re.compile(r"\S[，,；;]\s*\S")
_BESIDES = re.compile(
    r"\b(?:except|besides|other than|apart from|else|everyone|anyone|all)\b"
    r"|除了|以外|之外|其他|别的|还有谁|所有",
    re.IGNORECASE,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says, as far as names are looked for in it."""

    folded: str
    terms: frozenset[str]
    """Also of what its words may mean in the other language."""
    clauses: tuple[frozenset[str], ...]
    """The alternatives of each word that it looks for."""
    written: str = ""
    """As it was typed, where that is known."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What does not speak of what is asked."""

    notes: frozenset[int] = frozenset()
    spans: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    """Of the other notes (ids), in characters; kept in order and disjoint."""
    given: frozenset[str] = frozenset()
    """The names that the question gives of things with siblings in these notes."""

    def __post_init__(self) -> None:
        disjoint = {note: _disjoint(spans) for note, spans in self.spans.items()}
        object.__setattr__(self, "spans", disjoint)

    def leaves(self, note: int, start: int, end: int) -> bool:
        """Whether a piece of a note may speak of what is asked."""
        spans = self.spans.get(note, ())
        before = bisect_left(spans, end, key=lambda span: span[0])
        return note not in self.notes and not (before and start < spans[before - 1][1])

    def visible(self, note: int, text: str) -> str:
        """A note's text, blank where it does not speak of what is asked."""
        shown, at = [], 0
        for first, last in self.spans.get(note, ()):
            shown += [text[at:first], " " * (last - first)]
            at = last
        return "".join([*shown, text[at:]])


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        elif first < last:
            found.append((first, last))
    return found


def scope(
    asked: Asked,
    texts: Mapping[int, str],
    titles: Mapping[int, str],
    names: SiblingNames,
    *,
    compares: bool = False,
    of_one: bool = True,
) -> Scope:
    """What of these notes (texts and titles by id) a question leaves out.

    Where it ``compares``, nothing but what is hidden in them. Only where it wants one fact
    (``of_one``) lines are told apart by what they say.
    """
    hidden = {note: comment_spans(text) for note, text in texts.items()}
    if compares or _BESIDES.search(asked.folded):
        return Scope(spans=hidden)
    given, others = _sibling_notes(asked, texts, titles, names)
    spans: dict[int, list[Span]] = {}
    for note, text in texts.items():
        if note not in others:
            named, beside = _siblings(asked, text, titles[note], of_one=of_one)
            given |= named
            times = of_other_values(asked.folded, text, titles[note])
            spans[note] = [*hidden[note], *beside, *times]
    return Scope(others, spans, given)


def _sibling_notes(
    asked: Asked, texts: Mapping[int, str], titles: Mapping[int, str], names: SiblingNames
) -> tuple[frozenset[str], frozenset[int]]:
    """The titles that the question gives, and the notes whose titles are siblings of theirs."""
    given = [title for title in titles.values() if is_named(title, asked.folded, asked.terms)]
    given += [title for title in titles.values() if title not in given and _by_number(title, asked)]
    near = {other for title in given for other in names.siblings(title)} - set(given)
    others = frozenset(
        note
        for note, title in titles.items()
        if title in near and not any(stands(name, fold(texts[note])) for name in given)
    )
    return frozenset(given if others else ()), others


def _by_number(title: str, asked: Asked) -> bool:
    """Whether the question gives the numbered beginning of a title: Berth 4 of Berth 4 North."""
    for shared, own in parts(title):
        if shared.side == "number":
            pattern = (
                rf"{re.escape(shared.text)}\W{{0,2}}{re.escape(own)}(?![a-z0-9{NUMERALS}]|\.\d)"
            )
            return re.search(pattern, asked.folded) is not None
    return False


def _siblings(
    asked: Asked, text: str, title: str, *, of_one: bool
) -> tuple[frozenset[str], list[Span]]:
    """The names of records that the question gives, and where their siblings stand."""
    given: set[str] = set()
    spans: list[Span] = []
    for family in families(records(text)):
        if family[0].family[0] == "coded":  # lines of one paragraph, which is quoted together
            continue
        alike = are_things(family)
        named = named_records(family, asked) or (
            _told_apart(family, asked) if alike and of_one else []
        )
        if not named or len(named) == len(family):
            continue
        said = frozenset(terms(" ".join((title, *(f"{r.names[0]} {r.said}" for r in named)))))
        chosen, names = frozenset(named), _names(named)
        beside = [
            (record.start, record.end)
            for record in family
            if record not in chosen
            and not _mentions(record, names)
            and (alike or not _adds(asked, frozenset(terms(record.said)), said))
        ]
        if beside:
            spans += beside
            given.update(record.names[0] for record in named)
    return frozenset(given), spans


def _told_apart(family: Sequence[Record], asked: Asked) -> list[Record]:
    """The short lines with all the words asked that tell them apart, where one line has them."""
    if family[0].columns or any(len(record.said) > _LINE for record in family):
        return []
    own = [frozenset(terms(f"{record.names[0]} {record.said}")) for record in family]
    found = set(range(len(own)))
    telling = False
    for clause in asked.clauses:
        there = {place for place, held in enumerate(own) if not clause.isdisjoint(held)}
        if 0 < len(there) < len(own):
            found &= there
            telling = True
    return [family[place] for place in sorted(found)] if telling else []


def _adds(asked: Asked, own: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a record has a word that is asked and that the named ones do not have."""
    return any(not c.isdisjoint(own) and c.isdisjoint(said) for c in asked.clauses)


def named_records(family: Sequence[Record], asked: Asked) -> list[Record]:
    """The records that the question names, by the longest of their names that it gives."""
    shared = Counter(name for record in family for name in set(record.names))
    given: dict[int, set[str]] = {}
    for place, record in enumerate(family):
        own = {
            name
            for name in record.names
            if shared[name] < len(family)
            and (is_named(name, asked.folded, asked.terms) or _is_written(name, asked.written))
        }
        if own:
            given[place] = own
    if not given:
        return []
    if family[0].columns:  # the more of its cells are given, the surer is a row
        most = max(map(len, given.values()))
        return [family[place] for place, own in given.items() if len(own) == most]
    every = {name for own in given.values() for name in own}
    inside = {n for n in every if any(n != o and fold(n) in fold(o) for o in every)}
    return [family[place] for place, own in given.items() if not own <= inside]


def _is_written(name: str, text: str) -> bool:
    """Whether a name that is a plain word too is written in a text as a name: Go."""
    may_stand = name[:1].isupper() and name in text  # to compile a pattern takes longer
    return may_stand and re.search(rf"(?<!\w){re.escape(name)}(?![\w+#])", text) is not None


def are_things(family: Sequence[Record]) -> bool:
    """Whether records are of things of a kind, of which the same is said, not of aspects."""
    if family[0].columns:
        return True
    names = [record.names[0] for record in family]
    shared = Counter(shared for name in names for shared, _ in parts(name))
    if shared and max(shared.values()) >= max(2, _MOST * len(names)):
        return True
    if family[0].family[0].startswith("h"):
        return all(len(record.said) <= _SHORT for record in family)
    least = max(2, _MOST * len(family))
    if sum(_SEVERAL.search(record.said) is not None for record in family) >= least:
        return True
    counts = Counter(t for record in family for t in set(terms(record.said)) if len(t) > 1)
    return bool(counts) and max(counts.values()) >= least


def _names(named: Iterable[Record]) -> list[str]:
    """What records are called, of very many the first."""
    every = (name for each in named for name in (each.names[:1] if each.columns else each.names))
    return list(islice(dict.fromkeys(every), _MOST_NAMES))


def _mentions(record: Record, names: Iterable[str]) -> bool:
    """Whether a record speaks of one of these by name."""
    said = fold(record.said)
    return any(stands(name, said) for name in names)
