"""Groups things that differ by a version number into families, as titles of a vault name them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from index.text.terms import fold
from search.answer.question.versions import Version, Versioned, chinese, numbers, versioned
from search.query.stopwords import ENGLISH

_GENERIC = frozenset({
    "version", "versions", "release", "releases", "model", "models", "change", "changed",
    "rating", "ratings",
})  # fmt: skip
_EXTRA = 2
"""Words beside the family's own in a version's name, as in GPT-5.1-Codex-Max."""
_CUE = re.compile(
    r"\b(?:version|release|generation|edition)s?\b|\b(?:each|every)\b"
    r"|版本|[各历几每新旧老]版|[各历每几一二两三四五六]代"
)
"""Words that say that versions are meant."""
_RANGE = re.compile(r"\b(?:from|since|through|until)\b|从.+[到至]|以来")
_WORD = re.compile(r"[a-z][a-z+#]*")
_SHORTEST, _LONGEST = 2, 6
"""Characters of a Chinese family name."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things compared and the notes that are about it."""

    name: str
    notes: frozenset[int]
    version: Version = ()
    family: frozenset[str] = frozenset()
    """Words of the name, folded, that are left without the version."""


class Families:
    """The versions that titles name, looked up in a question."""

    def __init__(self, titles: Iterable[tuple[int, Iterable[str]]]) -> None:
        """``titles`` are the names of each note (its id), the main one first."""
        self._known: list[tuple[Versioned, int]] = []
        spelt: dict[str, dict[Version, set[int]]] = defaultdict(lambda: defaultdict(set))
        for note, names in titles:
            for name in names:
                first = next(versioned(name), None)
                if first is not None:
                    self._known.append((first, note))
                    break
            for name in names:
                for run, version in chinese(name):
                    for length in range(_SHORTEST, min(len(run), _LONGEST) + 1):
                        spelt[run[-length:]][version].add(note)
        self._chinese = {name: found for name, found in spelt.items() if len(found) > 1}
        self._words = {word for each, _ in self._known for word in each.family}

    def versions(self, question: str) -> list[Thing]:
        """The versions of the family that the question names, where it speaks of versions.

        Fewer than two are none. Of the names with one version number the shortest is that
        version; longer ones are its variants. Where the question itself gives numbers, only
        those versions are meant, or all between them.
        """
        named = [thing for _, thing in self.named(question)]
        wide = _RANGE.search(fold(question)) is not None
        if len(named) > 1:
            family = frozenset.intersection(*(thing.family for thing in named))
            same = all(thing.family == family for thing in named)
            return _between(named, self._family(family)[0]) if same and wide else named
        asked = set(numbers(question))
        best = self._best(question)
        meant = [thing for thing in best if thing.version in asked]
        if len(meant) > 1:
            return _between(meant, best) if wide else meant
        if named or _CUE.search(fold(question)) is None:
            return []  # a version named by itself is not its family
        return best if len(best) > 1 else []

    def subject(self, question: str) -> list[Thing]:
        """The versions of the family whose whole name the question gives."""
        words = frozenset(_WORD.findall(fold(question)))
        exact = [thing for thing in self._best(question) if thing.family <= words]
        return exact if len(exact) > 1 and not self.named(question) else []

    def named(self, question: str) -> list[tuple[str, Thing]]:
        """The versions that the question names, each with the words that name it."""
        found = []
        for each in versioned(question, self._belongs):
            family = each.family & self._words
            same = [
                (known, note)
                for known, note in self._known
                if known.version == each.version
                and family <= known.family
                and len(known.family - family) <= _EXTRA
            ]
            if family and same:
                found.append((each.name, _shortest(same)))
        for run, version in chinese(question):
            for name in (run[at:] for at in range(len(run) - 1)):
                if version in self._chinese.get(name, {}):
                    thing = _spelt(name, version, self._chinese[name][version])
                    found.append((name, thing))
                    break
        return found

    def _belongs(self, word: str) -> bool:
        return fold(word) in self._words

    def _best(self, question: str) -> list[Thing]:
        """The versions of the family named, in order; the family with most of its words."""
        words = set(_WORD.findall(fold(question))) - ENGLISH - _GENERIC
        family = frozenset(self._words & words)
        tries = (family, *(frozenset((word,)) for word in sorted(family)))
        found = [self._family(words) for words in tries if words]
        found += [
            ([_spelt(name, version, by[version]) for version in sorted(by)], True)
            for name, by in self._chinese.items()
            if name in question
        ]
        best, _ = max(found, key=lambda each: (each[1], len(each[0])), default=([], False))
        return best

    def _family(self, words: frozenset[str]) -> tuple[list[Thing], bool]:
        """Versions of the names that hold all ``words``; whether two of them differ in nothing
        else."""
        of: dict[Version, list[tuple[Versioned, int]]] = defaultdict(list)
        for each, note in self._known:
            if words <= each.family and len(each.family - words) <= _EXTRA:
                of[each.version].append((each, note))
        families: list[frozenset[str]] = []
        for found in of.values():
            shortest = min(len(each.family) for each, _ in found)
            families += {each.family for each, _ in found if len(each.family) == shortest}
        things = [_shortest(found) for _, found in sorted(of.items())]
        return things, len(set(families)) < len(families)


def _shortest(found: Iterable[tuple[Versioned, int]]) -> Thing:
    """The thing that the shortest of these names names, all of one version."""
    found = list(found)
    least = min(len(each.family) for each, _ in found)
    base = [(each, note) for each, note in found if len(each.family) == least]
    first = base[0][0]
    notes = frozenset(note for _, note in base)
    return Thing(first.name, notes, first.version, first.family)


def _between(named: Iterable[Thing], all_of_them: Iterable[Thing]) -> list[Thing]:
    """The versions from the first named to the last; those named as they were found."""
    meant = {thing.version: thing for thing in named}
    return [
        meant.get(thing.version, thing)
        for thing in all_of_them
        if min(meant) <= thing.version <= max(meant)
    ]


def _spelt(name: str, version: Version, notes: Iterable[int]) -> Thing:
    number = ".".join(map(str, version if len(version) > 1 else (*version, 0)))
    return Thing(f"{name} {number}", frozenset(notes), version, frozenset((name,)))
