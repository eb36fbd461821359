"""The signs for and against an answer, from the question and the best notes found for it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from index.text.terms import fold, terms
from search.answer.evidence.answerability import Signs
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.term_weights import Words
from search.answer.question.intent import Question, names, substance
from search.query.english import base_forms
from search.query.stopwords import CHINESE, ENGLISH

_FIRST = 12
"""Units of which one may say all that is asked."""
_ASKS_AUTHOR = re.compile(
    r"\bwho (?:\w+ )?(?:wrote|made|created|built|developed|writes|makes|develops)\b"
    r"|谁(?:写|做|开发|创作|发明)|是谁[^？?]{0,8}(?:写|做|开发|创作|发明)的",
    re.IGNORECASE,
)
_NAMES_AUTHOR = re.compile(
    r"\b(?:authors?|creators?|makers?|wrote|(?:written|made|created|built|developed|founded) by)\b"
    r"|作者|开发者|作家|译者|由.{1,16}(?:写|做|制作|开发|创建|创作|撰写)|所(?:写|著|作)"
)
_MOST_WORDS = 8
"""Clauses beyond which a question asks no more than enough."""
_NUMBERED = re.compile(
    r"\b(?P<latin>[A-Za-z]{2,})[ \-_]?[vV]?(?P<of_latin>\d+(?:\.\d+)*)(?![\w.]\w|[A-Za-z\d])"
    r"|(?P<chinese>[\u4e00-\u9fff]{2}) ?[vV]?(?P<of_chinese>\d+\.\d+)"
)
"""A name with its number: Lumen 2, Lumen-2.1, 流明2.1. What is bare Chinese with a whole
number (第 3 章, 还有 5 个) is a count more often than a name."""
_MONTH_OR_YEAR = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:19|20)\d\d"
)

_FUNCTION = "".join(word for word in CHINESE if len(word) == 1)
"""Characters that cling to a word where a sentence is parted wrongly: the 要 of 要炖."""


@dataclass(frozen=True, slots=True)
class Source:
    """One of the best notes, as far as it was read."""

    note_id: int
    title: str
    text: str

    def holds(self) -> "Held":
        """What stands in the note."""
        text = f"{self.title} {self.text}"
        own = frozenset(terms(text))
        bases = {form for term in own if _is_word(term) for form in base_forms(term)}
        return Held(fold(text), own | bases)


@dataclass(frozen=True, slots=True)
class Held:
    """A note's text, folded, and its terms, those of English words in their base forms too."""

    text: str
    terms: frozenset[str]

    def share(self, clauses: Sequence[Mapping[str, float]]) -> float:
        """How much of the clauses stands in the note, between 0 and 1."""
        total = sum(max(clause.values()) for clause in clauses)
        found = sum(max(clause.values()) for clause in clauses if any(map(self._has, clause)))
        return found / total if total else 1.0

    def names_author(self) -> bool:
        """Whether the note says by whom anything is."""
        return _NAMES_AUTHOR.search(self.text) is not None

    def _has(self, term: str) -> bool:
        """Chinese is looked for letter by letter: two sentences may part the same words apart."""
        return all(
            not self.terms.isdisjoint(base_forms(part) if _is_word(part) else (part,))
            if part.isascii()
            else (part.strip(_FUNCTION) or part) in self.text
            for part in term.split(" ")
        )


def signs(
    question: Question,
    words: Words,
    things: Sequence[str],
    top: float,
    weighed: Sequence[Weighed],
    notes: Sequence[Source],
    count: int,
) -> Signs:
    """The signs, from the best ``notes`` and units and the names of the ``things`` asked about.

    ``count`` is the number of all notes.

    What is asked is looked for only in notes that hold as many of the names as any does: a
    price beside another name answers nothing.
    """
    held = [note.holds() for note in notes]
    called = names(question, things)
    named = [clause for clause in words.clauses if _first(clause) <= called]
    asked = asked_clauses(question, words, things)
    shares = [each.share(named) for each in held]
    about = [place for place, share in enumerate(shares) if share == max(shares)]
    all_held = max(held[place].share(asked) for place in about)
    if _ASKS_AUTHOR.search(question.text) and not any(held[p].names_author() for p in about):
        all_held = 0.0
    ids = {notes[place].note_id for place in about}
    return Signs(
        top=top,
        meaning=max((each.meaning for each in weighed if each.unit.note_id in ids), default=0.0),
        held=all_held,
        whole=all_held == 1.0,
        words=_enough(len(asked), question, bool(things)),
        said=_said(asked, weighed),
        named=max(shares),
        sibling=_is_sibling(question, [note.text for note in notes]),
        english=question.lang == "en",
        notes=count,
    )


def _said(asked: Sequence[Mapping[str, float]], weighed: Iterable[Weighed]) -> float:
    """The largest share of what is asked that one of the best units says under its headings."""
    if not asked:
        return 1.0
    words = Words(asked, sum(max(clause.values()) for clause in asked))
    units = islice(weighed, _FIRST)
    shares = (words.share(w.terms | frozenset(terms(" ".join(w.unit.heading)))) for w in units)
    return max(shares, default=0.0)


def _enough(asked: int, question: Question, named: bool) -> int:
    """How much is asked; of what a thing is and nothing else, as much as is needed."""
    if asked or not named or question.kind == "fact":
        return min(asked, _MOST_WORDS)
    return _MOST_WORDS // 2


def asked_clauses(
    question: Question, words: Words, things: Sequence[str]
) -> list[Mapping[str, float]]:
    """What is asked: the clauses less names and words that only make it a question."""
    bare = fold(question.text)
    for thing in things:
        bare = bare.replace(fold(thing), " ")
    every, real = frozenset(terms(question.text)), frozenset(terms(substance(bare)))
    called = names(question, things)
    clauses = [each for each in words.clauses if not _first(each) <= called]
    asked = [each for each in clauses if _first(each) <= real or not _first(each) <= every]
    return [each for each in asked if not _is_compound(each, asked)]


def _is_compound(clause: Mapping[str, float], clauses: Iterable[Mapping[str, float]]) -> bool:
    """Whether it is a Chinese word whose parts are clauses too: 版本号 beside 版本."""
    word = next(iter(clause))
    parts = (next(iter(other)) for other in clauses)
    return not word.isascii() and any(p != word and len(p) > 1 and p in word for p in parts)


def _is_word(term: str) -> bool:
    return term.isascii() and term.isalpha()


def _first(clause: Mapping[str, float]) -> frozenset[str]:
    return frozenset(next(iter(clause)).split(" "))


def _is_sibling(question: Question, texts: Iterable[str]) -> bool:
    """Whether a numbered name of the question stands in the texts, but with other numbers."""
    folded = [fold(text) for text in texts]
    known = ((number, _numbers(name, folded)) for name, number in _numbered(question))
    return any(numbers and number not in numbers for number, numbers in known)


def _numbered(question: Question) -> Iterable[tuple[str, str]]:
    for match in _NUMBERED.finditer(question.text):
        name = fold(match["latin"] or match["chinese"])
        number = match["of_latin"] or match["of_chinese"]
        plain = question.lang == "en" and not match[0][0].isupper()
        if not (plain or name in ENGLISH or any(map(_MONTH_OR_YEAR.fullmatch, (name, number)))):
            yield name, _short(number)


def _numbers(name: str, texts: Iterable[str]) -> frozenset[str]:
    pattern = re.compile(rf"(?<![a-z]){re.escape(name)}[\s\-_]*v?(\d+(?:\.\d+)*)(?![a-z0-9])")
    return frozenset(_short(found) for text in texts for found in pattern.findall(text))


def _short(number: str) -> str:
    """2.0 and 2 are the same version."""
    return re.sub(r"(?:\.0)+$", "", number)
