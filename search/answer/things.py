"""The things a question compares: versions of a family, or notes that it names.

All names come from the vault: titles, the part of a title before its colon, aliases, tags.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.records import StoredNote
from index.words import fold
from search.catalogue import Catalogue
from search.stopwords import ENGLISH

_RUN = re.compile(r"[a-z0-9][a-z0-9.+#]*(?:[ \-_/][a-z0-9][a-z0-9.+#]*)*")
_WORDS = re.compile(r"[ \-_/]+")
_VERSION = re.compile(r"v?(\d{1,3}(?:\.\d+)*)")
_COLON = re.compile(r"\s*(?:[:：|｜(（]|\s[-–—]\s|——)\s*")
_GENERIC = ENGLISH | {
    "version", "versions", "release", "releases", "model", "models", "change", "changed",
    "rating", "ratings",
}  # fmt: skip
_YEARS = range(1900, 2100)
_LONGEST = 40
"""Characters of the longest title, or part of one, that is taken as a name."""
_EXTRA = 2
"""Words beside the family's own in a version's name, as in GPT-5.1-Codex-Max."""
_CUE = re.compile(
    r"\b(?:version|release|generation|edition)s?\b|\b(?:each|every)\b"
    r"|版本|[各历几每新旧老]版|[各历每几一二两三四五六]代"
)
"""Words that say that versions are meant."""
_ASKING = re.compile(
    r"\b(?:versions?|releases?|generations?|chang(?:e|ed|es)|evolv\w+|across|differ\w*|compar\w*)\b"
    r"|各个?版本?|历代|版本|怎么变\w?|变化|区别|差别|差异|不同|对比|比较"
)
"""Words that ask for the comparison itself."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things compared and the notes that are about it."""

    name: str
    notes: frozenset[int]
    version: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Versioned:
    name: str
    family: frozenset[str]
    version: tuple[int, ...]
    note: int


class Names:
    """What the vault calls its notes, looked up in a question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._versioned: list[_Versioned] = []
        self._spelt: dict[str, str] = {}
        for note in catalogue.notes.values():
            for name in _names(note):
                self._by_name[fold(name)].add(note.id)
                self._spelt.setdefault(fold(name), name)
            own = (list(_versioned(title, note.id)) for title in (note.title, *note.aliases))
            self._versioned.extend(next(filter(None, own), []))

    def versions(self, question: str) -> list[Thing]:
        """The versions of the family that the question names, where it speaks of versions.

        Fewer than two are none. A family is named by words that stand beside version numbers
        in titles. Of the names with one version number the shortest is that version; longer
        ones are its variants.
        """
        if _CUE.search(fold(question)) is None:
            return []
        asked: set[str] = set()
        for run in _RUN.findall(fold(question)):
            words = _WORDS.split(run)
            if not any(map(_VERSION.fullmatch, words)):  # a version named is not its family
                asked.update(words)
        known = {word for each in self._versioned for word in each.family}
        family = frozenset(word for word in asked if word in known and word not in _GENERIC)
        tries = (family, *(frozenset((word,)) for word in sorted(family)))
        found = [self._family(words) for words in tries if words]
        best, _ = max(found, key=lambda each: (each[1], len(each[0])), default=([], False))
        return best if len(best) > 1 else []

    def _family(self, words: frozenset[str]) -> tuple[list[Thing], bool]:
        """Versions of the names that hold all ``words``; whether two of them differ in nothing
        else."""
        of: dict[tuple[int, ...], list[_Versioned]] = defaultdict(list)
        for each in self._versioned:
            if words <= each.family and len(each.family - words) <= _EXTRA:
                of[each.version].append(each)
        things = []
        families: list[frozenset[str]] = []
        for version, found in sorted(of.items()):
            shortest = min(len(each.family) for each in found)
            base = [each for each in found if len(each.family) == shortest]
            families += {each.family for each in base}
            things.append(Thing(base[0].name, frozenset(each.note for each in base), version))
        return things, len(set(families)) < len(families)

    def named(self, question: str) -> list[Thing]:
        """Notes whose names stand in the question, longest names first claimed, in its order."""
        folded = fold(question)
        taken = bytearray(len(folded))
        found: list[tuple[int, Thing]] = []
        for name in sorted(self._candidates(folded), key=lambda name: (-len(name), name)):
            at = _place(folded, name, taken)
            if at is not None:
                taken[at : at + len(name)] = b"\x01" * len(name)
                notes = frozenset(self._by_name[name])
                found.append((at, Thing(self._spelt[name], notes)))
        things = [thing for _, thing in sorted(found, key=lambda each: each[0])]
        own = [thing for thing in things if not self._is_tag(thing)]
        return own or things

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
    words = {word for thing in things for word in _WORDS.split(fold(thing.name))}
    names = [fold(thing.name) for thing in things]
    names += [word for word in words if word.isalpha() and len(word) > 1]
    aspect = fold(question)
    for name in sorted(names, key=len, reverse=True):
        edge = r"(?<![a-z0-9]){}(?![a-z0-9])" if name.isascii() else "{}"
        aspect = re.sub(edge.format(re.escape(name)), " ", aspect)
    aspect = _ASKING.sub(" ", aspect)
    return " ".join(aspect.split()) or question


def _names(note: StoredNote) -> Iterable[str]:
    stem = PurePosixPath(note.path).stem
    for title in (note.title, stem, *note.aliases):
        for name in (title, _COLON.split(title, maxsplit=1)[0]):
            if 2 <= len(name.strip()) <= _LONGEST and fold(name) not in _GENERIC:
                yield name.strip()


def _versioned(title: str, note: int) -> Iterable[_Versioned]:
    for run in _RUN.finditer(fold(title)):
        words = _WORDS.split(run[0])
        for place, word in enumerate(words):
            match = _VERSION.fullmatch(word.rstrip("."))
            family = frozenset(words[:place] + words[place + 1 :])
            if match and family and any(w.isalpha() for w in family):
                version = tuple(int(part) for part in match[1].split("."))
                if version[0] not in _YEARS:
                    name = (
                        title[run.start() : run.end()] if len(fold(title)) == len(title) else run[0]
                    )
                    yield _Versioned(name, family, version, note)
                break


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
