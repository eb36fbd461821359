"""Finds what copies of a quoted note say otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from index.markdown.sentences import sentences
from index.text.terms import terms
from search import deadline
from search.answer.citations import quoted
from search.answer.context import Inquiry
from search.answer.evidence.spans import Unit
from search.answer.messages import say
from search.ranking.near_duplicates import original_of
from search.result import Answer, Citation

_ALIKE = 0.5
"""Share of terms from which a sentence of a copy is the quoted one, changed."""


def repeated(inquiry: Inquiry, notes: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Where each copy among the notes (ids) says what its original says, or the like."""
    found = {}
    for note in notes:
        original = original_of(inquiry.notes[note], inquiry.gatherer.state.catalogue)
        if original is not None:
            known = frozenset(frozenset(terms(each)) for each in _said(inquiry, original))
            text = inquiry.gatherer.texts.beginning(note)
            found[note] = [
                (start, end)
                for start, end in sentences(text)
                if _is_among(frozenset(terms(text[start:end])), known)
            ]
    return found


def _is_among(own: frozenset[str], known: frozenset[frozenset[str]]) -> bool:
    """Whether a sentence is one of those known, or alike."""
    deadline.check()
    return own in known or max(_shares(own, known), default=0.0) >= _ALIKE


def _shares(own: frozenset[str], others: Iterable[frozenset[str]]) -> Iterator[float]:
    """How much of what either says each says with the other."""
    return (len(own & held) / max(len(own | held), 1) for held in others)


def with_copies(inquiry: Inquiry, answer: Answer, notes: Iterable[int]) -> Answer:
    """The answer, with what copies among the notes (ids) say in the place of its quotes."""
    catalogue = inquiry.gatherer.state.catalogue
    copies: dict[int, list[int]] = {}
    for note in notes:
        original = original_of(inquiry.notes[note], catalogue)
        if original is not None:
            copies.setdefault(original, []).append(note)
    lines = []
    for citation in answer.citations:
        for copy in copies.get(catalogue.by_path[citation.path], ()):
            other = _otherwise(inquiry, citation, copy)
            cited = {(c.path, c.start) for c in inquiry.citations.given}
            if other and (inquiry.notes[copy].path, other.start) not in cited:
                name = PurePosixPath(inquiry.notes[copy].path).stem
                quote = quoted(other.text, inquiry.citations.cite(other))
                lines.append(say(answer.lang, "copy", title=name, quote=quote))
    if not lines:
        return answer
    text = "\n\n".join((answer.answer, *lines))
    return replace(answer, answer=text, citations=tuple(inquiry.citations.given))


def _otherwise(inquiry: Inquiry, citation: Citation, copy: int) -> Unit | None:
    """The sentence of a copy that says something else in the place of a quoted one."""
    text = inquiry.gatherer.texts.beginning(copy)
    if citation.quote in inquiry.gatherer.texts.whole(copy):
        return None
    known = _said(inquiry, inquiry.gatherer.state.catalogue.by_path[citation.path])
    places = [(s, e) for s, e in sentences(text) if text[s:e] not in known]
    others = [frozenset(terms(text[start:end])) for start, end in places]
    alike = list(_shares(frozenset(terms(citation.quote)), others))
    if max(alike, default=0.0) < _ALIKE:
        return None
    start, end = places[alike.index(max(alike))]
    return Unit(copy, 0, start, end, text[start:end], ())


def _said(inquiry: Inquiry, note: int) -> frozenset[str]:
    text = inquiry.gatherer.texts.beginning(note)
    return frozenset(text[start:end] for start, end in sentences(text))
