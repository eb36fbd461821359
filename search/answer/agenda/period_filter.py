"""Keeps a question to the notes of the period that it names."""

import re
from dataclasses import dataclass, replace
from datetime import date

from search.answer.agenda.day_answers import asks_what_was_noted
from search.answer.question.intent import understand
from search.conditions.calendar.calendar_words import looks_ahead
from search.conditions.days import as_condition, only_period, periods, without
from search.query.query_syntax import Query

_OF_ASKER = re.compile(r"\b(?:i|we|my|our)\b|我|咱|日记|日志", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimedQuery:
    """A question kept to a period."""

    query: Query
    is_final: bool
    """Whether notes of other days cannot answer it: where its time moves with today, or the
    asker's own days are asked for."""


def kept_to_period(query: Query, today: date) -> TimedQuery | None:
    """The question with its period as a condition; None where the period may be its subject.

    A list of notes keeps to any period that it names, and so does a question for what was
    noted. Any other question keeps to a day, or to a time that moves with today.
    """
    period = only_period(query, today)
    if period is None:
        return None
    rest = without(query.text, (period,))
    kind = understand(query.text).kind
    is_certain = period.is_relative or (period.first is not None and period.first == period.last)
    if not (kind == "list" or is_certain or asks_what_was_noted(rest)):
        return None
    conditions = (*query.conditions, as_condition(period, query.text))
    shown = without(query.shown, periods(query.shown, today))
    narrowed = replace(query, conditions=conditions, shown=shown)
    if is_certain and rest:
        narrowed = replace(narrowed, text=rest)
    is_past = period.first is None or period.first <= today
    of_asker = asks_what_was_noted(rest) and _OF_ASKER.search(rest) is not None
    final = is_past and not looks_ahead(query.text) and (period.is_relative or of_asker)
    return TimedQuery(narrowed, final)


def asks_for_days(query: Query) -> bool:
    """Whether nothing but a period was typed, and what was noted of it is asked for."""
    dates = [each.kind == "date" for each in query.conditions]
    return bool(dates) and all(dates) and asks_what_was_noted(query.text)
