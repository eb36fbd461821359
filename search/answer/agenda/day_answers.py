"""Answers what was noted of a day or a longer time, in order."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.text.segmentation import tagged
from index.text.terms import terms
from search.answer.agenda.day_lines import DayLines, day_lines, is_named_by_day, nearest_day
from search.answer.agenda.task_answers import held
from search.answer.citations import quoted
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit
from search.answer.messages import nothing, say
from search.condition import Condition
from search.conditions.days import periods, without
from search.conditions.tasks import task_question
from search.query.stopwords import content
from search.result import Answer

_HAPPENED = re.compile(
    r"\bwhat(?: all| else)? (?:did|have|had|was|were) (?:i|we|you|they|everyone|everybody)"
    r"(?: (?:all|both|just|already|been|also|\w+ly))* \w+"
    r"(?: (?:on|about|up|to|over|with|at|for|in))*\W*$"
    r"|\bwhat (?:has|have|had|was|were|got)(?: (?:all|been|already|just))*"
    r" \w{2,}(?:ed|en|ght|ne|t)\W*$"
    r"|\b(?:what|anything|everything)\b.{0,20}\b(?:happen\w*|went (?:on|wrong)|going on)\b"
    r"|^\W*(?:anything|everything)\b"
    r"|\b(?:my|the) (?:day|diary|journal|log|entries|notes?)\b|\bsummar\w+"
    r"|(?:什么|啥|哪些)(?:事|日记|日志|记录|笔记)"
    r"|怎么过|(?:日记|日志|流水账|记录)(?:是|有|里)?(?:什么|哪些|内容)?|总结|回顾|有什么事",
    re.IGNORECASE,
)
"""A question for whatever was noted: any verb whose object is asked for, and nothing else."""
_ASKED_OBJECT = re.compile(r"[了过]{0,2}[些点]?(?:什么|啥|哪些|哪几)")
_STATES = frozenset("是有叫像在为无姓属没")
"""Verbs of what a thing is or has, not of what was done."""
_ASKS_LINES = re.compile(
    r"\bwhat\b|\bwhich\b|什么|啥|哪些|哪几|^\W*(?:did|have|was|were)\b|吗\W*$|没有?\W*$",
    re.IGNORECASE,
)
_ABOUT_DAYS = re.compile(
    r"\b(?:happen\w*|went|going|wrote|written|record\w*|log\w*|journal\w*|diar\w+|entr\w+|day"
    r"|everything|anything|summar\w+|work(?:ed)?|on|up)\b"
    r"|发生|经历|日记|日志|记录|流水账|总结|回顾|内容|干|忙|弄|做|过|记|写|些|事情?|哪些|什么|啥|了",
    re.IGNORECASE,
)
"""Words that only ask what was noted."""
_DIARY = re.compile(r"\b(?:diar(?:y|ies)|journals?|logs?)\b|日记|日志", re.IGNORECASE)
_HELD = 0.6
"""Share of the subject that a line holds, where it is of it."""
_FEW_TERMS = 4
"""Terms of a subject up to which whatever was noted may be what is asked for."""
_MOST_LINES, _MOST_OF_SUBJECT = 60, 12
_MANY = 24
"""Lines from which each note gives only its first ones."""
_FIRST_OF_MANY = 2


def day_answer(inquiry: Inquiry) -> Answer | None:
    """The lines of the period that a question keeps to; None where it asks for something else.

    Where it names a subject, those that hold it, if there are any.
    """
    period = _period(inquiry)
    if period is None:
        return None
    named = periods(inquiry.text, inquiry.today)
    text = without(inquiry.text, named)
    asks_all = asks_what_was_noted(text)
    if not asks_all and (inquiry.asked.kind != "fact" or not _ASKS_LINES.search(text)):
        return None
    found = day_lines(inquiry, period.first, period.last)
    if not found:
        return _unnoted(inquiry, period) if asks_all else None
    if _DIARY.search(text):
        found = [day for day in found if is_named_by_day(inquiry.notes[day.note])] or found
    of_subject = _of_subject(inquiry, found, _subject(text))
    if of_subject:
        return _listed(inquiry, of_subject)
    return _listed(inquiry, _first_lines(found)) if asks_all else None


def asks_what_was_noted(text: str) -> bool:
    """Whether a question, less its period, asks for whatever was noted."""
    asked = task_question(text)
    if asked is not None and not asked.asks_whether:
        return False
    subject = _subject(text)
    if not subject:
        return True
    happened = _HAPPENED.search(text) is not None or _asks_object(text)
    return len(subject) <= _FEW_TERMS and happened


def _asks_object(text: str) -> bool:
    """Whether a question asks for the object of a verb: 谈了什么."""
    for match in _ASKED_OBJECT.finditer(text):
        words = [word for word in tagged(text[: match.start()]) if word[0].strip()]
        word, kind = words[-1] if words else ("", "")
        is_verb = kind.startswith("v") or (word and match[0][0] in "了过")
        if is_verb and word[-1] not in _STATES:
            return True
    return False


def _period(inquiry: Inquiry) -> Condition | None:
    dated = (each for each in inquiry.gatherer.query.conditions if each.kind == "date")
    return next((each for each in dated if not each.negated), None)


def _subject(text: str) -> list[str]:
    """The terms that a question asks of a period beside what was noted."""
    return content(terms(_ABOUT_DAYS.sub(" ", text)))


def _of_subject(
    inquiry: Inquiry, found: Sequence[DayLines], asked: Sequence[str]
) -> list[DayLines]:
    """The lines that hold the subject, or stand in a note named by it."""
    if not asked:
        return []
    words = inquiry.gatherer.words(" ".join(asked))
    kept = []
    for day in found:
        title = frozenset(terms(inquiry.notes[day.note].title))
        units = tuple(
            unit
            for unit in day.units
            if words.share(held(unit.text, asked) | title, title) >= _HELD
        )
        if units:
            kept.append(replace(day, units=units))
    return kept if sum(len(day.units) for day in kept) <= _MOST_OF_SUBJECT else []


def _first_lines(found: Sequence[DayLines]) -> list[DayLines]:
    """All the lines; of many the first ones of each note, journals before other notes."""
    if sum(len(day.units) for day in found) <= _MANY:
        return list(found)
    journal = [day for day in found if day.is_journal] or list(found)
    return [replace(day, units=day.units[:_FIRST_OF_MANY]) for day in journal]


def _listed(inquiry: Inquiry, found: Sequence[DayLines]) -> Answer:
    parts: list[str] = []
    room = _MOST_LINES
    for day in found:
        units = day.units[:room]
        room -= len(units)
        if units:
            lines = (_line(inquiry, unit) for unit in units)
            parts.append(f"**{_title(inquiry, day)}**\n\n" + "\n".join(lines))
    left = sum(len(day.units) for day in found) - _MOST_LINES
    if left > 0:
        parts.append(say(inquiry.asked.lang, "more", count=left))
    return inquiry.made("\n\n".join(parts), (), CERTAIN)


def _title(inquiry: Inquiry, day: DayLines) -> str:
    title = inquiry.notes[day.note].title
    return title if day.date in title else f"{day.date} {title}"


def _line(inquiry: Inquiry, unit: Unit) -> str:
    quote = quoted(unit.text, inquiry.citations.cite(unit))
    return f"\n{quote}\n" if unit.is_code else f"- {quote}"


def _unnoted(inquiry: Inquiry, period: Condition) -> Answer:
    """The word that nothing was noted, and the nearest day that has something."""
    lang = inquiry.asked.lang
    first, last = period.first, period.last
    named = first if first == last else f"{first or '…'} – {last or '…'}"
    lines = [say(lang, "unnoted", period=named)]
    near = nearest_day(inquiry, first, last)
    if near:
        lines.append(say(lang, "nearest_day", day=near[0][0]))
        lines += [f"- {inquiry.notes[note].title}" for _, note in near[:3]]
    nearest = tuple((inquiry.notes[n].path, inquiry.notes[n].title) for _, n in near[:3])
    text = "\n".join(lines) or nothing(lang, "nothing", nearest)
    return Answer(inquiry.text, lang, "none", False, 0.0, text, nearest=nearest)
