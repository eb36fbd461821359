"""Answers that keep to the thing asked, and say so where only its siblings are known."""

from collections.abc import Mapping
from dataclasses import replace

from index.text.terms import fold, letters, terms
from search.answer.context import Inquiry
from search.answer.messages import say
from search.answer.records.copies import repeated
from search.answer.siblings.scope import Asked, scope
from search.answer.siblings.sibling_names import stands
from search.answer.siblings.strangers import stranger
from search.result import Answer

_NEAR = 3
"""Notes in which siblings are looked for."""
_MOST = 8
"""Siblings that are named."""
_LOOKED_THROUGH = 20
"""Notes with a name's letters in which it is looked for as a whole."""
_CERTAIN = 0.05
"""Confidence that the notes answer where they know only siblings of the thing."""


def unknown(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """The answer that the thing asked for is in no note, with the siblings that are."""
    found = stranger(
        asked_names(inquiry),
        inquiry.text,
        {note: inquiry.gatherer.text(note) for note in list(ranked)[:_NEAR]},
        {note: inquiry.notes[note].title for note in ranked},
        inquiry.names.siblings,
        lambda name: _is_known(inquiry, name),
    )
    if found is None:
        return None
    lang = inquiry.asked.lang
    joint = "、" if lang == "zh" else ", "
    known = joint.join(dict.fromkeys(found.siblings[:_MOST]))
    none = inquiry.none(ranked, _CERTAIN)
    return replace(none, answer=say(lang, "stranger", name=found.name, siblings=known))


def _is_known(inquiry: Inquiry, name: str) -> bool:
    """Whether a name stands in any note."""
    there = inquiry.gatherer.state.lexical.notes_containing(letters(name), _LOOKED_THROUGH)
    return any(
        stands(name, fold(f"{inquiry.notes[note].title}\n{inquiry.gatherer.text(note)}"))
        for note, _ in there
        if note in inquiry.notes
    )


def about_asked(inquiry: Inquiry, ranked: Mapping[int, float]) -> dict[int, float]:
    """The notes that may speak of the thing asked; what in them does not is left out too."""
    kept = scope(
        asked_names(inquiry),
        {note: inquiry.gatherer.text(note) for note in ranked},
        {note: inquiry.notes[note].title for note in ranked},
        inquiry.names.siblings,
        compares=inquiry.asked.kind in ("compare", "timeline"),
    )
    spans = {note: list(found) for note, found in kept.spans.items()}
    for note, found in repeated(inquiry, ranked).items():
        spans.setdefault(note, []).extend(found)
    inquiry.gatherer.scope = kept = replace(kept, spans=spans)
    return {note: score for note, score in ranked.items() if note not in kept.notes} or dict(ranked)


def asked_names(inquiry: Inquiry) -> Asked:
    """What the question says, for names to be looked for in it."""
    clauses = tuple(
        frozenset(part for term in clause for part in term.split(" "))
        for clause in inquiry.gatherer.words().clauses
    )
    every = frozenset(terms(inquiry.text)).union(*clauses)
    return Asked(fold(inquiry.text), every, clauses)
