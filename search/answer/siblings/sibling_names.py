"""Tells names apart: the differing part of otherwise equal ones.

``Berth 4`` and ``Berth 5`` differ in a number, ``阴面温室`` and ``阳面温室`` in the word before
what they share.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from index.text.segmentation import cut, tagged
from index.text.terms import fold, terms
from search.query.stopwords import CHINESE, ENGLISH, is_stopword

NUMERALS = "一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸"
NUMBER = re.compile(
    rf"(?<![\d.])\d+(?:\.\d+)*(?![\d]|\.\d)|(?<![a-z0-9'’])[a-z](?![a-z0-9'’])|[{NUMERALS}]+"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ENDS = re.compile(r"[\s\-_#.№：:（(]*\Z")
_DATED = re.compile(r"\d{4}([-./年])\d{1,2}\b")
_LONGEST = 12
"""Characters of a name that are shared."""
_SHARES = 2
"""Names that must share a part before another one beside it is of their family."""
_OPENS_NAME = re.compile(
    r"\b(?:the|an?|my|our|your|his|her|its|their|of|in|on|at|for|from|to|with|about|by|than|and|or)"
    r"\s+\Z",
    re.IGNORECASE,
)
"""Words behind which a name without capitals may begin: which *pages mention* it is none."""
_GOES_ON = re.compile(r"[a-z0-9]|[.\-]\d")
"""What follows a part of a word or number."""
_KEPT = 10_000
"""Names whose words are remembered: each question asks for those of the nearest notes again."""
_POINTING = "这那哪每某各几我你他她它本该此"
_NOMINAL = ("n", "eng", "j", "l", "i", "b", "vn", "m", "t")
"""Parts of speech, by how their tags begin, of what may stand in a name."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the names of a family share, and on which side of it the differing part stands."""

    text: str
    side: str
    """``number``: one stands behind it; ``unit``: one before it; else where a word stands."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that is built like known ones but is none of them."""

    name: str
    siblings: tuple[str, ...]


class SiblingNames:
    """Names by what they share."""

    def __init__(self, names: Iterable[str]) -> None:
        by_shared: dict[Shared, dict[str, str]] = defaultdict(dict)
        for name in names:
            for shared, own in parts(name):
                by_shared[shared].setdefault(own, name)
        self._families: Mapping[Shared, Mapping[str, str]] = {
            shared: own
            for shared, own in by_shared.items()
            if (len(own) >= _SHARES or shared.side == "number")
            and (shared.side == "unit" or not is_stopword(shared.text))
        }
        self._beside = {s.text for s in self._families if s.side in ("before", "behind")}

    def siblings(self, name: str) -> frozenset[str]:
        """The names that differ from this one in one part only."""
        return frozenset(
            other
            for shared, own in parts(name)
            for part, other in self._families.get(shared, {}).items()
            if part != own
        )

    def differing(self, name: str) -> frozenset[str]:
        """The parts, folded, in which a name differs from its siblings."""
        return frozenset(
            own for shared, own in parts(name) if len(self._families.get(shared, {})) > 1
        )

    def instead_of(self, part: str) -> frozenset[str]:
        """What stands, folded, in the place of this part in the names of its siblings."""
        own = fold(part)
        return frozenset(
            other for known in self._families.values() if own in known for other in known
        ) - {own}

    def strangers(self, question: str) -> list[Stranger]:
        """What the question names as a sibling of known names, though it is none of them."""
        folded = fold(question)
        found = [*self._by_number(folded), *self._by_word(question, folded)]
        return list({each.name: each for each in found}.values())

    def _by_number(self, folded: str) -> Iterator[Stranger]:
        for match in NUMBER.finditer(folded):
            known: Mapping[str, str] | None = None
            for start, end, side in _around(folded, match):
                known = self._families.get(Shared(folded[start:end], side))
                if known is not None:
                    break
            if known and _is_new(match[0], known):
                place = min(start, match.start()), max(end, match.end())
                yield Stranger(folded[slice(*place)], tuple(known.values()))

    def _by_word(self, question: str, folded: str) -> Iterator[Stranger]:
        if len(question) != len(folded):  # a place in one is none in the other
            question = folded
        ends = list(accumulate(map(len, cut(question)), initial=0))  # between words
        places = (
            (start, end)
            for start in ends
            for end in ends
            if start + 2 <= end <= start + _LONGEST and folded[start:end] in self._beside
        )
        for start, end in places:
            for side in ("before", "behind"):
                known = self._families.get(Shared(folded[start:end], side))
                word = known and _word_beside(question, start, end, side, known)
                if word and not any(fold(word) in own or own in fold(word) for own in known or ()):
                    pair = (word, question[start:end])
                    joint = "" if _CHINESE.search(word) else " "
                    name = joint.join(pair if side == "before" else reversed(pair))
                    yield Stranger(name, tuple((known or {}).values()))


def parts(name: str) -> Iterator[tuple[Shared, str]]:
    """Each way in which a name divides into what siblings share and what is its own."""
    folded = fold(name).strip()
    if _DATED.match(folded):
        return
    for match in NUMBER.finditer(folded):
        start, end, side = next(_around(folded, match), (0, 0, ""))
        if side == "unit":
            if folded[: match.start()].strip("第 "):
                continue
            end = start + len(cut(folded[start:end])[0])
        if side:
            yield Shared(folded[start:end], side), match[0]
            return
    if len(folded) > _LONGEST * 2:
        return
    words = folded.split() if folded.isascii() else [w for w in cut(folded) if w.strip()]
    if 1 < len(words) < 4 and not any(c.isdigit() for c in folded):
        joint = " " if folded.isascii() else ""
        yield Shared(joint.join(words[1:]), "before"), words[0]
        yield Shared(joint.join(words[:-1]), "behind"), words[-1]


def _around(folded: str, number: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Where what a number belongs to may stand: before it, longest first, else behind it."""
    end = len(_ENDS.sub("", folded[: number.start()]))
    for start in range(max(end - _LONGEST, 0), end - 1):
        inside = folded[start - 1 : start + 1] if start else ""
        if folded[start].strip() and not (
            inside.isascii() and inside.isalnum() and len(inside) == 2
        ):
            yield start, end, "number"
    unit = re.match(
        r"\s*(?![年月日]|号(?![\u3400-\u9fff]))([\u3400-\u9fff]{1,4})", folded[number.end() :]
    )
    if unit:
        start = number.end() + unit.start(1)
        for length in range(len(unit[1]), 0, -1):
            yield start, start + length, "unit"


def _is_new(number: str, known: Iterable[str]) -> bool:
    """Whether a number is written as the known ones, but is none of them nor a part of one."""
    return any(_script(number) == _script(other) for other in known) and not any(
        one == other or one.startswith(f"{other}.")
        for known_one in known
        for one, other in ((number, known_one), (known_one, number))
    )


def _script(number: str) -> str:
    return "digits" if number[0].isdigit() else "letter" if number.isascii() else "numeral"


def _word_beside(
    question: str, start: int, end: int, side: str, known: Iterable[str]
) -> str | None:
    """The word that stands right beside what names share, where it may be part of a name."""
    if side == "behind":
        after = re.match(r"\s?([A-Z][\w+#-]*)", question[end:])
        return after[1] if after and fold(after[1]) not in ENGLISH else None
    before = re.search(r"([A-Za-z][\w+#-]*)\s\Z", question[:start])
    if before:
        names = before[1][0].isupper() or _OPENS_NAME.search(question[: before.start()])
        return before[1] if names and fold(before[1]) not in ENGLISH else None
    run = re.search(r"[\u3400-\u9fff]+\Z", question[:start])
    if run is None:
        return None
    words: list[tuple[str, str]] = []
    for word, kind in reversed(tagged(run[0])):
        if word in CHINESE or word[0] in _POINTING or kind[0] in "rpcuyd" or kind == "s":
            break
        words.insert(0, (word, kind))
    word = "".join(each for each, _ in words)
    nominal = all(kind.startswith(_NOMINAL) for _, kind in words)
    shares = any(len(own) > 1 and set(own) & set(word) for own in known)
    return word if 1 < len(word) < 7 and (nominal or shares) else None


def shape(text: str) -> str:
    """How a name is written, its numbers aside: ``7/14`` and ``11/2`` are alike."""
    return re.sub(r"\d+", "0", fold(text))


def stands(name: str, folded: str) -> bool:
    """Whether a name stands in a folded text, not as a part of a longer word or number."""
    name = fold(name).strip()
    place = folded.find(name) if name else -1
    while place >= 0:
        before, behind = folded[max(place - 1, 0) : place], folded[place + len(name) :][:2]
        is_begun = name[0].isascii() and _GOES_ON.match(before.replace(".", "0"))
        is_cut = name[-1].isascii() and _GOES_ON.match(behind)
        if not is_begun and not is_cut:
            return True
        place = folded.find(name, place + 1)
    return False


def is_named(name: str, folded: str, asked: frozenset[str]) -> bool:
    """Whether a question (folded, and its terms) gives a name, or all of its words."""
    whole = fold(name).strip()
    is_there = stands(name, folded)
    if len(whole) < 2 or not (is_there or whole.isascii()):
        return False
    words = _words(name)
    return bool(words) and (is_there or (len(words) > 1 and words <= asked))


@lru_cache(_KEPT)
def _words(name: str) -> frozenset[str]:
    return frozenset(terms(name)) - ENGLISH - CHINESE
