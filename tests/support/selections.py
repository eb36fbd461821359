"""What a plain question selects, as it can be typed."""

from search.condition import typed
from search.query.query_syntax import parse
from search.searcher import Searcher


def selected(question: str, vault: Searcher) -> tuple[str, set[str]] | None:
    """The conditions read from a question, as typed, and the titles of the notes they leave."""
    state = vault.index.snapshot()
    found = vault.selector.selection(parse(question), state)
    if found is None:
        return None
    titles = {state.catalogue.notes[note].title for note in found.notes}
    return typed("", found.understood.conditions), titles
