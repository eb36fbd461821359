"""Keeps an answer to the thing asked, and says so where only its siblings are known."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from index.text.terms import fold, letters, terms
from search.answer.context import Inquiry
from search.answer.evidence.features import Source, asked_clauses
from search.answer.messages import say
from search.answer.records.copies import repeated
from search.answer.siblings.comments import comment_spans
from search.answer.siblings.scope import Asked, Scope, scope
from search.answer.siblings.sibling_names import stands
from search.answer.siblings.strangers import stranger
from search.result import Answer

_NEAR = 3
"""Notes in which siblings are looked for."""
_MOST = 8
"""Siblings that are named."""
_LOOKED_THROUGH = 20
"""Notes with a name's letters in which it is looked for as a whole."""
_CLIPPED = re.compile(r"([a-z]+)['’](s|t|d|m|ll|re|ve)\b")
_MOSTLY = 0.6
"""Share of what is asked that is said in what a question leaves out: then the answer is there."""
_CERTAIN = 0.05
"""Confidence that the notes answer where they know only siblings of the thing."""


def unknown(inquiry: Inquiry, ranked: Mapping[int, float]) -> Answer | None:
    """The answer that the thing asked for is in no note, with the siblings that are."""
    found = stranger(
        asked_names(inquiry),
        inquiry.text,
        {note: inquiry.gatherer.texts.beginning(note) for note in list(ranked)[:_NEAR]},
        {note: inquiry.notes[note].title for note in ranked},
        inquiry.names.siblings,
        cache(lambda name: _is_known(inquiry, name)),
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
        stands(name, fold(f"{inquiry.notes[note].title}\n{inquiry.gatherer.texts.whole(note)}"))
        for note, _ in there
        if note in inquiry.notes
    )


def about_asked(inquiry: Inquiry, ranked: Mapping[int, float]) -> dict[int, float]:
    """The notes that may speak of the thing asked; what in them does not is left out too.

    None are left where what is asked is said of its siblings alone.
    """
    texts = {note: inquiry.gatherer.texts.beginning(note) for note in ranked}
    titles = {note: inquiry.notes[note].title for note in ranked}
    kind = inquiry.asked.kind
    asked = asked_names(inquiry)
    names, compares = inquiry.names.siblings, kind in ("compare", "timeline")
    kept = scope(asked, texts, titles, names, compares=compares, of_one=kind == "fact")
    unstated = _unstated(inquiry, kept, texts)
    spans = {note: [*found] for note, found in kept.spans.items()}
    for note, found in (*repeated(inquiry, ranked).items(), *_comments(inquiry, texts)):
        spans.setdefault(note, []).extend(found)
    inquiry.gatherer.scope = kept = replace(kept, spans=spans)
    if unstated:
        return {}
    return {note: score for note, score in ranked.items() if note not in kept.notes} or dict(ranked)


def _comments(
    inquiry: Inquiry, texts: Mapping[int, str]
) -> Iterator[tuple[int, Sequence[tuple[int, int]]]]:
    """The comments of the notes that are longer than these beginnings of theirs."""
    for note, text in texts.items():
        whole = inquiry.gatherer.texts.whole(note)
        if len(whole) > len(text):
            yield note, comment_spans(whole)


def _unstated(inquiry: Inquiry, kept: Scope, texts: Mapping[int, str]) -> bool:
    """Whether what is asked is said where the question leaves it out, and not of what it names."""
    names = frozenset(term for name in kept.given for term in terms(name))
    asked = asked_clauses(inquiry.asked, inquiry.gatherer.words(), sorted(kept.given))
    aspect = [clause for clause in asked if names.isdisjoint(clause)]
    others = [
        text[start:end]
        for note, text in texts.items()
        for start, end in kept.spans.get(note, [(0, len(text))])
    ]
    if not aspect or not others:
        return False
    of_others = Source(0, "", "\n".join(others)).holds().share(aspect)
    if of_others == 0 or (not kept.given and of_others < _MOSTLY):
        return False
    own = []
    for note, text in texts.items():
        seen = f"{inquiry.notes[note].title}\n{kept.visible(note, text)}"
        seen = "" if note in kept.notes else seen
        if not kept.given or any(stands(name, fold(seen)) for name in kept.given):
            own.append(seen)
    of_own = Source(0, "", "\n".join(own)).holds().share(aspect)
    return of_own == 0 if kept.given else of_own <= 1 - _MOSTLY


def asked_names(inquiry: Inquiry) -> Asked:
    """What the question says, for names to be looked for in it."""
    clauses = tuple(
        frozenset(part for term in clause for part in term.split(" "))
        for clause in inquiry.gatherer.words().clauses
    )
    folded = fold(inquiry.text)
    clipped = {match[1] + match[2] for match in _CLIPPED.finditer(folded)}
    clauses = tuple(clause for clause in clauses if not clause <= clipped)
    return Asked(folded, frozenset(terms(folded)).union(*clauses), clauses, inquiry.text)
