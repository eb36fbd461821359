"""Answers that set side by side what notes say of names that no note or record bears."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from index.text.terms import terms
from search.answer.context import Inquiry
from search.answer.evidence.scoring import Weighed
from search.answer.messages import say
from search.answer.question.families import Thing
from search.answer.table_rows import Found, rows
from search.result import Answer

_NAMED = re.compile(
    r"\b(?:between|compare) (?P<a>.+?) (?:and|with|to|against) (?P<b>[^?.,;]+)"
    r"|\bhow (?:do|does|did|is|are) (?P<a2>.+?) (?:differ|different) from (?P<b2>[^?.,;]+)"
    r"|(?P<a3>[^?.,;]+?) (?:vs\.?|versus) (?P<b3>[^?.,;]+)"
    r"|(?:\A|[，,。])(?:请?问)?(?:比较|对比)?(?:一下)?(?P<a4>[^，。？?、和与跟]{1,16})(?:和|与|跟|、)"
    r"(?P<b4>[^，。？?]{1,16}?)(?=之间|两者|各自|分别|相比|比|的|有|在|哪|谁|怎|是|区别|差|不同|[？?]|\Z)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\A\W*(?:the|a|an|my|our)\s+|[《》「」“”\"]", re.IGNORECASE)
_ROOM = 240
"""Characters that are quoted of each."""
_LEAST = 0.5
"""Share of a name's best score below which a piece is not quoted."""
_SURE = 0.7


def compared_names(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """A row for each of two names that a question compares, of the pieces that hold it."""
    if inquiry.asked.kind != "compare":
        return None
    names = named(inquiry.text)
    said = [_said(inquiry, ranked, name) for name in names]
    if not names or not all(said):
        return None
    found = [
        Found(Thing(name, frozenset(ranked)), own, settled=True)
        for name, own in zip(names, said, strict=True)
    ]
    quoted = rows(found, inquiry.notes, inquiry.citations, inquiry.asked.lang)
    made = tuple(replace(row, date=None) for row in quoted)
    return inquiry.made(say(inquiry.asked.lang, "things", count=len(made)), made, _SURE)


def named(question: str) -> tuple[str, ...]:
    """The two names between which a question asks for the difference; none where it does not."""
    match = _NAMED.search(question)
    if match is None:
        return ()
    given = (_ARTICLE.sub("", name).strip() for name in match.groups() if name)
    return tuple(name for name in given if name)


def _said(inquiry: Inquiry, ranked: Mapping[int, float], name: str) -> list[Weighed]:
    """The pieces of the nearest notes that hold a name, the best first."""
    wanted = inquiry.gatherer.words(name).clauses
    (weighed,) = inquiry.gatherer.weighed_each([frozenset(ranked)], name, 1.0)
    holding = [each for each in weighed if not each.unit.is_property and _holds(each, wanted)]
    chosen: list[Weighed] = []
    for each in holding:
        used = sum(len(other.unit.text) for other in (*chosen, each))
        if not chosen or (each.score >= _LEAST * holding[0].score and used <= _ROOM):
            chosen.append(each)
    return chosen


def _holds(each: Weighed, wanted: Iterable[Collection[str]]) -> bool:
    held = each.terms | frozenset(terms(" ".join(each.unit.heading)))
    return all(not held.isdisjoint(clause) for clause in wanted)
