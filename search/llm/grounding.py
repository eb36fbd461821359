"""A model's sentence → the same sentence where its quotes bear it out, else nothing.

What quotes give a statement to stand on, and whether they bear it out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.text.dates import full_date
from index.text.language import Language, language
from index.text.terms import fold, stem, terms
from search.llm.numbers import claimed, stated
from search.llm.plaintext import MARKS, numbers_of, plain
from search.llm.stream import LONGEST
from search.query.dictionary import Dictionary
from search.query.english import words
from search.query.stopwords import CHINESE, ENGLISH
from search.result import Answer

_LATIN = re.compile(r"[^\W\d_\u3040-\u9fff][^\W_\u3040-\u9fff]*(?:[-_.'’+&/][^\W_\u3040-\u9fff]+)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_JOINT = re.compile(r"[-_.'’+&/]")
_ADDRESS = re.compile(
    r"[a-z]+://[^\s，。；、）)》」]+|\bwww\.[^\s，。；、）)》」]+"
    r"|[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}(?:/[^\s，。；、）)》」]*)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"《([^》]+)》|「([^」]+)」|『([^』]+)』|“([^”]+)”|\"([^\"]+)\"")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_PART = 4
"""Letters of the shortest word that a compound such as cybersecurity is made of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote or several, folded, with the numbers that they state."""

    text: str
    numbers: frozenset[str]

    @classmethod
    def of(cls, *parts: str) -> "Evidence":
        """From a quote and the words that say where it stands."""
        text = fold("\n".join(parts))
        return cls(text, stated(text))

    @classmethod
    def together(cls, several: Iterable["Evidence"]) -> "Evidence":
        """What several quotes give a statement that names them all."""
        listed = list(several)
        numbers = frozenset[str]().union(*(each.numbers for each in listed))
        return cls("\n".join(each.text for each in listed), numbers)

    def has(self, name: str) -> bool:
        """Whether a name stands in it as a word of its own, or is the month of one of its dates."""
        folded = re.escape(fold(name))
        if re.search(rf"(?<![a-z\d]){folded}(?![a-z\d])", self.text):
            return True
        month = full_date(f"1 {name} 2000")
        return month is not None and month[5:7].lstrip("0") in self.numbers


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares statements with evidence; the dictionary tells ordinary English words from names."""

    dictionary: Dictionary

    def bears_out(
        self, statement: str, evidence: Evidence, lang: Language, *, begins: bool
    ) -> bool:
        """Whether numbers, names, addresses and quoted words all stand in the evidence.

        ``begins`` tells that a sentence begins with the statement. In a Chinese sentence every
        Latin word counts as a name; in an English one, Chinese words and those with a capital
        or a digit, less an ordinary word at the beginning.
        """
        quoted = (next(filter(None, found)) for found in _QUOTED.findall(statement))
        addresses = (found[0].rstrip(".,;:!?") for found in _ADDRESS.finditer(statement))
        return (
            all(fold(part).strip(" ,.;。") in evidence.text for part in (*quoted, *addresses))
            and all(
                _stands(name, evidence) for name in self._names(statement, evidence, lang, begins)
            )
            and claimed(fold(statement)) <= evidence.numbers
        )

    def is_about(self, statement: str, evidence: Evidence) -> bool:
        """Whether both share a word that says something, itself or in translation."""
        said = set(terms(statement)) - ENGLISH - CHINESE
        return (
            not said.isdisjoint(terms(evidence.text))
            or self._translates(statement, evidence.text)
            or self._translates(evidence.text, fold(statement))
        )

    def _translates(self, english: str, chinese: str) -> bool:
        return _CHINESE.search(chinese) is not None and any(
            meaning in chinese
            for word in dict.fromkeys(words(english))
            if word not in ENGLISH
            for meaning in self.dictionary.chinese(word)
        )

    def _names(
        self, statement: str, evidence: Evidence, lang: Language, begins: bool
    ) -> Iterator[str]:
        found = [_POSSESSIVE.sub("", match[0]) for match in _LATIN.finditer(statement)]
        if lang == "zh":
            yield from found
            return
        yield from _CHINESE.findall(statement)
        for place, word in enumerate(found):
            first = begins and place == 0 and word[1:] == word[1:].lower()
            is_named = word != word.lower() and not (first and self._is_ordinary(word, evidence))
            if is_named or any(map(str.isdigit, word)):
                yield word

    def _is_ordinary(self, word: str, evidence: Evidence) -> bool:
        """Whether a capitalised word is in the dictionary with all its parts.

        Of a compound such as cybersecurity, which many firms' names look like, the last part
        must be spoken of in the evidence.
        """
        return all(
            self._is_known(plain := stem(part))
            or any(
                self._is_known(plain[:cut]) and self._translates(plain[cut:], evidence.text)
                for cut in range(_PART, len(plain) - _PART + 1)
            )
            for part in filter(None, _JOINT.split(fold(word)))
        )

    def _is_known(self, word: str) -> bool:
        return word in ENGLISH or bool(self.dictionary.chinese(word))


@dataclass(frozen=True, slots=True)
class Claims:
    """Checks sentences against an answer's citations."""

    evidence: Mapping[int, Evidence]
    judge: Judge

    def verified(self, sentence: str) -> str | None:
        """The sentence as plain text with its marks; None where it does not hold.

        What stands before a mark must stand in the quote that the mark names, and what follows
        the last mark in that one's quote.
        """
        text = plain(sentence) if len(sentence) <= LONGEST else ""
        if not text or not all(mark in self.evidence for mark in numbers_of(text)):
            return None
        parts = list(_statements(text))
        lang = language(MARKS.sub(" ", text))
        for place, (statement, marks) in enumerate(parts):
            evidence = Evidence.together(self.evidence[mark] for mark in marks)
            if not self.judge.bears_out(statement, evidence, lang, begins=place == 0):
                return None
        whole = Evidence.together(self.evidence[mark] for _, marks in parts for mark in marks)
        if not parts or not self.judge.is_about(MARKS.sub(" ", text), whole):
            return None
        return text


def _statements(text: str) -> Iterator[tuple[str, list[int]]]:
    """What stands before each group of marks, with the group; the rest goes with the last one."""
    found = list(MARKS.finditer(text))
    start = 0
    marks: list[int] = []
    for match in found:
        statement, start = text[start : match.start()], match.end()
        marks = numbers_of(match[1]) + ([] if _says(statement) else marks)
        yield statement, marks
    if marks and _says(text[start:]):
        yield text[start:], marks


def _says(statement: str) -> bool:
    return any(map(str.isalnum, statement))


def claims(answer: Answer, judge: Judge) -> Claims:
    """What the answer's quotes state, each with title, headings and date of its note.

    These belong to a quote as they do to the reader, who sees them beside it: a system card
    seldom repeats in each sentence whose it is.
    """
    dates = {mark: row.date for row in answer.rows for mark in row.citations if row.date}
    return Claims(
        {
            each.id: Evidence.of(each.quote, each.title, *each.heading, dates.get(each.id, ""))
            for each in answer.citations
        },
        judge,
    )


def _stands(name: str, evidence: Evidence) -> bool:
    """Whether the evidence has the name; one without digits may also stand there in parts."""
    if evidence.has(name):
        return True
    parts = _JOINT.split(name)
    if len(parts) < 2 or any(map(str.isdigit, name)):
        return False
    return all(part == part.lower() or evidence.has(part) for part in parts)
