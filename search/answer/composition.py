"""A plain answer: the unit that answers best first, then what it leaves open.

Quotes stand in the order of how well they answer. One is joined with its neighbours where it
cannot be understood without them: the steps of its list, or the sentence that it refers to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.answer.evidence.read_units import ReadUnit
from search.answer.evidence.scorer import unit_logit
from search.answer.evidence.spans import Unit
from search.ranking.reading import ReadPassage

MOST, ROOM = 4, 700
"""Quotes of a plain answer, and their characters together."""
SHARE = 2.5
"""How much lower than the best unit's the log odds of a second quote may be; of a third half as
much, of a fourth a third: the more is quoted, the surer must be that it bears on the question."""
NEAR, WINDOW = 4.5, 350
"""The same of a neighbour that joins a quote, and characters of a quote so joined. All five
were swept by ``tests/bench/answers/fit.py --sweep``."""
_GAP = 8
"""Characters between neighbours: list marks, line ends."""
_LONGEST_STEPS = 900
"""Characters up to which the steps of a list are quoted together."""
_REFERS = re.compile(
    r"[*_\s]*(?:它|他们?|她|这|那|此|其|该|上述|前者|后者"
    r"|(?:it|its|this|that|these|those|they|their|he|she|such|the (?:former|latter))\b)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[^\s：:|][^：:|\n]{0,39}(?:：|:\s)")
_STEP = re.compile(r"[ \t]*(?:>[ \t]*)*\d{1,2}[.)、]")


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit to quote and the log odds that it answers."""

    unit: Unit
    logit: float
    terms: frozenset[str]


def scored(read: Sequence[ReadUnit]) -> list[Choice]:
    """Units as choices, best first; of equal texts the first."""
    best: dict[str, Choice] = {}
    for each in read:
        choice = Choice(each.unit, unit_logit(each), each.terms)
        known = best.get(each.unit.text)
        if known is None or known.logit < choice.logit:
            best[each.unit.text] = choice
    return sorted(best.values(), key=lambda each: -each.logit)


def by_parts(
    choices: Sequence[Choice], parts: Sequence[Sequence[ReadUnit]]
) -> tuple[list[Choice], list[Choice]]:
    """The best unit for each part of a question, and all units by how well they answer any part.

    ``choices`` are units by the whole question, ``parts`` the units read against each part. The
    best one of a part is to bear on the whole, too: the mean of both log odds decides.
    """
    best: list[Choice] = []
    logits: dict[Unit, float] = {}
    for read in parts:
        own = {each.unit: unit_logit(each) for each in read}
        least = min(own.values(), default=0.0)
        best.append(max(choices, key=lambda each: each.logit + own.get(each.unit, least)))
        for each in choices:
            logit = own.get(each.unit, least)
            logits[each.unit] = max(logit, logits.get(each.unit, logit))
    again = {each: replace(each, logit=logits[each.unit]) for each in choices}
    ordered = sorted(again.values(), key=lambda each: -each.logit)
    return [again[each] for each in dict.fromkeys(best)], ordered


def choose(
    choices: Sequence[Choice], of_parts: Sequence[Choice] = (), *, several: bool = False
) -> list[Choice]:
    """The best unit, then others not much worse that say more, while there is room.

    The best ones ``of_parts`` of the question go before all others. Where it wants ``several``
    things, the later ones need not be surer than the second. A chosen unit takes along its
    neighbours in the passage that answer nearly as well: they are one quote.
    """
    room, most = max(ROOM, len(of_parts) * ROOM // 2), max(MOST, len(of_parts) + MOST // 2)
    by_place = sorted(choices, key=lambda each: (each.unit.passage_id, each.unit.start))
    places = {each: place for place, each in enumerate(by_place)}
    chosen: list[Choice] = []
    taken: set[int] = set()
    used = 0
    for each in dict.fromkeys((*of_parts, *choices)):
        share = SHARE if several else SHARE / max(len(chosen), 1)
        far = chosen and each.logit < choices[0].logit - share and each not in of_parts
        if len(chosen) == most or far:
            break
        if places[each] in taken or (chosen and _repeats(each, chosen)):
            continue
        first, last = _run(by_place, places[each], taken)
        length = by_place[last].unit.end - by_place[first].unit.start
        if chosen and used + length > room:
            continue
        taken.update(range(first, last + 1))
        chosen.append(_joined(by_place[first : last + 1], each))
        used += length
    return chosen


def _run(by_place: Sequence[Choice], place: int, taken: set[int]) -> tuple[int, int]:
    """First and last of the neighbours that are quoted together with one unit."""
    first = last = place
    least = by_place[place].logit - NEAR
    while True:
        around = [
            (by_place[other].logit, other)
            for other in (first - 1, last + 1)
            if 0 <= other < len(by_place)
            and other not in taken
            and _is_next(by_place[min(other, first)].unit, by_place[max(other, last)].unit)
            and _touch(by_place, other, first, last)
        ]
        best = max(around, default=(float("-inf"), 0))
        if best[0] < least:
            return first, last
        first, last = min(first, best[1]), max(last, best[1])


def _is_next(one: Unit, other: Unit) -> bool:
    return one.passage_id == other.passage_id and other.end - one.start <= WINDOW


def _touch(by_place: Sequence[Choice], other: int, first: int, last: int) -> bool:
    """Whether hardly anything stands between a unit and the run that it would join.

    Two lines that each have a label of their own are said of two things.
    """
    before, after = (other, first) if other < first else (last, other)
    one, two = by_place[before].unit, by_place[after].unit
    plain = not (one.is_code or two.is_code or one.head or two.head or one.is_property)
    if _LABELLED.match(one.text) and _LABELLED.match(two.text):
        return False
    return plain and 0 <= two.start - one.end <= _GAP


def _joined(run: Sequence[Choice], best: Choice) -> Choice:
    """The units of a run as one; its text is filled in from the passage by ``whole``."""
    if len(run) == 1:
        return best
    unit = replace(best.unit, start=run[0].unit.start, end=run[-1].unit.end)
    terms = frozenset[str]().union(*(each.terms for each in run))
    return Choice(unit, best.logit, terms)


def whole(choice: Choice, passages: Sequence[ReadPassage]) -> Unit:
    """The unit with what it needs to be understood: its list's steps, or what it refers to."""
    unit = choice.unit
    passage = next((p.passage for p in passages if p.passage.id == unit.passage_id), None)
    if passage is None or unit.is_property or unit.is_code:
        return unit
    text, at = passage.text, unit.start - passage.start
    unit = replace(unit, text=text[at : unit.end - passage.start])
    if unit.is_step:
        start, end = _steps(text, at, unit.end - passage.start)
        if end - start <= _LONGEST_STEPS:
            return _widened(unit, text, passage.start, start, end)
    if _REFERS.match(unit.text):
        read = next(p for p in passages if p.passage.id == unit.passage_id)
        before = [s for s in read.sentences if s.end <= unit.start]
        if before and not text[before[-1].end - passage.start : at].count("\n\n"):
            return _widened(
                unit,
                text,
                passage.start,
                before[-1].start - passage.start,
                unit.end - passage.start,
            )
    return unit


def _steps(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of numbered lines around a place, with what belongs to each."""
    lines = text.splitlines(keepends=True)
    places, at = [], 0
    for line in lines:
        places.append((at, at + len(line), line))
        at += len(line)
    own = next(n for n, (first, last, _) in enumerate(places) if first <= start < last)
    low = high = own
    while low and _goes_on(places[low - 1][2]):
        low -= 1
    while high + 1 < len(places) and _goes_on(places[high + 1][2]):
        high += 1
    while not _STEP.match(places[low][2]) and low < own:
        low += 1
    first, last = places[low][0], places[high][1]
    body = text[first:last]
    return first + len(body) - len(body.lstrip()), max(first + len(body.rstrip()), end)


def _goes_on(line: str) -> bool:
    return bool(_STEP.match(line)) or (line[:1] in " \t" and bool(line.strip()))


def _widened(unit: Unit, text: str, offset: int, start: int, end: int) -> Unit:
    return replace(unit, start=offset + start, end=offset + end, text=text[start:end])


def _repeats(choice: Choice, chosen: Sequence[Choice]) -> bool:
    """Whether a chosen unit already has all of its words."""
    return any(choice.terms <= other.terms for other in chosen)
