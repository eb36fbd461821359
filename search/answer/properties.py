"""Reads questions that properties answer: which notes have a value, which value a note has.

Of many notes with a property's value those that whatever else is asked is about.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from index.store.records import StoredNote
from index.text.terms import fold, terms
from search.answer.context import Inquiry
from search.answer.evidence.features import asked_clauses
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.spans import Unit
from search.answer.evidence.term_weights import Words
from search.catalogue.fields import MetadataField
from search.catalogue.variants import Form, name_tokens

CERTAIN = 10.0
"""The score of a property that the question names: above any sentence."""
_NAME = re.compile(r"[A-Z]\w|\d")
_BESIDE = 16
"""Characters around a key's word in which its value is looked for."""
_LONGEST = 4
"""Words of the longest value that is looked for in a sentence."""

_KEPT = 4096
"""Keys whose words are remembered: each question is compared with all."""
_FEW = 8
"""Notes up to which all are listed."""
_MOST_WORDS = 3
"""Words beside the value; a question with more is about something else than its value."""
_MOSTLY = 0.5
"""Share of the best score for the other words from which a note is about them."""
_ANY_NOTE = frozenset({
    "post", "article", "project", "tool", "blog", "entry", "paper", "book", "page", "story",
    "language", "licence", "license", "released", "publish", "published", "save", "saved",
    "文章", "项目", "工具", "博客", "帖子", "资料", "图书", "语言", "主要", "许可", "许可证",
    "协议", "年", "月", "日", "发布", "采用",
})  # fmt: skip
"""What any note in a list may be called, and what is said of any."""


def asked_keys(
    words: Words, drawers: Iterable[MetadataField], also: Mapping[str, frozenset[str]] | None = None
) -> list[MetadataField]:
    """The properties whose keys the question names, in either language.

    ``also`` are other words for what a key's last word names, where the vault gives some.
    """
    asked = frozenset[str]().union(*_whole(words))
    return [
        drawer for drawer in drawers if any(names_key(asked, key, also) for key in drawer.names)
    ]


def rare_keys(
    words: Words, keys: Iterable[str], also: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Those of all ``keys`` (folded) that the question names, of however few notes they are."""
    asked = frozenset[str]().union(*_whole(words))
    return frozenset(key for key in keys if names_key(asked, key, also))


def names_key(
    clause: Iterable[str], key: str, also: Mapping[str, frozenset[str]] | None = None
) -> bool:
    """Whether an alternative of the clause is the key, or the word at its end that says what
    it is: the 协议 of 开源协议."""
    parts = _words(key)
    names = (also or {}).get("".join(parts[-1:]), frozenset())
    whole = frozenset(parts)
    return not names.union((fold(key), *parts[-1:])).isdisjoint(clause) or (
        len(whole) > 1 and any(" " in term and whole == set(term.split(" ")) for term in clause)
    )


@lru_cache(_KEPT)
def _words(key: str) -> tuple[str, ...]:
    return tuple(terms(key))


def _whole(words: Words) -> list[frozenset[str]]:
    """The alternatives of each clause, less those that are only part of a longer one.

    Who asks for an object store (对象存储) does not ask for its 对象.
    """
    alternatives = [frozenset(clause) for clause in words.clauses]
    parts = [{part for term in each if " " in term for part in term.split(" ")}
             for each in alternatives]  # fmt: skip
    return [
        each.difference(*(part for other, part in enumerate(parts) if other != place))
        for place, each in enumerate(alternatives)
    ]


def entries(note: StoredNote, keys: Collection[str], text: str) -> list[Weighed]:
    """The note's entries under these keys (folded) as units; ``text`` is the note's."""
    return [
        quoted_unit(Unit(note.id, 0, e.start, e.end, text[e.start : e.end], (), is_property=True))
        for e in note.properties
        if fold(e.key) in keys
    ]


def states(text: str, thing: str, drawers: Iterable[MetadataField]) -> bool:
    """Whether a text states such a property: a known value, or a name or number by the key."""
    words = name_tokens(text)
    runs = {words[at : at + n] for n in range(1, _LONGEST + 1) for at in range(len(words))}
    rest = re.sub(re.escape(thing), " ", text, flags=re.IGNORECASE)
    for drawer in drawers:
        if not runs.isdisjoint(drawer.notes):
            return True
        for key in drawer.names:
            at = rest.find(key)
            if at >= 0 and _NAME.search(rest[max(at - _BESIDE, 0) : at + len(key) + _BESIDE]):
                return True
    return False


def quoted_unit(unit: Unit) -> Weighed:
    """A unit that is quoted whatever else there is."""
    return Weighed(unit, CERTAIN, 1.0, frozenset(terms(unit.text)))


def narrowed(inquiry: Inquiry, notes: frozenset[int], wanted: Iterable[Form]) -> frozenset[int]:
    """The notes, those with the values ``wanted``, as far as the question's other words allow."""
    if len(notes) <= _FEW:
        return notes
    values = {part for form in wanted for part in form}
    asked = asked_clauses(inquiry.asked, inquiry.gatherer.words(), [" ".join(values)])
    rest = {next(iter(clause)) for clause in asked} - values - _ANY_NOTE
    if not rest:
        return notes
    if len(rest) > _MOST_WORDS:
        return frozenset()
    found = inquiry.gatherer.about(" ".join(sorted(rest)), notes)
    least = _MOSTLY * max(found.values(), default=0.0)
    return frozenset(note for note, score in found.items() if score >= least) or notes
