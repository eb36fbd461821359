"""Tells which notes a search is within: filters, conditions, exact phrases, excluded words."""

from collections.abc import Iterable

from index.text.language import has_latin
from index.text.terms import letters, terms
from search.conditions.matching import matching
from search.query.query_syntax import Query
from search.snapshot import Snapshot
from search.store.interface import StoredRecords


def matching_notes(query: Query, state: Snapshot, store: StoredRecords) -> frozenset[int] | None:
    """Ids of the notes that are searched; None when all are."""
    narrowed = state.catalogue.within(query.filters)
    fulfilling = matching(query.conditions, state.catalogue)
    if fulfilling is not None:
        narrowed = fulfilling if narrowed is None else narrowed & fulfilling
    wanted = [phrase for phrase in query.phrases if letters(phrase)]
    unwanted = [word for word in query.excluded if letters(word)]
    if not wanted and not unwanted:
        return narrowed
    found = set(state.catalogue.notes if narrowed is None else narrowed)
    everything = len(state.catalogue.notes)
    for phrase in wanted:
        found &= {note for note, _ in state.lexical.notes_containing(phrase, everything)}
    for word in unwanted:
        found -= set(_with_word(word, state, store))
    return frozenset(found)


def _with_word(word: str, state: Snapshot, store: StoredRecords) -> Iterable[int]:
    """Notes that hold a word; Latin ones as whole words, so that -go leaves google alone."""
    if not has_latin(word):
        return (
            note for note, _ in state.lexical.notes_containing(word, len(state.catalogue.notes))
        )
    return store.notes_of(state.lexical.passages_with_all(terms(word))).values()
