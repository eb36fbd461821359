"""Answers from rows of tables: found by their cells, compared by a column, or counted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.text.terms import terms
from search.answer.citations import listed
from search.answer.context import CERTAIN, Inquiry
from search.answer.evidence.spans import Unit
from search.answer.messages import say
from search.answer.records.sibling_answers import asked_names
from search.answer.siblings.asked_aspect import is_beyond
from search.answer.siblings.note_records import Record, families, records
from search.answer.siblings.scope import Asked, named_records
from search.answer.siblings.sibling_names import is_named
from search.conditions import grammar
from search.conditions.values import amount, day
from search.result import Answer

_NEAR = 3
"""Notes in whose tables the answer is looked for."""
_MOST = 12
"""Rows that are quoted."""
_COVERED, _COVERED_BESIDE_CELL = 0.5, 0.3
"""Share of the question's words that a row, with what names its columns and its note, has;
and where one of its cells is given whole."""
_COUNTED = re.compile(
    r"\bhow many\b|\bnumber of\b|(?:几|多少)"
    r"[个条行项种台位人本册部篇份家只辆门名场款张件间套首座支把棵头]",
    re.IGNORECASE,
)
_COUNTING = re.compile(rf"(?:{_COUNTED.pattern}).?")
"""Of Chinese also what is counted: 几本书."""
_WHY = re.compile(r"\bwhy\b|为什么|为何|怎么会", re.IGNORECASE)
_SUMMED = re.compile(
    r"\b(?:in total|altogether|total|sum of|add(?:ed)? up)\b|总共|一共|合计|总和|总计|加起来",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Table:
    note: int
    title: str
    rows: Sequence[Record]
    rest: frozenset[str]
    """What the nearest notes say beside their tables."""

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rows[0].columns


def by_rows(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """An answer that rows of the nearest notes' tables give; None where none do."""
    if inquiry.asked.kind in ("compare", "timeline", "howto", "opinion"):
        return None
    if _WHY.search(inquiry.text):
        return None
    asked = _uncounted(asked_names(inquiry))
    for table in _tables(inquiry, list(ranked)[:_NEAR]):
        found = _most(inquiry, table, asked) or _counted(inquiry, table, asked)
        if found is None:
            rows = _named(table, asked)
            told = " ".join((table.title, *table.columns, *(row.said for row in rows)))
            # Rows are counted; of a row that is named itself what is counted is something it has.
            counting = _COUNTED if named_records(table.rows, asked) else _COUNTING
            rows = [] if is_beyond(asked, counting.sub(" ", inquiry.text), told) else rows
            found = _quoting(inquiry, table, rows) if rows else None
        if found is not None:
            return found
    return None


def _uncounted(asked: Asked) -> Asked:
    """What is asked less the words that ask for a number: the 几本书 of 有几本书."""
    match = _COUNTED.search(asked.folded)
    if match is None:
        return asked
    counting = frozenset(terms(asked.folded[match.start() : match.end() + 2]))
    left = tuple(c for c in asked.clauses if c.isdisjoint(counting) or match[0].isascii())
    return replace(asked, clauses=left)


def _tables(inquiry: Inquiry, notes: Sequence[int]) -> Iterator[_Table]:
    texts = {note: inquiry.gatherer.texts.beginning(note) for note in notes}
    found = {note: [each for each in records(text) if each.columns] for note, text in texts.items()}
    if not any(found.values()):
        return
    rows = {line for rows in found.values() for row in rows for line in (row.said, *_head(row))}
    beside = frozenset(
        term
        for text in texts.values()
        for line in text.splitlines()
        if line.strip() not in rows and not line.startswith("#")
        for term in terms(line)
    )
    for note, tables in found.items():
        for family in families(tables):
            yield _Table(note, inquiry.notes[note].title, family, beside)


def _head(row: Record) -> list[str]:
    return row.head.splitlines()


def _named(table: _Table, asked: Asked) -> list[Record]:
    """The rows that the question gives cells of, where they tell what else it asks."""
    whole = named_records(table.rows, asked)
    rows = whole or _by_words(table, asked)
    if not rows or len(rows) == len(table.rows) or len(rows) > _MOST:
        return []
    around = frozenset(terms(" ".join((table.title, *table.columns))))
    held = around.union(*(terms(row.said) for row in rows))
    open_ = [clause for clause in asked.clauses if clause.isdisjoint(held)]
    if any(not clause.isdisjoint(table.rest) for clause in open_):
        return []  # which the note says elsewhere
    covered = 1 - len(open_) / max(len(asked.clauses), 1)
    return rows if covered >= (_COVERED_BESIDE_CELL if whole else _COVERED) else []


def _by_words(table: _Table, asked: Asked) -> list[Record]:
    """The rows with all the words of the question that tell rows apart, where one does."""
    own = [frozenset(terms(row.said)) for row in table.rows]
    found = frozenset(range(len(own)))
    telling = 0
    for clause in asked.clauses:
        if all(len(term) < 2 or term.replace(".", "").isdigit() for term in clause):
            continue  # a number tells by itself only as a whole cell
        there = frozenset(p for p, held in enumerate(own) if not clause.isdisjoint(held))
        if 0 < len(there) < len(own):
            found &= there
            telling += 1
    return [table.rows[place] for place in sorted(found)] if telling and found else []


def _most(inquiry: Inquiry, table: _Table, asked: Asked) -> Answer | None:
    """The row with the most or least under the column named."""
    most = grammar.superlative(inquiry.text)
    for place, column in enumerate(table.columns if most else ()):
        if not most or not is_named(column, asked.folded, asked.terms):
            continue
        cells = {row: row.names[place].strip("* ") for row in table.rows if place < len(row.names)}
        of = day if most.of_dates else amount
        known = {row: value for row, cell in cells.items() if (value := of(cell)) is not None}
        if len(known) > 1:
            top = (max if most.op == "max" else min)(known.values(), key=_rank)
            rows = [row for row, value in known.items() if value == top]
            return _quoting(inquiry, table, rows)
    return None


def _rank(value: float | str) -> tuple[float, str]:
    """A place among numbers, or among dates in ISO form."""
    return (0.0, value) if isinstance(value, str) else (value, "")


def _counted(inquiry: Inquiry, table: _Table, asked: Asked) -> Answer | None:
    """How many rows the table has, or of those with the cells named."""
    if not _COUNTED.search(inquiry.text) or _is_covered_elsewhere(table, asked):
        return None
    rows = named_records(table.rows, asked) or list(table.rows)
    around = frozenset(terms(" ".join((table.title, *table.columns))))
    about = [clause for clause in asked.clauses if not clause.isdisjoint(around)]
    given = {t for row in rows for t in terms(row.said)} if len(rows) < len(table.rows) else set()
    rest = [c for c in asked.clauses if c not in about and c.isdisjoint(given)]
    if not about or rest:
        return None
    text = say(inquiry.asked.lang, "rows", count=len(rows))
    return _quoting(inquiry, table, rows[:_MOST], text)


def _is_covered_elsewhere(table: _Table, asked: Asked) -> bool:
    return bool(asked.clauses) and all(not c.isdisjoint(table.rest) for c in asked.clauses)


def _quoting(inquiry: Inquiry, table: _Table, rows: Sequence[Record], over: str = "") -> Answer:
    """The rows under the head of their table, with what is not worked out from them."""
    units = [Unit(table.note, 0, row.start, row.end, row.said, (), head=row.head) for row in rows]
    quotes = listed(units, inquiry.citations)
    if not over and len(rows) > 1 and _SUMMED.search(inquiry.text):
        over = say(inquiry.asked.lang, "unsummed")
    return inquiry.made(f"{over}\n\n{quotes}" if over else quotes, (), CERTAIN)
