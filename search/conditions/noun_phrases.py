"""Which noun a question asks for, and which of its words nothing explains."""

import re
from collections.abc import Iterable, Sequence

from index.text.segmentation import cut
from search.conditions import grammar
from search.conditions.linking import Mention
from search.conditions.parsing import Parse
from search.conditions.values import COMPARISONS

_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:['’-][^\W_\u3400-\u9fff]+)*")
_ADJACENT = re.compile(
    r"\W*(?:(?:in|by|under|on|from|with|at|as|to|for|of|the|a|an|用|由|在|拿|以|的)\W*)*",
    re.IGNORECASE,
)


def heads(text: str, mentions: Sequence[Mention], cues: Iterable[range]) -> set[Mention]:
    """The names that are the noun asked for: which Go tools, 哪些工具, …的工具有哪些."""
    found: set[Mention] = set()
    for cue in cues:
        before = [m for m in mentions if m.end <= cue.start]
        if before and not _WORD.search(text, before[-1].end, cue.start):
            found.add(before[-1])
        at, last = cue.stop, None
        for mention in (m for m in mentions if m.start >= cue.stop):
            if last and not mention.names:  # a verb that a property is named after
                break
            between = text[at : mention.start]
            if between.strip() if last else not all(map(_is_grammar, _WORD.findall(between))):
                break
            at, last = mention.end, mention
        found |= {last} if last else set()
    if mentions and not text.isascii() and not _WORD.search(text, mentions[-1].end):
        found.add(mentions[-1])
    return found


def _is_grammar(word: str) -> bool:
    return grammar.is_plain(word.lower())


def left(parse: Parse) -> list[range]:
    """The words that nothing explains; a verb beside a value is explained by it."""
    found = []
    for free in parse.free():
        for match in _WORD.finditer(parse.text, free.start, free.stop):
            at = match.start()
            for word in [match[0]] if match[0].isascii() else cut(match[0]):
                place = range(at, at + len(word))
                at += len(word)
                plain = grammar.is_plain(word.lower()) or word.isdigit()
                if not plain and not _is_beside(parse, place):
                    found.append(place)
    return found


def is_noun(text: str, place: range) -> bool:
    """Whether a word may be what is asked for, and is no name: tools, not ADR-003."""
    word = text[place.start : place.stop]
    return word.isalpha() and (not word.isascii() or word.islower() or place.start == 0)


def _is_beside(parse: Parse, place: range) -> bool:
    """Whether a word leads to a value, as "written in" to a language, or follows one: 牌."""
    word = parse.text[place.start : place.stop]
    if not word.isascii() and len(word) > 2:
        return False
    for condition, at in zip(parse.conditions, parse.places, strict=True):
        if condition.kind != "property" or condition.is_summary:
            continue
        if place.stop <= at.start:
            between = parse.text[place.stop : at.start]
            is_led_to = not word.isascii() or between.strip() or condition.op in COMPARISONS
            if _ADJACENT.fullmatch(between) and is_led_to:
                return True
        elif not word.isascii() and _ADJACENT.fullmatch(parse.text[at.stop : place.start]):
            return True
    return False
