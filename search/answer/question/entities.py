"""Finds the things a question compares: versions of a family, or notes that it names.

All names come from the vault: titles, the part of a title before its colon, aliases, tags.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from index.store.records import StoredNote
from index.text.terms import fold, terms
from search.answer.question.families import Families, Thing
from search.answer.siblings.sibling_names import SiblingNames
from search.catalogue.catalogue import Catalogue
from search.query.stopwords import ENGLISH

_COLON = re.compile(r"\s*(?:[:：|｜(（]|\s[-–—]\s|——)\s*")
_LONGEST = 40
"""Characters of the longest title, or part of one, that is taken as a name."""
_CAPITAL = re.compile(r"(?<![\w.-])[A-Z][A-Za-z]{3,}(?![\w-])")
_LATIN = re.compile(r"[a-z][a-z0-9]+")
_FEW_TITLES = 5
"""Titles that may share a word by which one thing is named."""
_ASKING = re.compile(
    r"\b(?:versions?|releases?|generations?|chang(?:e|ed|es)|evolv\w+|across|differ\w*|compar\w*)\b"
    r"|各个?版本?|历代|版本|怎么变\w?|变化|区别|差别|差异|不同|对比|比较"
)
"""Words that ask for the comparison itself."""


class Names:
    """What the vault calls its notes, looked up in a question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._spelt: dict[str, str] = {}
        for note in catalogue.notes.values():
            for name in _names(note):
                self._by_name[fold(name)].add(note.id)
                self._spelt.setdefault(fold(name), name)
        titled: dict[str, set[int]] = defaultdict(set)
        for note in catalogue.notes.values():
            for word in _words_of(note.title):
                titled[word].add(note.id)
        self._titled = {word: frozenset(notes) for word, notes in titled.items()}
        self._families = Families(
            (note.id, (note.title, *note.aliases)) for note in catalogue.notes.values()
        )

    @cached_property
    def siblings(self) -> SiblingNames:
        """The titles, by what tells those apart that share the rest."""
        titles = (note.title for note in self._catalogue.notes.values())
        return SiblingNames(title for title in titles if len(title) <= _LONGEST)

    @cached_property
    def also(self) -> Mapping[str, frozenset[str]]:
        """For the last word of each property's key, how all names of notes about it end.

        A note named 开源许可证 that is also named 许可协议 tells that who asks for the 许可证 asks
        for what stands under 开源协议.
        """
        heads = {terms(key)[-1] for key in self.keys if terms(key)}
        found: dict[str, set[str]] = defaultdict(set)
        for note in self._catalogue.notes.values():
            names = {fold(name) for name in (note.title, *note.aliases)}
            for head in heads if len(names) > 1 else ():
                if len(head) > 1 and any(name.endswith(head) for name in names):
                    found[head] |= names
        return {head: _endings(names) for head, names in found.items()}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all properties, folded."""
        notes = self._catalogue.notes.values()
        return frozenset({fold(key) for key in {e.key for note in notes for e in note.properties}})

    def versions(self, question: str) -> list[Thing]:
        """The versions of the family that the question names, where it speaks of versions."""
        return self._families.versions(question)

    def subject(self, question: str) -> list[Thing]:
        """The versions of the family whose whole name the question gives, cue or none."""
        return self._families.subject(question)

    def named(self, question: str) -> list[Thing]:
        """Notes whose names stand in the question, longest names first claimed, in its order."""
        folded = fold(question)
        taken = bytearray(len(folded))
        known = {
            name: Thing(self._spelt[name], frozenset(self._by_name[name]))
            for name in self._candidates(folded)
        }
        known |= {fold(name): thing for name, thing in self._families.named(question)}
        found: list[tuple[int, Thing]] = []
        for name in sorted(known, key=lambda name: (-len(name), name)):
            at = _place(folded, name, taken)
            if at is not None:
                taken[at : at + len(name)] = b"\x01" * len(name)
                found.append((at, known[name]))
        things = [thing for _, thing in sorted(found, key=lambda each: each[0])]
        own = [thing for thing in things if not self._is_tag(thing)]
        return own or things

    def titled(self, question: str, others: Iterable[Thing]) -> list[Thing]:
        """Things named by one word with a capital that few titles have, beside ``others``."""
        known = frozenset(word for thing in others for word in _words_of(thing.name))
        found = []
        for match in _CAPITAL.finditer(question):
            word = fold(match[0])
            notes = self._titled.get(word, frozenset())
            if match.start() and word not in known | ENGLISH and 0 < len(notes) <= _FEW_TITLES:
                found.append(Thing(match[0], notes))
        return found

    def _is_tag(self, thing: Thing) -> bool:
        """Whether it is only a concept's note: such names stand in most questions by the way."""
        folder = self._catalogue.tag_folder
        paths = (self._catalogue.notes[note].path for note in thing.notes)
        return bool(folder) and all(path.startswith(folder + "/") for path in paths)

    def _candidates(self, folded: str) -> set[str]:
        starts = range(len(folded))
        pieces = (folded[a : a + n] for a in starts for n in range(2, _LONGEST + 1))
        return {piece for piece in pieces if piece in self._by_name}


def without_names(question: str, things: Iterable[Thing]) -> str:
    """The question less the names of the things it compares: the aspect that is asked for."""
    things = list(things)
    words = {word for thing in things for word in (*_words_of(thing.name), *thing.family)}
    names = [fold(thing.name) for thing in things]
    names += [word for word in words if word.isalpha() and len(word) > 1]
    aspect = fold(question)
    for name in sorted(names, key=len, reverse=True):
        edge = r"(?<![a-z0-9]){}(?![a-z0-9])" if name.isascii() else "{}"
        aspect = re.sub(edge.format(re.escape(name)), " ", aspect)
    for thing in things:
        if thing.version:
            number = r"\.".join(map(str, thing.version))
            aspect = re.sub(rf"(?<![\d.])v?{number}(?:\.0)*(?![\d.]*\d)", " ", aspect)
    aspect = _ASKING.sub(" ", aspect)
    return " ".join(aspect.split()) or question


def _endings(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name[at:] for name in names for at in range(len(name) - 1))


def _words_of(name: str) -> list[str]:
    return _LATIN.findall(fold(name))


def _names(note: StoredNote) -> Iterable[str]:
    stem = PurePosixPath(note.path).stem
    for title in (note.title, stem, *note.aliases):
        for name in (title, _COLON.split(title, maxsplit=1)[0]):
            if 2 <= len(name.strip()) <= _LONGEST and fold(name) not in ENGLISH:
                yield name.strip()


def _place(text: str, name: str, taken: bytearray) -> int | None:
    """Where ``name`` stands free in ``text``, as whole words where it is Latin."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        whole = not (
            (name[0].isascii() and text[at - 1 : at].isascii() and text[at - 1 : at].isalnum())
            or (
                name[-1].isascii()
                and text[end : end + 1].isascii()
                and text[end : end + 1].isalnum()
            )
        )
        if whole and not any(taken[at:end]):
            return at
        at = text.find(name, at + 1)
    return None
