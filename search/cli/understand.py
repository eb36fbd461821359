"""Defines the command that shows how a question is read.

What it prints first can be typed: as a question it is read the same.
"""

from collections.abc import Mapping
from typing import Any

from search.cli import options


def understand(
    question: str,
    notes: options.NotesOption = None,
    index: options.IndexFolder = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """How a question is read: its text and its conditions."""
    from datetime import date

    from index.settings import load
    from search.answer.agenda.period_filter import kept_to_period
    from search.cli import output
    from search.cli.catch_up import current_searcher
    from search.query.query_syntax import parse

    searcher = current_searcher(load(notes=notes, index=index, store=store))
    state = searcher.index.snapshot()
    query = parse(question)
    selected = searcher.selector.selection(query, state)
    if selected is None:
        timed = kept_to_period(query, searcher.index.settings.today or date.today())
        query = timed.query if timed else query
    read = searcher.selector.understood(query, selected, state).as_json()
    if json:
        output.json_line(read)
        return
    output.plain(read["query"])
    for condition in read["conditions"]:
        count = condition.get("matched")
        said = condition["source"] if count is None else f"{condition['source']}  {count:,} notes"
        near = f" (nearest: {', '.join(condition['nearest'])})" if "nearest" in condition else ""
        output.plain(f"  {' '.join(_named(condition))}: {said}{near}")


def _named(condition: Mapping[str, Any]) -> list[str]:
    """The kind of a condition, and the key of a property or the relation of a link."""
    negation = ["not"] if condition.get("not") else []
    return [*negation, condition["kind"], *filter(None, [condition.get("key")])]
