"""Defines the conditions that a question sets on notes, and how they are typed and handed on.

As typed: ``prop:stars>300000``, ``prop:max(price)``, ``prop:count()``, ``tag:dns``, ``-tag:dns``,
``path:folder``, ``link:relation=note``, ``linked:note``, ``date:2026-11``,
``date:2026-11-16..2026-11-22``, ``task:open``, ``due:..2026-11-22``, ``title:words``.
Alternatives stand with ``|`` between them; what holds a space stands in quotes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

ConditionKind = Literal["property", "tag", "folder", "link", "date", "task", "title", "word"]
Operator = Literal["=", "!=", ">", ">=", "<", "<=", "max", "min", "count"]

SUMMARIES: tuple[Operator, ...] = ("max", "min", "count")
"""Operators that ask for something of all notes together."""
_NEEDS_QUOTES = re.compile(r"[\s\"“”]|[?？!！,，。;；]$")
_QUOTES = str.maketrans("", "", '"“”')


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; which of its parts are set depends on its kind."""

    kind: ConditionKind
    value: str = ""
    """Of a property, tag, folder, title or word; of a link the note at its other end.

    Alternatives are parted by ``|``.
    """
    key: str = ""
    """The property's name, or the link's relation; empty where any relation will do."""
    op: Operator = "="
    first: str = ""
    """First day, month or year of a date, or on which an open task is due, in ISO form; empty
    where it is open."""
    last: str = ""
    """The last one, which is included."""
    state: str = ""
    """Of a task: ``open``, ``done``, ``cancelled`` or ``started``."""
    negated: bool = False
    is_backward: bool = False
    """Of a link: that the note named links here, not the other way."""
    matched: int | None = None
    """How many notes fulfil it by itself; None where nobody has counted."""
    nearest: tuple[str, ...] = ()
    """Where no note fulfils it, the values that come nearest."""
    source: str = ""
    """The words of the question that it was read from."""

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The values of which one will do."""
        parts = (part.strip() for part in self.value.split("|"))
        return tuple(part for part in parts if part)

    @property
    def is_due(self) -> bool:
        """Whether it is on the day by which an open task is to be done."""
        return self.kind == "task" and bool(self.first or self.last)

    @property
    def is_summary(self) -> bool:
        """Whether it asks for the most, the least or the number of notes."""
        return self.op in SUMMARIES

    def as_json(self) -> dict[str, Any]:
        """The parts that are set, by the names of the API."""
        given: dict[str, Any] = {"kind": self.kind}
        if self.kind == "property":
            given |= {"key": self.key, "op": self.op}
        elif self.key:
            given["key"] = self.key
        if self.value:
            given["value"] = self.value
        if self.kind == "date" or self.is_due:
            given |= {name: day for name, day in (("from", self.first), ("to", self.last)) if day}
        if self.state:
            given["state"] = self.state
        if self.negated:
            given["not"] = True
        if self.is_backward:
            given["backward"] = True
        if self.matched is not None:
            given["matched"] = self.matched
        if self.nearest:
            given["nearest"] = list(self.nearest)
        return given | {"source": self.source or self.typed(), "typed": self.typed()}

    def typed(self) -> str:
        """The condition in the syntax that can be typed."""
        name, value = _operator_and_value(self)
        if _NEEDS_QUOTES.search(value):
            value = f'"{value.translate(_QUOTES)}"'
        colon = "" if self.kind == "word" else ":"
        return f"{'-' if self.negated else ''}{name}{colon}{value}"


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read: free text and conditions."""

    text: str
    conditions: tuple[Condition, ...] = ()
    is_unmet: bool = False
    """Whether no note fulfils all of them."""

    @property
    def query(self) -> str:
        """The same as it can be typed."""
        return typed(self.text, self.conditions)

    def without(self, condition: Condition) -> str:
        """The query less one of its conditions, as it can be typed."""
        return typed(self.text, (each for each in self.conditions if each is not condition))

    def as_json(self) -> dict[str, Any]:
        """In the shape of the API; each condition with the query that is left without it."""
        conditions = [
            condition.as_json() | {"without": self.without(condition)}
            for condition in self.conditions
        ]
        unmet = {"unmet": True} if self.is_unmet else {}
        return {"text": self.text, "conditions": conditions, "query": self.query} | unmet


def typed(text: str, conditions: Iterable[Condition]) -> str:
    """A text and conditions in the syntax that can be typed."""
    return " ".join(filter(None, (text, *(condition.typed() for condition in conditions))))


def _operator_and_value(condition: Condition) -> tuple[str, str]:
    match condition.kind:
        case "property" if condition.is_summary:
            return "prop", f"{condition.op}({condition.key})"
        case "property":
            return "prop", f"{condition.key}{condition.op}{condition.value}"
        case "folder":
            return "path", condition.value
        case "link":
            relation = f"{condition.key}=" if condition.key else ""
            return ("linked" if condition.is_backward else "link"), relation + condition.value
        case "date" | "task" if condition.first or condition.last:
            first, last = condition.first, condition.last
            name = "due" if condition.is_due else "date"
            return name, first if first == last else f"{first}..{last}"
        case "task":
            return "task", condition.state
        case "word":
            return "", condition.value
        case kind:
            return kind, condition.value
