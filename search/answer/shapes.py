"""The shapes of an answer: quotes, a table of things, a complete list, or none."""

from collections.abc import Mapping

from search.answer.choose import choose
from search.answer.compose import listed
from search.answer.confidence import LEAST
from search.answer.inquiry import Inquiry, none
from search.answer.stated import by_properties
from search.answer.tables import table
from search.result import Answer, Filters

_NOTES = 4
"""Notes that a plain answer may quote."""
_ROW_NOTES = 6
_ROOM = 440
"""Characters of quotes in a plain answer."""
_LEAST = 0.35
"""Share of the best score below which a unit is not quoted."""


def answer(inquiry: Inquiry) -> Answer:
    """The answer in the shape that the question wants."""
    in_rows = inquiry.asked.kind in ("compare", "timeline", "list")
    ranked = inquiry.gatherer.ranked(_ROW_NOTES if in_rows else _NOTES)
    if not ranked:
        narrowed = inquiry.gatherer.query.filters != Filters()
        return none(inquiry.text, inquiry.asked.lang, "filtered" if narrowed else "nothing")
    stated = by_properties(inquiry, ranked)
    if stated is not None:
        return stated
    return table(inquiry, ranked) if in_rows else _plain(inquiry, ranked)


def _plain(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer:
    weighed = inquiry.gatherer.weighed(ranked)
    sure = inquiry.sure(ranked, weighed)
    if sure < LEAST:
        return inquiry.none(ranked, sure)
    chosen = choose(weighed, _ROOM, least=_LEAST)
    whose = inquiry.asked.kind == "opinion"
    text = listed([each.unit for each in chosen], inquiry.citations, attributed=whose)
    return inquiry.made(text, (), sure)
