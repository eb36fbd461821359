"""Makes the vault's own dictionary: terms that its notes give in two languages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from index.text.bilingual import TermPair
from search.query.stopwords import CHINESE

_MOST = 3
"""Chinese forms kept of an English term, most frequent first."""
_LETTERS = 2.5
"""Chinese characters that a word of English, or a letter of an abbreviation, becomes at most:
knowledge graph → 知识图谱, RAG → 检索增强生成."""
_COMPOUND = 6
"""Letters of English that count as a word at least: cybersecurity → 网络安全 has two in one."""


def glossary(counted: Iterable[tuple[TermPair, int]]) -> Mapping[str, tuple[str, ...]]:
    """English terms (folded words) and the Chinese ones for them, most frequent first.

    Where Chinese text stands before the brackets, the term is some of its last words: those
    that precede this English term most often, in as many words as fit its length. A note
    that puts Chinese in the brackets may mean an aside, so one such note is not enough.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for gloss, notes in counted:
        if gloss.bracketed:
            votes[gloss.english]["".join(gloss.chinese.split())] += notes - 1
            continue
        for form in _endings(gloss):
            votes[gloss.english][form] += notes
    return {english: found for english, forms in votes.items() if (found := _best(forms))}


def _endings(gloss: TermPair) -> list[str]:
    """What the term may be, longest first: last words that fit, none of them a function word."""
    words = gloss.english.split()
    units = max(len(words), len(gloss.english) // _COMPOUND)
    if len(words) == 1 and len(words[0]) <= 5:
        units = len(words[0])
    fitting = _LETTERS * units + 1
    forms: list[str] = []
    form = ""
    for word in reversed(gloss.chinese.split()):
        form = word + form
        if word in CHINESE or len(form) > fitting:
            break
        if len(form) > 1:
            forms.append(form)
    return forms[::-1]


def _best(forms: Counter[str]) -> tuple[str, ...]:
    """The forms that most text agrees on, none of them the end of another."""
    best: list[str] = []
    for form, count in sorted(forms.items(), key=lambda each: (-each[1] * len(each[0]), each[0])):
        if count > 0 and not any(b.endswith(form) or form.endswith(b) for b in best):
            best.append(form)
    return tuple(best[:_MOST])
