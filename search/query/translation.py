"""Turns terms of a question into the other words that they may stand as in the notes.

Those are the Chinese words for an English one, the English words for a Chinese one, and the
Chinese ones that say the same.

All that a word may mean shares one rarity, that of its meanings together (Pirkola, "The
effects of query structure and dictionary setups", 1998): else the rarest and least likely
meaning would weigh most.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.lexical.keyword_index import Clause
from index.text.terms import terms
from search.query.dictionary import Dictionary
from search.query.english import words
from search.query.stopwords import ENGLISH, content
from search.query.vocabulary import Vocabulary

_WEIGHT = 0.6
"""What a translation counts beside the word itself; 0.5 to 1.0 rank alike."""
_PART = 4
"""Letters of the shortest word that a compound is made of."""
_LONGEST = 4
"Vocabulary of the longest phrase that is looked up as one."


@dataclass(frozen=True, slots=True)
class Translator:
    """Looks words up, and keeps of what it finds only what stands in the notes."""

    glossary: Mapping[str, tuple[str, ...]]
    dictionary: Dictionary
    lexical: Vocabulary

    def alternatives(self, phrase: str, length: int = 1) -> Clause:
        """What a word or an English phrase of ``length`` words may stand as, as search terms."""
        if not phrase[0].isalpha():
            return []
        meant = [searched for each in self._meanings(phrase) if (searched := _searched(each))]
        known = self.lexical.frequencies(term for each in meant for term in each.split(" "))
        counted = [
            (searched, frequency)
            for searched in meant
            if (frequency := min(known[term] for term in searched.split(" ")))
        ]
        shared = self.lexical.idf(sum(frequency for _, frequency in counted))
        return [
            (searched, _WEIGHT * length * shared / self.lexical.idf(frequency))
            for searched, frequency in counted
        ]

    def phrases(self, text: str) -> list[Clause]:
        """Clauses for the phrases of ``text`` that mean something as a whole."""
        found = (self.alternatives(phrase, length) for phrase, length in _phrases(words(text)))
        return [clause for clause in found if clause]

    def _meanings(self, phrase: str) -> list[str]:
        if not phrase.isascii():
            english = map(_telling, self.dictionary.english(phrase))
            return list(dict.fromkeys((*self.dictionary.alike(phrase), *filter(None, english))))
        own = self.glossary.get(phrase, ())
        found = list(dict.fromkeys((*own, *self.dictionary.chinese(phrase))))
        return found or self._of_compound(phrase)

    def _of_compound(self, word: str) -> list[str]:
        """Of a word that only its parts explain, what the last part means: cyber|security."""
        for cut in range(_PART, len(word) - _PART + 1):
            last = self.dictionary.chinese(word[cut:])
            if last and self.dictionary.chinese(word[:cut]):
                return last
        return []


def _telling(phrase: str) -> str:
    """The words of an English phrase that tell something: shortcut key; of "there is" none."""
    return " ".join(content(phrase.split(" ")))


def _searched(meaning: str) -> str:
    """A word as its search term, or its parts where it is not one term."""
    found = terms(meaning)
    return meaning if meaning in found else " ".join(dict.fromkeys(found))


def _phrases(sequence: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Runs of two and more words that neither begin nor end with a question's own word."""
    for length in range(_LONGEST, 1, -1):
        for start in range(len(sequence) - length + 1):
            run = sequence[start : start + length]
            if run[0] not in ENGLISH and run[-1] not in ENGLISH:
                yield " ".join(run), length
