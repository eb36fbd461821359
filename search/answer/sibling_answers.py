"""Answers that keep to the thing asked, and say so where only its siblings are known."""

from collections.abc import Mapping
from dataclasses import replace

from index.text.terms import fold, letters, terms
from search.answer.context import Inquiry
from search.answer.messages import say
from search.answer.siblings.scope import Asked, scope
from search.answer.siblings.strangers import stranger
from search.result import Answer

_NEAR = 3
"""Notes in which siblings are looked for."""
_MOST = 8
"""Siblings that are named."""
_CERTAIN = 0.05
"""Confidence that the notes answer where they know only siblings of the thing."""


def unknown(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """The answer that the thing asked for is in no note, with the siblings that are."""
    found = stranger(
        _asked(inquiry),
        inquiry.text,
        {note: inquiry.gatherer.text(note) for note in list(ranked)[:_NEAR]},
        {note: inquiry.notes[note].title for note in ranked},
        inquiry.names.siblings,
        lambda name: bool(inquiry.gatherer.state.lexical.notes_containing(letters(name), 1)),
    )
    if found is None:
        return None
    lang = inquiry.asked.lang
    joint = "、" if lang == "zh" else ", "
    known = joint.join(dict.fromkeys(found.siblings[:_MOST]))
    none = inquiry.none(ranked, _CERTAIN)
    return replace(none, answer=say(lang, "stranger", name=found.name, siblings=known))


def about_asked(inquiry: Inquiry, ranked: Mapping[int, float]) -> dict[int, float]:
    """The notes that may speak of the thing asked; what in them does not is left out too."""
    kept = scope(
        _asked(inquiry),
        {note: inquiry.gatherer.text(note) for note in ranked},
        {note: inquiry.notes[note].title for note in ranked},
        inquiry.names.siblings,
        compares=inquiry.asked.kind in ("compare", "timeline"),
    )
    inquiry.gatherer.scope = kept
    return {note: score for note, score in ranked.items() if note not in kept.notes} or dict(ranked)


def _asked(inquiry: Inquiry) -> Asked:
    clauses = tuple(
        frozenset(part for term in clause for part in term.split(" "))
        for clause in inquiry.gatherer.words().clauses
    )
    every = frozenset(terms(inquiry.text)).union(*clauses)
    return Asked(fold(inquiry.text), every, clauses)
