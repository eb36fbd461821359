"""Answers with all that stands under a heading: a word, a list, the steps of a how-to."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from index.text.terms import terms
from search.answer.citations import listed
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit
from search.answer.question.intent import Question, substance
from search.answer.records.sibling_answers import asked_names
from search.answer.siblings.asked_aspect import is_beyond
from search.answer.siblings.note_records import records
from search.answer.siblings.scope import Asked
from search.answer.siblings.sibling_names import is_named, stands
from search.result import Answer

_NEAR = 2
"""Notes in which the list is looked for."""
_CLOCK = re.compile(r"几点|\bwhat time\b|\bwhen\b", re.IGNORECASE)
_WHAT = re.compile(r"\bwhat(?:'s|’s| is| are)\b|什么|多少", re.IGNORECASE)
_LONGEST = 900
"""Characters of a list that is quoted as a whole."""
_LISTED = 0.8
"""Share of a section's pieces that are items, for it to be a list."""


def by_section(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """All items of the list that the question names by title and heading, and asks nothing of."""
    if inquiry.asked.kind not in ("list", "howto", "fact", "definition"):
        return None
    asked = asked_names(inquiry)
    if inquiry.asked.kind in ("fact", "definition"):
        word = _by_label(inquiry, asked, ranked) or _by_word(inquiry, asked, ranked)
        if word is not None:
            return word
    for note in list(ranked)[:_NEAR]:
        title = inquiry.notes[note].title
        for heading, units in _sections(inquiry, note):
            steps = inquiry.asked.kind == "howto"
            if _is_named(asked, title, heading, units) and _is_list(units, steps=steps):
                return inquiry.made(listed(units, inquiry.citations), (), CERTAIN)
    return None


def _by_label(inquiry: Inquiry, asked: Asked, ranked: Mapping[int, float]) -> Answer | None:
    """The line that explains the word behind which it stands, where nothing else is asked."""
    if inquiry.asked.kind != "definition":
        return None
    wanted = inquiry.gatherer.words(substance(inquiry.text)).clauses
    for note in list(ranked)[:_NEAR]:
        text = inquiry.gatherer.text(note)
        for record in records(text):
            name = record.names[0]
            is_line = record.family[0] in ("item", "line")
            if is_line and stands(name, asked.folded) and _is_all(name, wanted):
                start = text.index(name, record.start)
                line = text[start : record.end].rstrip()
                unit = Unit(note, 0, start, start + len(line), line, ())
                return inquiry.made(listed([unit], inquiry.citations), (), CERTAIN)
    return None


def _is_all(name: str, wanted: Iterable[Collection[str]]) -> bool:
    """Whether nothing is wanted but what a name says."""
    own = frozenset(terms(name))
    return all(not own.isdisjoint(clause) for clause in wanted)


def _by_word(inquiry: Inquiry, asked: Asked, ranked: Mapping[int, float]) -> Answer | None:
    """The word or number that the question names by its heading or label.

    Read by itself it says nothing, so it is weighed with what names it.
    """
    near = dict(list(ranked.items())[:_NEAR])
    for note in near:
        for _, units in _sections(inquiry, note):
            if any(unit.lead and is_named(unit.lead, asked.folded, asked.terms) for unit in units):
                weighed, *_ = inquiry.gatherer.weighed(near)
                lead = weighed[0].unit.lead if weighed else ""
                sure = inquiry.sure(ranked, weighed)
                held = f"{inquiry.notes[note].title} {weighed[0].unit.stated}" if lead else ""
                if (
                    lead
                    and _is_of_kind(inquiry.asked, weighed[0].unit.text)
                    and is_named(lead, asked.folded, asked.terms)
                    and not is_beyond(asked, inquiry.text, held)
                ):
                    text = listed([weighed[0].unit], inquiry.citations)
                    return inquiry.made(text, (), sure)
                return None
    return None


def _is_of_kind(question: Question, text: str) -> bool:
    """Whether a text is plainly what is asked for: a number, or one word where it asks what."""
    if question.wants_number or _CLOCK.search(question.text):
        return any(each.isdigit() for each in text)
    return " " not in text and _WHAT.search(question.text) is not None


def _sections(inquiry: Inquiry, note: int) -> Iterator[tuple[tuple[str, ...], list[Unit]]]:
    """The sections of a note with their pieces, those whose headings say more first."""
    found: dict[tuple[str, ...], list[Unit]] = {}
    for passage in inquiry.gatherer.passages(note):
        if passage.kind != "properties":
            found.setdefault(passage.heading, []).extend(inquiry.gatherer.units(passage))
    yield from sorted(found.items(), key=lambda each: -len(each[0]))


def _is_named(asked: Asked, title: str, heading: Sequence[str], units: Sequence[Unit]) -> bool:
    """Whether the question gives the heading, else the title, and asks of nothing else.

    A word more (things, 东西) does no harm where a whole name is given and no item has it.
    """
    held = frozenset(terms(" ".join((title, *heading))))
    under = [part for part in heading if part != title]
    own = frozenset(terms(under[-1])) if under else held
    every = frozenset().union(*asked.clauses)
    more = [clause for clause in asked.clauses if clause.isdisjoint(held)]
    said = frozenset(term for unit in units for term in terms(unit.text))
    whole = stands((under or [title])[-1], asked.folded)
    spare = not more or (whole and all(clause.isdisjoint(said) for clause in more))
    return len(more) < len(asked.clauses) and spare and not own.isdisjoint(every)


def _is_list(units: Sequence[Unit], *, steps: bool) -> bool:
    if len(units) < 2 or sum(len(unit.text) for unit in units) > _LONGEST:
        return False
    items = sum(unit.is_step if steps else unit.is_item for unit in units)
    return items >= _LISTED * len(units)
