"""Answers from tasks: those still open, those done, and whether one of them is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.markdown.note import Task
from index.text.terms import terms
from search.answer.citations import quoted
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit
from search.answer.evidence.term_weights import Words
from search.answer.messages import say
from search.condition import Condition
from search.conditions.days import Period, periods, without
from search.conditions.tasks import UNDONE, TaskQuestion, all_tasks, fulfils, task_question
from search.query.english import base_forms, words
from search.query.query_syntax import Query
from search.query.stopwords import content
from search.result import Answer

_ABOUT = 0.6
"""Share of the subject that a task and what it stands under hold, where it is of them."""
_SAME = 0.7
"""The same where one task is asked after, and how much of it the task itself must hold."""
_ITSELF = 0.5
_NEARLY = 0.8
"""Share of the best one's from which a task is meant as well."""
_SIGNS = re.compile(r"[📅📆🗓⏳⌛🛫➕✅❌]\ufe0f?[ \t]*[\d-]+|[\[(]\w+::[^\])]*[\])]")
"""What a task says of its days."""
_MOST = 40
"""Tasks of one answer."""


@dataclass(frozen=True, slots=True)
class _Found:
    note: int
    task: Task


def task_answer(inquiry: Inquiry) -> Answer | None:
    """An answer from the tasks of the notes; None where the question or they have none."""
    typed = [each for each in inquiry.gatherer.query.conditions if each.kind == "task"]
    wanted = [each for each in typed if not each.negated]
    named = periods(inquiry.text, inquiry.today)
    asked = task_question(without(inquiry.text, named) if named else inquiry.text)
    if not wanted and asked is None:
        return None
    tasks = _within(inquiry)
    if wanted:
        subject = asked.subject if asked and not asked.asks_whether else inquiry.text
        chosen = [each for each in tasks if any(fulfils(each.task, one) for one in wanted)]
        about, state = _about(inquiry, chosen, subject), wanted[0].state
        return _listed(inquiry, about, state) or _none(inquiry, tasks, state, subject)
    assert asked is not None
    if asked.asks_whether:
        return _whether(inquiry, tasks, asked.subject)
    due = _due(asked, named, inquiry.today)
    if due is not None:
        chosen = [each for each in tasks if fulfils(each.task, due)]
    else:
        chosen = [each for each in tasks if each.task.state in asked.states]
        chosen = [each for each in chosen if not named or _is_of(each.task, asked, named[0])]
    about = _about(inquiry, chosen, asked.subject)
    state = "overdue" if asked.is_overdue else asked.states[0]
    told = _listed(inquiry, about, asked.states[0])
    return told or _none(inquiry, tasks, state, asked.subject)


def with_task_state(query: Query, today: date) -> Query:
    """The question with the state of the tasks that it asks for, and when they are due, as a
    condition."""
    named = periods(query.text, today)
    asked = task_question(without(query.text, named) if named else query.text)
    typed = any(each.kind == "task" for each in query.conditions)
    due = _due(asked, named, today) if asked else None
    if due is None:  # other periods stay in the text
        asked = task_question(query.text)
    if typed or asked is None or asked.asks_whether:
        return query
    condition = replace(due or Condition("task", state=asked.states[0]), source=asked.source)
    conditions = (*query.conditions, condition)
    subject = asked.subject if content(terms(asked.subject)) else ""
    return replace(query, text=subject, shown=subject, conditions=conditions)


def _due(asked: TaskQuestion, named: Sequence[Period], today: date) -> Condition | None:
    """The days by which the tasks asked for are to be done; None where that is not asked."""
    if asked.is_overdue:
        return Condition("task", state="open", last=(today - timedelta(1)).isoformat())
    if named and asked.is_by_due_day and asked.states == UNDONE:
        first, last = _until(named[0]).iso
        return Condition("task", state="open", first=first, last=last)
    return None


def _until(period: Period) -> Period:
    """A period, which what is due before a day is due by."""
    if period.first is None and period.last is not None:
        return replace(period, last=period.last + timedelta(1))
    return period


def _is_of(task: Task, asked: TaskQuestion, period: Period) -> bool:
    """Whether a task is due, planned or was closed in a period."""
    period = _until(period)
    if "done" in asked.states or "cancelled" in asked.states:
        return period.holds(task.closed)
    return period.holds(task.due) or period.holds(task.scheduled)


def _within(inquiry: Inquiry) -> list[_Found]:
    within = inquiry.gatherer.within
    found = all_tasks(inquiry.gatherer.state.catalogue)
    return [_Found(note, task) for note, task in found if within is None or note in within]


def _listed(inquiry: Inquiry, found: Sequence[_Found], state: str) -> Answer | None:
    """All of them under the titles of their notes; a note whose tasks are due soon comes first."""
    if not found:
        return None
    by_note: dict[int, list[Task]] = {}
    for each in found:
        by_note.setdefault(each.note, []).append(each.task)
    order = sorted(by_note, key=lambda note: min(task.due or "9" for task in by_note[note]))
    parts = [say(inquiry.asked.lang, f"tasks_{state}", count=len(found))]
    room = _MOST
    for note in order:
        title = f"**{inquiry.notes[note].title}**\n\n" if len(order) > 1 else ""
        lines = [_line(inquiry, note, task) for task in by_note[note][:room]]
        room -= len(lines)
        if lines:
            parts.append(title + "\n".join(lines))
    if len(found) > _MOST:
        parts.append(say(inquiry.asked.lang, "more", count=len(found) - _MOST))
    return inquiry.made("\n\n".join(parts), (), CERTAIN)


def _none(inquiry: Inquiry, tasks: Sequence[_Found], state: str, subject: str) -> Answer | None:
    """The word that there are no such tasks, with the next one that is due.

    None where there are no tasks at all, or those of a subject are asked for.
    """
    if not tasks or content(terms(subject)):
        return None
    lang = inquiry.asked.lang
    lines = [say(lang, f"no_tasks_{state}")]
    due = [each for each in tasks if each.task.state in ("open", "started") and each.task.due]
    if due and state in ("open", "overdue"):
        first = min(due, key=lambda each: each.task.due or "")
        lines += [say(lang, "next_due"), _line(inquiry, first.note, first.task)]
    return inquiry.none_saying("\n".join(lines))


def _whether(inquiry: Inquiry, tasks: Sequence[_Found], subject: str) -> Answer | None:
    """Whether the task that is asked after is done, with its line."""
    meant = _about(inquiry, tasks, subject, alone=True)
    if not meant:
        return None
    state = meant[0].task.state
    alike = [each for each in meant if each.task.state == state]
    closed = alike[0].task.closed if len(alike) == 1 else None
    key = f"task_{state}_on" if closed else f"task_{state}"
    lines = [_line(inquiry, each.note, each.task) for each in alike[:_MOST]]
    text = "\n".join((say(inquiry.asked.lang, key, day=closed), "", *lines))
    return inquiry.made(text, (), CERTAIN)


def _line(inquiry: Inquiry, note: int, task: Task) -> str:
    unit = Unit(note, 0, task.start, task.end, task.text, task.heading)
    return f"- {quoted(task.text, inquiry.citations.cite(unit))}"


def _about(
    inquiry: Inquiry, tasks: Sequence[_Found], subject: str, *, alone: bool = False
) -> list[_Found]:
    """Those of the tasks that the subject names, or what they stand under; all for no subject."""
    asked = content(terms(subject))
    if not asked or not tasks:
        return [] if alone else list(tasks)
    wanted = inquiry.gatherer.words(subject)
    shares = [(_share(inquiry, wanted, asked, each, alone=alone), each) for each in tasks]
    best = max((share for share, _ in shares), default=0.0)
    least = max(_SAME if alone else _ABOUT, _NEARLY * best)
    return [each for share, each in shares if share >= least]


def _share(
    inquiry: Inquiry, wanted: Words, asked: Sequence[str], found: _Found, *, alone: bool
) -> float:
    """How much of the subject a task holds, with the headings, title and folder above it."""
    own = held(found.task.text, asked)
    if alone and _is_named_whole(found.task, asked):
        return 1.0
    if alone and wanted.share(own) < _ITSELF:
        return 0.0
    note = inquiry.notes[found.note]
    above = (note.title, note.path, *found.task.heading, *note.tags, *note.aliases)
    return wanted.share(own | held(" ".join(above), asked))


def _is_named_whole(task: Task, asked: Sequence[str]) -> bool:
    """Whether a question holds all the words of a task, as of one that is a name alone."""
    plain = _SIGNS.sub(" ", task.text.partition(" ")[2])
    own = set(content(terms(plain)))
    return bool(own) and own <= set(asked)


def held(text: str, asked: Sequence[str]) -> frozenset[str]:
    """The terms of a text, and those asked for that are forms of its English words."""
    held = frozenset(terms(text))
    bases = {base for word in words(text) for base in base_forms(word)}
    inflected = (term for term in asked if not bases.isdisjoint(base_forms(term)))
    return held | frozenset(inflected)
