"""Turns a question that follows another into one that stands by itself.

``And the north gate?`` puts another thing in the place of the one before, ``Who painted it?``
asks something else of the same thing; a question that names its thing needs nothing before it.
"""

import re
from collections.abc import Callable, Sequence

from index.text.segmentation import cut, tagged
from index.text.terms import fold
from search.answer.question.entities import Names
from search.answer.siblings.sibling_names import NUMBER, parts, stands
from search.query.stopwords import CHINESE, is_stopword

_PRONOUN = re.compile(
    r"\b(?:its?|they|their|theirs|them|he|she|his|hers?|him|this|that|these|those|there)\b"
    r"|[它他她]们?的?|这个|那个|这里|那里|前者|后者",
    re.IGNORECASE,
)
_OWNERS = frozenset({"its", "their", "theirs", "his", "her", "hers"})
_ASKS_ALSO = re.compile(
    r"\A\W*(?:and|or|but|what about|how about)\b|呢\W*\Z|\A\W*那", re.IGNORECASE
)
_LEADING = re.compile(
    r"\A\W*(?:(?:and|or|but|so|then|what about|how about|for|of|the|in|on|at|with)\b\W*)*"
    r"(?:那么?|而|还有|至于|换成)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:的|的话)?(?:又?怎么?样|又?如何)?呢?\W*\Z|\W*\bones?\b\W*\Z|\W+\Z", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:what|which|who|whose|when|where|why|how|is|are|was|were|do|does|did|can|has|have)\b"
    r"|什么|哪|谁|几|多[少久长大高远重]|怎么|如何|为什么|吗|是不是|有没有",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next)\b"
    r"|第[一二三四五六七八九十\d]+|最后一?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\d{1,2} ?月|[一二三四五六七八九十]{1,2}月",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:yesterday|today|tomorrow|(?:last|this|next) (?:week|month|year)|(?:19|20)\d\d)\b"
    r"|[昨今明前后]天|[上本这下]个?[周月]|[去今明前]年|(?:19|20)\d\d ?年?",
    re.IGNORECASE,
)
_LONGEST = 30
"""Characters of a thing or an aspect by itself."""

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning a text is to each of others."""


def standing_alone(question: str, before: str, names: Names, alike: Likeness) -> str:
    """The question with what it leaves out taken from the question ``before``."""
    named = names.named(question)
    pronoun = None if named else _PRONOUN.search(question)
    thing = _thing(before, names)
    if pronoun is not None and thing is not None:
        return _with_thing(question, pronoun, thing)
    instead = None if pronoun else _instead(question)
    if instead is not None:
        replaced = _replaced(before, instead, names, alike)
        return replaced or f"{before} {question}"
    if pronoun is not None or (not named and _leaves_out(question)):
        return f"{before} {question}" if thing is None else f"{thing}{_joint(thing)}{question}"
    return question


def _thing(before: str, names: Names) -> str | None:
    """What a question is about: the thing that it names, else the first word that may be one."""
    named = names.named(before)
    if named:
        return named[0].name
    capital = re.search(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*", before)
    if capital:
        return capital[0]
    first = next(((w, kind) for w, kind in tagged(before) if w not in CHINESE), None)
    return first[0] if first and first[1].startswith("n") and not first[0].isascii() else None


def _with_thing(question: str, pronoun: re.Match[str], thing: str) -> str:
    said = pronoun[0]
    owner = "的" if said.endswith("的") else "'s" if fold(said) in _OWNERS else ""
    return question[: pronoun.start()] + thing + owner + question[pronoun.end() :]


def _instead(question: str) -> str | None:
    """The thing or the aspect that is all a question gives; None where it asks by itself."""
    if not _ASKS_ALSO.search(question):
        return None
    core = _LEADING.sub("", _TRAILING.sub("", question)).strip()
    return core if core and not _ASKS.search(core) and len(core) <= _LONGEST else None


def _replaced(before: str, core: str, names: Names, alike: Likeness) -> str | None:
    """The question before with this in the place of what is most like it."""
    folded = fold(before)
    for pattern in (_ORDINAL, _MONTH, _DAY):
        own, other = pattern.search(core), pattern.search(before)
        if own and other:
            return before[: other.start()] + own[0] + before[other.end() :]
    if len(folded) == len(before):
        place = _sibling(folded, fold(core), names)
        if place is not None:
            return before[: place[0]] + core + before[place[1] :]
    given, known = names.named(before), names.named(core)
    at = folded.find(fold(given[0].name)) if given and known and len(folded) == len(before) else -1
    if at >= 0:
        return before[:at] + core + before[at + len(given[0].name) :]
    words = [word for word in cut(before) if _is_content(word)]
    if not words:
        return None
    nearness = alike(core, words)
    best = words[max(range(len(words)), key=lambda place: nearness[place])]
    return before.replace(best, core, 1)


def _sibling(folded: str, core: str, names: Names) -> tuple[int, int] | None:
    """Where a sibling of what is given stands: built as it is, or told apart by the like part."""
    for shared, _ in parts(core):
        if shared.side == "number":
            number = rf"{re.escape(shared.text)}[\s\-_#.]?(?:{NUMBER.pattern})"
            beside = re.search(number, folded)
            if beside:
                return beside.span()
    others = sorted(names.siblings.instead_of(core), key=len, reverse=True)
    found = ((folded.find(each), len(each)) for each in others if stands(each, folded))
    return next(((at, at + length) for at, length in found), None)


def _leaves_out(question: str) -> bool:
    """Whether a question begins with what is asked and names nothing of which it is asked."""
    words = [(word, kind) for word, kind in tagged(question) if word.strip()]
    if question.isascii():
        return sum(_is_content(word) for word, _ in words) <= 1
    return (
        bool(words)
        and words[0][1][0] in "vrmadpc"
        and not any(
            kind[0] == "n" and place < len(words) / 2 and word not in CHINESE
            for place, (word, kind) in enumerate(words)
        )
    )


def _joint(thing: str) -> str:
    return " " if thing.isascii() else ""


def _is_content(word: str) -> bool:
    return not is_stopword(fold(word)) and any(map(str.isalnum, word))
