"""Finds what one wants to jump to by part of its name: as typed, by pinyin, or with a mistake."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from index.text.terms import fold_with_offsets, letters
from search.catalogue.names import Headings, Name, NameKind, headings, names
from search.ranking.highlight import Segments
from search.snapshot import OpenIndex

_ORDER: tuple[NameKind, ...] = ("note", "alias", "folder", "tag", "heading")
_MOST = {"note": 6, "alias": 3, "folder": 2, "tag": 2, "heading": 3}
"""How many of each kind are shown at most."""
_EQUAL, _PREFIX, _PART, _INITIALS, _INNER = 1.0, 0.95, 0.9, 0.8, 0.7
_AS_TYPED, _SAME_CASE = 0.06, 0.08
"""What it adds that signs and spaces are as typed, and capitals where some were typed."""
_ALIKE = 0.75
"""What a name with all its letters alike is worth; with mistakes as much less."""
_LEAST_ALIKE = 75.0
"""Hundredths of the typed letters that must stand in a row (rapidfuzz's partial ratio)."""
_FEWEST_ALIKE = 4
"""Letters from which a mistake is forgiven: fewer are like too much."""
_ENOUGH = 3
"""With so many names that have the letters as typed no mistake is looked for."""
_SHORT = 3
"""Fewer Latin letters than this are looked for only where a name begins."""
_MOST_PLACES = 400
_KEPT = 200_000
_NO_LETTER = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A name that matches, and where it leads."""

    kind: NameKind
    path: str
    title: str
    name: str
    segments: Segments
    """The name cut into pieces; True marks matched letters."""
    count: int
    score: float


@dataclass(frozen=True, slots=True)
class _Match:
    name: Name
    score: float
    start: int
    end: int
    """Which of the name's letters matched."""


class _Lines:
    """Words that are looked through all at once."""

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        self._text = "\n" + "\n".join(words) + "\n"
        self._starts = [0, *accumulate(len(word) + 1 for word in words)][:-1]

    def passages_with_all(self, wanted: str, only_first: bool) -> Iterator[tuple[int, int]]:
        """The words that begin with ``wanted``, then those that hold it: which, and where."""
        yield from self._places("\n" + wanted)
        if not only_first:
            yield from ((word, at) for word, at in self._places(wanted) if at)

    def _places(self, wanted: str) -> Iterator[tuple[int, int]]:
        at, found = self._text.find(wanted), 0
        first = wanted.startswith("\n")
        while at >= 0 and found < _MOST_PLACES:
            word = bisect_right(self._starts, at if first else at - 1) - 1
            yield word, 0 if first else at - 1 - self._starts[word]
            at, found = self._text.find(wanted, at + 1), found + 1


@dataclass(frozen=True, slots=True)
class _Known:
    """The names of one state of the vault."""

    generation: int
    headings: Headings
    names: Sequence[Name]
    letters: _Lines
    initials: _Lines


class TitleSearch:
    """Answers from the newest state of the index; safe to share between threads."""

    def __init__(self, index: OpenIndex) -> None:
        self._index = index
        self._kept: _Known | None = None

    def find(self, typed: str, k: int = 8) -> tuple[TitleHit, ...]:
        """Up to ``k`` names, best first.

        Raises:
            NotReady: nothing is indexed yet.
        """
        wanted = letters(typed)
        if not wanted:
            return ()
        known = self._known()
        found = list(_containing(wanted, typed.strip(), known))
        if wanted.isascii() and wanted.isalnum() and len(wanted) > 1:
            found += _by_initials(wanted, known)
        if len(wanted) >= _FEWEST_ALIKE and len(found) < _ENOUGH:
            found += _alike(wanted, known.names)
        found.sort(key=lambda match: (-match.score, _ORDER.index(match.name.kind),
                                      len(match.name.letters), match.name.name))  # fmt: skip
        return tuple(_hit(match) for match in _varied(found))[:k]

    def _known(self) -> _Known:
        catalogue = self._index.snapshot().catalogue
        kept = self._kept
        if kept is None or kept.generation != catalogue.generation:
            own = headings(catalogue, self._index.store, kept.headings if kept else {})
            all_names = list(names(catalogue, own))
            initials = ("" if n.kind == "heading" else _initials(n.letters) for n in all_names)
            kept = self._kept = _Known(
                catalogue.generation, own, all_names,
                _Lines(name.letters for name in all_names), _Lines(initials),
            )  # fmt: skip
        return kept


def _containing(wanted: str, typed: str, known: _Known) -> Iterator[_Match]:
    short = len(wanted) < _SHORT and wanted.isascii()
    capitals = typed != typed.lower()
    for i, at in known.letters.passages_with_all(wanted, short):
        name = known.names[i]
        score = _EQUAL if len(wanted) == len(name.letters) else _PART if at else _PREFIX
        score += _AS_TYPED * (typed.casefold() in name.name.casefold())
        score += _SAME_CASE * (capitals and typed in name.name)
        yield _Match(name, score, at, at + len(wanted))


def _by_initials(wanted: str, known: _Known) -> Iterator[_Match]:
    """Names whose Chinese characters' pinyin begins with the letters typed."""
    for i, at in known.initials.passages_with_all(wanted, False):
        yield _Match(known.names[i], _INNER if at else _INITIALS, at, at + len(wanted))


@lru_cache(_KEPT)
def _initials(folded: str) -> str:
    """Each Chinese character as the first letter of its pinyin, all else as it is."""
    if folded.isascii():
        return ""
    from pypinyin import Style, lazy_pinyin

    first = "".join(lazy_pinyin(folded, style=Style.FIRST_LETTER))
    return first if len(first) == len(folded) else ""


def _alike(wanted: str, known: Sequence[Name]) -> Iterator[_Match]:
    """Names in which the letters typed stand with a mistake or two."""
    from rapidfuzz import fuzz, process

    long = [
        name for name in known if name.kind != "heading" and len(name.letters) >= len(wanted) - 1
    ]
    best = process.extract(
        wanted, [name.letters for name in long], scorer=fuzz.partial_ratio,
        limit=20, score_cutoff=_LEAST_ALIKE,
    )  # fmt: skip
    for _, ratio, i in best:
        place = fuzz.partial_ratio_alignment(wanted, long[i].letters)
        if place is not None:
            begins = 0.01 if place.dest_start == 0 else 0.0
            yield _Match(long[i], _ALIKE * ratio / 100 + begins, place.dest_start, place.dest_end)


def _varied(found: Iterable[_Match]) -> Iterator[_Match]:
    """Not too many of a kind, and each note once."""
    left = dict(_MOST)
    notes: set[str] = set()
    for match in found:
        name = match.name
        if left[name.kind] and (name.kind in ("folder", "tag") or name.path not in notes):
            left[name.kind] -= 1
            notes.add(name.path)
            yield match


def _hit(match: _Match) -> TitleHit:
    name = match.name
    return TitleHit(
        name.kind, name.path, name.title, name.name, _segments(match), name.count,
        round(match.score, 4),
    )  # fmt: skip


def _segments(match: _Match) -> Segments:
    """The name with its matched letters marked; of a folder the path with its last part so."""
    text = match.name.name
    head = text.rpartition("/")[0] + "/" if match.name.kind == "folder" and "/" in text else ""
    folded, offsets = fold_with_offsets(text[len(head) :])
    places = [offsets[i] for i, c in enumerate(folded) if not _NO_LETTER.fullmatch(c)]
    start = len(head) + places[match.start]
    end = len(head) + places[match.end - 1] + 1
    pieces = ((text[:start], False), (text[start:end], True), (text[end:], False))
    return tuple(piece for piece in pieces if piece[0])
