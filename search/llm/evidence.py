"""Tells what quotes give a statement to stand on, and whether they bear it out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.text.language import Language
from index.text.terms import fold, stem, terms
from search.llm.amounts import Quantity, quantities
from search.llm.clauses import Clause, chinese_names, clauses
from search.llm.polarity import flips
from search.llm.roles import exchanged, other_amounts, turned_round
from search.llm.stated_dates import Date, dates, rates
from search.query.dictionary import Dictionary
from search.query.english import words
from search.query.stopwords import CHINESE, ENGLISH

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
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_CALENDAR = re.compile(
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
)
_STEPS = re.compile(r"\b(?:then|afterwards|first|next|finally)\b|先|再|然后|随后|最后|接着")
_PART = 4
"""Letters of the shortest word that a compound such as cybersecurity is made of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote or several, folded, with the quantities and dates that they state."""

    text: str
    quotes: tuple[str, ...]
    """The quotes themselves, without the words that say where they stand."""
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]

    @classmethod
    def of(cls, quote: str, *about: str) -> "Evidence":
        """From a quote and the words that say where it stands."""
        text = fold("\n".join((quote, *about)))
        found, rest = dates(text)
        return cls(text, (quote,), tuple(each for each, _ in quantities(rest)), tuple(found))

    @classmethod
    def together(cls, several: Iterable["Evidence"]) -> "Evidence":
        """What several quotes give a statement that names them all."""
        listed = list(several)
        return cls(
            "\n".join(each.text for each in listed),
            tuple(quote for each in listed for quote in each.quotes),
            tuple(one for each in listed for one in each.quantities),
            tuple(one for each in listed for one in each.dates),
        )

    def has(self, name: str) -> bool:
        """Whether a name stands in it as a word of its own."""
        folded = re.escape(fold(name))
        return re.search(rf"(?<![a-z\d]){folded}(?![a-z\d])", self.text) is not None

    def states(self, claim: Quantity) -> bool:
        """Whether it has the quantity, or the year that a bare number may be."""
        years = {str(date.year) for date in self.dates if date.year}
        return claim.value in years or any(each.supports(claim) for each in self.quantities)

    def dates_it(self, claim: Date) -> bool:
        """Whether it has the date as whole as it is claimed."""
        bare = {int(each.value) for each in self.quantities if _YEAR.fullmatch(each.value)}
        years = {date.year for date in self.dates if date.year} | bare
        if (claim.month, claim.weekday) == (None, None):
            return claim.year in years
        return any(date.supports(claim, years) for date in self.dates)


@dataclass(frozen=True, slots=True)
class GroundingJudge:
    """Compares statements with evidence; the dictionary tells ordinary English words from names."""

    dictionary: Dictionary

    def supports(self, statement: str, evidence: Evidence, lang: Language, *, begins: bool) -> bool:
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
                _stands(name, evidence) or self._names_in_translation(name, evidence)
                for name in self._names(statement, evidence, lang, begins)
            )
            and _counted(statement, evidence)
            and all(self._agrees(claim, evidence) for claim in clauses(statement))
            and self._keeps_order(statement, evidence)
        )

    def _agrees(self, claim: Clause, evidence: Evidence) -> bool:
        """Whether no more is denied or turned round than in the clause that speaks of the same.

        An even number of turns says the same again: not above, below.
        """
        quoted = [each for quote in evidence.quotes for each in clauses(quote)]
        alike = [(self._common(claim, each), each) for each in quoted]
        most = max((common for common, _ in alike), default=0)
        nearest = [each for common, each in alike if common == most]
        return not nearest or any(
            (
                abs(claim.denials - each.denials)
                + flips(claim.ends, each.ends)
                + exchanged(claim, each, self._means)
            )
            % 2
            == 0
            and not turned_round(claim, each)
            and not other_amounts(claim, each)
            for each in nearest
        )

    def _keeps_order(self, statement: str, evidence: Evidence) -> bool:
        """Whether steps, where they are told as such, come as in the quotes."""
        if not _STEPS.search(fold(statement)):
            return True
        quoted = [each for quote in evidence.quotes for each in clauses(quote)]
        places: list[int] = []
        for claim in clauses(statement):
            common = [self._common(claim, each) for each in quoted]
            if any(common):
                places.append(common.index(max(common)))
        return places == sorted(places)

    def _common(self, claim: Clause, quoted: Clause) -> int:
        """How many words, numbers included, two clauses share, themselves or in translation."""
        shared = len(claim.words & quoted.words)
        shared += sum(self._means(word, quoted.text) for word in claim.words if word.isascii())
        return shared + sum(
            self._means(word, claim.text) for word in quoted.words if word.isascii()
        )

    def _means(self, english: str, chinese: str) -> bool:
        return any(meaning in chinese for meaning in self.dictionary.chinese(english))

    def shares_topic(self, statement: str, evidence: Evidence) -> bool:
        """Whether both share a word that says something, itself or in translation."""
        said = set(terms(statement)) - ENGLISH - CHINESE
        return (
            not said.isdisjoint(terms(evidence.text))
            or any(
                len(each.value) > 1 and evidence.states(each)
                for each, certain in quantities(dates(fold(statement))[1])
                if certain
            )
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
            yield from chinese_names(statement)
            return
        yield from _CHINESE.findall(statement)
        for place, word in enumerate(found):
            first = begins and place == 0 and word[1:] == word[1:].lower()
            is_named = word != word.lower() and not (first and self._is_ordinary(word, evidence))
            if (is_named and not _CALENDAR.fullmatch(word.lower())) or any(map(str.isdigit, word)):
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

    def _names_in_translation(self, name: str, evidence: Evidence) -> bool:
        """Whether the evidence has the name in the other language, as the dictionary knows it."""
        if name.isascii():
            return self._means(fold(name), evidence.text)
        return any(
            fold(name) in self.dictionary.chinese(word)
            for word in dict.fromkeys(words(evidence.text))
        )


def _counted(statement: str, evidence: Evidence) -> bool:
    """Whether every date as a whole, and every number with its unit, stands in the evidence."""
    found, rest = dates(fold(statement))
    claimed, known = (frozenset(rates(text)) for text in (fold(statement), evidence.text))
    if known and not claimed <= known:
        return False
    return all(map(evidence.dates_it, found)) and all(
        evidence.states(each) for each, certain in quantities(rest) if certain
    )


def _stands(name: str, evidence: Evidence) -> bool:
    """Whether the evidence has the name; one without digits may also stand there in parts."""
    if evidence.has(name):
        return True
    parts = _JOINT.split(name)
    if len(parts) < 2 or any(map(str.isdigit, name)):
        return False
    return all(part == part.lower() or evidence.has(part) for part in parts)
