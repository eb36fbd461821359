"""Reads what a question asks of links: which note supersedes this one, what it is based on.

The relation's words, the note that is named, and which of them stands first, tell the direction.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from index.store.records import StoredNote
from index.text.segmentation import cut
from search.catalogue.catalogue import Catalogue
from search.catalogue.variants import Form, name_tokens, placed_tokens
from search.condition import Condition, Understood
from search.conditions import grammar
from search.conditions.matching import fulfilling, is_of_relation
from search.query.dictionary import Dictionary
from search.query.english import base_forms

_LONGEST_RELATION, _LONGEST_NAME = 6, 24
"""Words of a relation, and of a note's name."""
_CODE = re.compile(r"[^\W\d_]+[-_ ]?\d[\w.]*(?=[\s:：_-])")
"""The numbered beginning of a name, by which it is called: ADR-003."""
_ASKS = re.compile(r"\b(?:what|which|who|whose|how many|list)\b|什么|哪|谁|几|多少", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|get|got)\b.*\bby\b", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)
_OF_ASKED = re.compile(r"(?:哪|谁|什么)[^的]*的\s*\Z")
_WITH_AS = re.compile(r"以\s*\Z")
_LINKING: tuple[Form, ...] = (
    ("link",), ("link", "to"), ("linked", "to"), ("链", "接"), ("链", "接", "到"), ("链", "到"),
)  # fmt: skip
"""How one asks for links of any relation."""
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
_PASSIVES = frozenset(("被", "过", "by"))

Chinese = Callable[[Iterable[str]], Iterable[Form]]
"""What English words may stand as."""


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations of a vault's links and the notes at their ends, by the ways they are called."""

    names: Mapping[Form, frozenset[str]]
    notes: Mapping[Form, frozenset[int]]


def relations(catalogue: Catalogue, dictionary: Dictionary) -> Relations:
    """Those of one state of the vault."""
    names: dict[Form, set[str]] = defaultdict(set)
    notes: dict[Form, set[int]] = defaultdict(set)
    written = {link.relation: None for each in catalogue.links_out.values() for _, link in each}
    for relation in filter(None, written):
        for form in _called(relation, dictionary):
            names[form].add(relation)
    for note in catalogue.links_out.keys() | catalogue.links_in.keys():
        for form in _names(catalogue.notes[note]):
            notes[form].add(note)
    for form in _LINKING:
        names[form].add("")
    return Relations(
        {form: frozenset(own) for form, own in names.items()},
        {form: frozenset(own) for form, own in notes.items()},
    )


def _called(relation: str, dictionary: Dictionary) -> Iterator[Form]:
    words = name_tokens(relation)
    if words:
        yield words
        yield from ((base, *words[1:]) for base in base_forms(words[0]) if words[0].isascii())
        if all(word.isascii() and word.isalpha() for word in words):
            yield from map(name_tokens, dictionary.chinese(" ".join(words)))


def _names(note: StoredNote) -> Iterator[Form]:
    stem = PurePosixPath(note.path).stem
    for name in dict.fromkeys((note.title, stem, *note.aliases)):
        yield name_tokens(name)
        if code := _CODE.match(name):
            yield name_tokens(code[0])


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    form: Form


def related(
    text: str, known: Relations, catalogue: Catalogue, chinese: Chinese
) -> tuple[Understood, frozenset[int]] | None:
    """The notes that stand so to the one that a question names; None where it asks otherwise.

    There may be none where it stands so to others: what supersedes it is superseded by nothing.
    """
    if not _ASKS.search(text):
        return None
    tokens = placed_tokens(text)
    named = list(_longest(tokens, known.notes, _LONGEST_NAME))
    if len(named) != 1 or len(known.notes[named[0].form]) != 1:
        return None
    (thing,) = named
    (note,) = known.notes[thing.form]
    outside = [t for t in tokens if t[2] <= thing.start or t[1] >= thing.end]
    said = max(
        _relations(outside, known, chinese), key=lambda each: len(each[0].form), default=None
    )
    if said is None or not _is_explained(text, (thing, said[0])):
        return None
    place, meant = said
    forward = _is_forward(text, thing, place)
    title = catalogue.notes[note].title
    source = text[min(thing.start, place.start) : max(thing.end, place.end)]
    each = (
        Condition("link", title, relation, is_backward=not forward, source=source)
        for relation in sorted(meant)
    )
    around = [links.get(note, ()) for links in (catalogue.links_in, catalogue.links_out)]
    known_here = [
        one for one in each if any(is_of_relation(link, one) for own in around for _, link in own)
    ]
    if not known_here:
        return None
    condition = replace(known_here[0], key="|".join(one.key for one in known_here))
    found = fulfilling(condition, catalogue)
    if not found and _OF_ASKED.search(text[: place.start]):  # of a noun either end may be written
        condition = replace(condition, is_backward=not condition.is_backward)
        found = fulfilling(condition, catalogue)
    return Understood("", (replace(condition, matched=len(found)),)), found


def _longest(
    tokens: Sequence[tuple[str, int, int]], names: Mapping[Form, object], most: int
) -> Iterator[_Place]:
    at = 0
    while at < len(tokens):
        for length in range(min(most, len(tokens) - at), 0, -1):
            run = tokens[at : at + length]
            form = tuple(word for word, _, _ in run)
            if form in names:
                yield _Place(run[0][1], run[-1][2], form)
                at += length - 1
                break
        at += 1


def _relations(
    tokens: Sequence[tuple[str, int, int]], known: Relations, chinese: Chinese
) -> Iterator[tuple[_Place, frozenset[str]]]:
    for at, (word, start, _) in enumerate(tokens):
        for length in range(1, min(_LONGEST_RELATION, len(tokens) - at) + 1):
            run = tokens[at : at + length]
            rest = tuple(each for each, _, _ in run[1:])
            forms: list[Form] = [(word, *rest)]
            if word.isascii():
                forms = [(base, *rest) for base in base_forms(word)]
                forms += [] if rest else [each for form in forms for each in chinese(form)]
            for form in forms:
                if form in known.names:
                    yield _Place(start, run[-1][2], form), known.names[form]
                    break


def _is_forward(text: str, thing: _Place, said: _Place) -> bool:
    """Whether the notes asked for stand so to the one named, not it to them."""
    between = text[min(thing.end, said.end) : max(thing.start, said.start)]
    passive = text.find("被")
    if passive >= 0:
        return thing.start < passive
    if thing.start < said.start:
        before = text[: said.start]
        turned = _OF_ASKED.search(before) or _WITH_AS.search(text[: thing.start])
        return bool(turned) or (_PASSIVE.search(text) is not None and "by" not in said.form)
    if _OF.fullmatch(between) or "by" in said.form:
        return "by" in said.form
    return _PASSIVE.search(text[: thing.start]) is None


def _is_explained(text: str, places: Sequence[_Place]) -> bool:
    """Whether nothing but grammar and one noun is left of a question."""
    left, end = 0, -1
    for match in _WORD.finditer(text):
        at = match.start()
        for word in [match[0]] if match[0].isascii() else cut(match[0]):
            inside = any(at < each.end and at + len(word) > each.start for each in places)
            if not inside and not grammar.is_plain(word.lower()) and word not in _PASSIVES:
                left += at != end  # Chinese nouns may be cut in parts
                end = at + len(word)
            at += len(word)
    return left <= 1
