"""Answers with all that stands under a heading: a word, a list, the steps of a how-to."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from index.store.records import StoredPassage
from index.text.terms import terms
from search.answer.citations import listed
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit, may_lead
from search.answer.question.intent import Question, substance
from search.answer.records.sibling_answers import asked_names
from search.answer.siblings.asked_aspect import has_shape, is_beyond
from search.answer.siblings.note_records import records
from search.answer.siblings.scope import Asked
from search.answer.siblings.sibling_names import is_named, stands
from search.result import Answer

_LINES = ("item", "line", "coded", "pair")
"""Kinds of records that are a line or two."""
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
        for heading, passages in _sections(inquiry, note):
            if not _is_named(asked, title, heading):
                continue
            units = [unit for each in passages for unit in inquiry.gatherer.units(each)]
            steps = inquiry.asked.kind == "howto"
            if _is_list(units, steps=steps) and not _says_more(asked, title, heading, units):
                return inquiry.made(listed(units, inquiry.citations), (), CERTAIN)
    return None


def _by_label(inquiry: Inquiry, asked: Asked, ranked: Mapping[int, float]) -> Answer | None:
    """The line that says all that is asked of the word behind or under which it stands."""
    subject = substance(inquiry.text)
    wanted = inquiry.gatherer.words(subject).clauses
    found: dict[Unit, int] = {}
    for note in list(ranked)[:_NEAR]:
        title, text = inquiry.notes[note].title, inquiry.gatherer.texts.beginning(note)
        for record in records(text):
            name = record.names[0]
            if record.family[0] not in _LINES or not is_named(name, asked.folded, asked.terms):
                continue
            told = f"{title} {name} {record.said}"
            if _is_told(wanted, name, told) and not is_beyond(asked, subject, told):
                start = text.index(name, record.start)
                line = text[start : record.end].rstrip()
                found[Unit(note, 0, start, start + len(line), line, ())] = len(name)
    most = max(found.values(), default=0)
    longest = [unit for unit, length in found.items() if length == most]
    if len(longest) != 1:
        return None
    return inquiry.made(listed(longest, inquiry.citations), (), CERTAIN)


def _is_told(wanted: Sequence[Collection[str]], name: str, told: str) -> bool:
    """Whether a name is asked for and all that is wanted beside it is told.

    A verb of one character (打) says little beside a noun.
    """
    own, every = frozenset(terms(name)), frozenset(terms(told))
    return any(not own.isdisjoint(clause) for clause in wanted) and all(
        not every.isdisjoint(clause)
        or any(has_shape(word, told) or (len(word) == 1 and not word.isascii()) for word in clause)
        for clause in wanted
    )


def _by_word(inquiry: Inquiry, asked: Asked, ranked: Mapping[int, float]) -> Answer | None:
    """The word or number that the question names by its heading or label.

    Read by itself it says nothing, so it is weighed with what names it.
    """
    near = dict(list(ranked.items())[:_NEAR])
    for note in near:
        title = inquiry.notes[note].title
        for passage in inquiry.gatherer.texts.passages(note):
            if not any(is_named(n, asked.folded, asked.terms) for n in may_lead(passage, title)):
                continue  # most: they need not be taken apart
            units = inquiry.gatherer.units(passage)
            if any(unit.lead and is_named(unit.lead, asked.folded, asked.terms) for unit in units):
                weighed, *_ = inquiry.gatherer.weighed(near)
                lead = weighed[0].unit.lead if weighed else ""
                sure = inquiry.sure(ranked, weighed)
                held = f"{title} {weighed[0].unit.stated}" if lead else ""
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


def _sections(inquiry: Inquiry, note: int) -> Iterator[tuple[tuple[str, ...], list[StoredPassage]]]:
    """The sections of a note with their passages, those whose headings say more first."""
    found: dict[tuple[str, ...], list[StoredPassage]] = {}
    for passage in inquiry.gatherer.texts.passages(note):
        if passage.kind != "properties":
            found.setdefault(passage.heading, []).append(passage)
    yield from sorted(found.items(), key=lambda each: -len(each[0]))


def _is_named(asked: Asked, title: str, heading: Sequence[str]) -> bool:
    """Whether the question gives the heading, else the title, and asks of little else."""
    more = _not_named(asked, title, heading)
    under = [part for part in heading if part != title]
    own = frozenset(terms(under[-1] if under else " ".join((title, *heading))))
    every = frozenset().union(*asked.clauses)
    is_whole = stands((under or [title])[-1], asked.folded)
    return len(more) < len(asked.clauses) and (is_whole or not more) and not own.isdisjoint(every)


def _says_more(asked: Asked, title: str, heading: Sequence[str], units: Sequence[Unit]) -> bool:
    """Whether an item has a word that is asked beside the heading.

    A word more (things, 东西) does no harm where no item has it.
    """
    said = frozenset(term for unit in units for term in terms(unit.text))
    return any(not clause.isdisjoint(said) for clause in _not_named(asked, title, heading))


def _not_named(asked: Asked, title: str, heading: Sequence[str]) -> list[frozenset[str]]:
    held = frozenset(terms(" ".join((title, *heading))))
    return [clause for clause in asked.clauses if clause.isdisjoint(held)]


def _is_list(units: Sequence[Unit], *, steps: bool) -> bool:
    if len(units) < 2 or sum(len(unit.text) for unit in units) > _LONGEST:
        return False
    items = sum(unit.is_step if steps else unit.is_item for unit in units)
    return items >= _LISTED * len(units)
