"""Reads one typed operator as a condition: ``prop:stars>300000``, ``tag:dns``, ``task:open``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from index.errors import BadRequest
from search.condition import Condition, Operator

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_COMPARED = re.compile(r"(?P<key>.+?)\s*(?P<op>>=|<=|!=|=|>|<|:|：)\s*(?P<value>.+)", re.DOTALL)
_SUMMARY = re.compile(r"(?P<op>max|min|count)\((?P<key>.*)\)", re.DOTALL)
STATES = ("open", "done", "cancelled", "started")
"""Of a task: ``[ ]``, ``[x]``, ``[-]`` and ``[/]``."""


def condition(operator: str, value: str) -> Condition:
    """The condition that a known operator sets with a value.

    Raises:
        BadRequest: the operator cannot take this value.
    """
    return _READERS[operator](value)


def property_filter(value: str) -> tuple[str, str]:
    """``key=value`` or ``key:value`` as a pair.

    Raises:
        BadRequest: there is no key or no value.
    """
    key, _, wanted = (
        value.replace("：", ":").replace(":", "=", 1 if "=" not in value else 0).partition("=")
    )
    if not key.strip() or not wanted.strip():
        raise BadRequest(f"a property is asked for as key=value, not {value!r}")
    return key.strip(), wanted.strip()


def date_filter(name: str, value: str) -> str:
    """A day, month or year in ISO form.

    Raises:
        BadRequest: it is none of these.
    """
    if not _DATE.fullmatch(value):
        raise BadRequest(f"{name} takes a date such as 2025-12-18, 2025-12 or 2025, not {value!r}")
    return value


def _property(value: str) -> Condition:
    if summary := _SUMMARY.fullmatch(value):
        op = cast(Operator, summary["op"])
        return Condition("property", key=summary["key"].strip(), op=op)
    match = _COMPARED.fullmatch(value.strip())
    if match is None or not match["key"].strip():
        raise BadRequest(f"a property is asked for as key=value or key>3, not {value!r}")
    op = cast(Operator, "=" if match["op"] in ":：" else match["op"])
    return Condition("property", match["value"].strip(), match["key"].strip(), op)


def _tag(value: str) -> Condition:
    return Condition("tag", "|".join(part.strip().lstrip("#") for part in value.split("|")))


def _link(value: str, *, is_backward: bool = False) -> Condition:
    relation, equals, note = value.partition("=")
    if not equals:
        relation, note = "", value
    return Condition("link", note.strip(), relation.strip(), is_backward=is_backward)


def _linked(value: str) -> Condition:
    return _link(value, is_backward=True)


def _date(value: str) -> Condition:
    first, dots, last = value.partition("..")
    last = last if dots else first
    if not first and not last:
        raise BadRequest("a date is a day, month or year, or two with .. between them")
    for one in filter(None, (first, last)):
        date_filter("date", one)
    return Condition("date", first=first, last=last)


def _due(value: str) -> Condition:
    return replace(_date(value), kind="task", state="open")


def _task(value: str) -> Condition:
    if value not in STATES:
        raise BadRequest(f"task takes one of {', '.join(STATES)}, not {value!r}")
    return Condition("task", state=value)


_READERS: Mapping[str, Callable[[str], Condition]] = {
    "prop": _property,
    "tag": _tag,
    "path": lambda value: Condition("folder", value),
    "folder": lambda value: Condition("folder", value),
    "link": _link,
    "linked": _linked,
    "date": _date,
    "after": lambda value: Condition("date", first=date_filter("after", value)),
    "before": lambda value: Condition("date", last=date_filter("before", value)),
    "task": _task,
    "due": _due,
    "title": lambda value: Condition("title", value),
}
OPERATORS = tuple(_READERS)
