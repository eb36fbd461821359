"""Which of the weighed units are quoted: the best that fit, none that says it again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.text.terms import terms
from search.answer.evidence.labels import label
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.term_weights import Words

_SAME = 0.6
"""Share of common terms from which a shorter unit says what a chosen one says."""

_SEVERAL, _ELSEWHERE = 3, 0.65
"""Units by which the note of a how-to is found; what those of other notes count."""


def choose(
    weighed: Sequence[Weighed], room: int, *, least: float = 0.0, most: int = 12
) -> list[Weighed]:
    """Units best first while their texts fit into ``room`` characters.

    ``least`` is the share of the best score below which nothing is quoted.
    """
    chosen: list[Weighed] = []
    used = 0
    for each in weighed:
        if len(chosen) == most or each.score < least * weighed[0].score:
            break
        length = len(each.unit.text)
        if used + length > room or any(_repeats(each, other) for other in chosen):
            continue
        chosen.append(each)
        used += length
    return chosen


def choose_each(
    weighed: Sequence[Weighed],
    parts: Sequence[Sequence[Weighed]],
    room: int,
    *,
    least: float = 0.0,
) -> list[Weighed]:
    """The best unit for each part of a question, then those for all of it, while they fit.

    ``weighed`` are the units as they speak to the whole question, best first as in each part;
    ``least`` is the share of the best score below which none of them is quoted.
    """
    first: list[Weighed] = []
    for part in parts:
        first += [each for each in part if not any(_repeats(each, other) for other in first)][:1]
    rest = [each for each in weighed if each.score >= least * weighed[0].score]
    return choose([*first, *rest], room)


def of_one_note(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The units again, best first, those of the note that is best by several of them ahead.

    The steps of a how-to stand in one note, of which one sentence tells little.
    """
    scores: dict[int, list[float]] = defaultdict(list)
    for each in weighed:
        scores[each.unit.note_id].append(each.score)
    best = max(scores, key=lambda note: sum(scores[note][:_SEVERAL]), default=None)
    again = (
        each if each.unit.note_id == best else replace(each, score=_ELSEWHERE * each.score)
        for each in weighed
    )
    return sorted(again, key=lambda each: -each.score)


def adding(chosen: Sequence[Weighed], words: Words, *, numbers: bool = False) -> list[Weighed]:
    """The first unit, and of the others those that say more.

    That is a word asked for, or where ``numbers`` are wanted a figure, that none before it has.
    A first unit whose label names what is asked needs no other word.
    """
    kept: list[Weighed] = []
    held: frozenset[str] = frozenset()
    named = any(words.share(frozenset(terms(label(each.unit.text)))) for each in chosen[:1])
    for each in chosen:
        more = not named and words.share(held | each.terms) > words.share(held)
        figures = {term for term in each.terms if term[0].isdigit()}
        if not kept or more or (numbers and not figures <= held):
            kept.append(each)
            held |= each.terms
    return kept


def _repeats(one: Weighed, other: Weighed) -> bool:
    shared = len(one.terms & other.terms)
    smaller = min(len(one.terms), len(other.terms))
    return smaller > 0 and shared >= _SAME * smaller and len(one.terms) <= 1.3 * len(other.terms)
