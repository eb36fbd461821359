"""Scores what speaks for a note beyond its text: where it is filed, and what links to it.

Each boost counts by rarity, has a cap, and is only as strong as what it rests on.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from index.text.terms import letters
from search.catalogue.catalogue import Catalogue
from search.catalogue.mentions import Mention, specificity
from search.query.keywords import Keywords
from search.ranking.fusion import Signal
from search.ranking.grouping import WHOLE_NOTE, ScoredNote, ScoredPassage, boosted
from search.store.interface import StoredRecords

_PROPERTY = 0.3
"""Most that being filed under a name in the question adds, where the name is all there is to
the question and one note alone has it; 0.2 to 0.5 rank alike."""
_TAG = 0.02
"""The same for a tag: tags are given freely, so they decide between equals; 0.05 does harm."""
_LINK = 0.05
"""Most that a link from one of the strongest notes adds; 0.03 to 0.06 rank alike."""
_LITERAL = 1.0
"""More than all else: in keyword mode what was typed comes first where it stands as typed."""
_STRONGEST = 3
"""Notes whose links count."""


def metadata_boosts(
    found: Iterable[Mention], keywords: Keywords, everything: int, signals: Collection[Signal]
) -> dict[int, dict[Signal, float]]:
    """Boosts of notes (ids) that are filed under what the question names.

    A name counts by the root of its share in what the question says, and by how few of all
    the notes have it. Properties and folders that bear the same name count once.
    """
    best: dict[tuple[int, Signal, tuple[str, ...]], float] = {}
    for each in found:
        signal: Signal = "tag" if each.drawer.kind == "tag" else "property"
        if signal not in signals:
            continue
        cap = _TAG if signal == "tag" else _PROPERTY
        weight = keywords.share("".join(each.form), " ".join(each.form)) ** 0.5
        value = cap * weight * specificity(len(each.notes), everything)
        for note in each.notes:
            place = note, signal, each.form
            best[place] = max(best.get(place, 0.0), value)
    boosts: dict[int, dict[Signal, float]] = {}
    for (note, signal, _), value in best.items():
        own = boosts.setdefault(note, {})
        own[signal] = min(own.get(signal, 0.0) + value, _TAG if signal == "tag" else 2 * _PROPERTY)
    return boosts


def link_boosts(
    notes: Sequence[ScoredNote], catalogue: Catalogue
) -> dict[int, dict[Signal, float]]:
    """Boosts of notes that the strongest of the ranked ``notes`` link to.

    A link counts by the score of the note that it is in, over the best note's, and less to
    a note that many link to.
    """
    boosts: dict[int, dict[Signal, float]] = {}
    for noted in notes[:_STRONGEST]:
        strength = noted.score / notes[0].score if notes[0].score > 0 else 0.0
        for target in {target for target, _ in catalogue.links_out.get(noted.note_id, ())}:
            known = specificity(len(catalogue.links_in.get(target, ())), len(catalogue.notes))
            value = max(boosts.get(target, {}).get("link", 0.0), _LINK * known * strength)
            boosts[target] = {"link": value}
    return boosts


def exact_first(
    notes: Sequence[ScoredNote], holding: Iterable[int], narrowed: Collection[int] | None
) -> list[ScoredNote]:
    """All notes (ids) that are ``holding`` the text as typed first, then the other ``notes``."""
    known = {noted.note_id for noted in notes}
    held = [note for note in holding if narrowed is None or note in narrowed]
    unknown = [
        ScoredNote(note, 0.0, (ScoredPassage(WHOLE_NOTE, note, 0.0, {}),), {})
        for note in held
        if note not in known
    ]
    return boosted([*notes, *unknown], {note: {"literal": _LITERAL} for note in held})


def phrases_first(
    ranked: Sequence[ScoredPassage], phrases: Sequence[str], store: StoredRecords
) -> Sequence[ScoredPassage]:
    """The passages that hold every phrase as it was typed first, the others behind them."""
    wanted = [each for each in map(letters, phrases) if each]
    if not wanted:
        return ranked
    stored = store.passages([scored.passage_id for scored in ranked])
    holding = {
        passage.id
        for passage in stored.values()
        if all(each in letters(passage.text) for each in wanted)
    }
    more = (
        replace(each, score=each.score + _LITERAL, signals={**each.signals, "literal": _LITERAL})
        if each.passage_id in holding
        else each
        for each in ranked
    )
    return sorted(more, key=lambda each: -each.score)


def newest(catalogue: Catalogue, narrowed: Iterable[int]) -> list[ScoredNote]:
    """The notes (ids) that filters leave where nothing is asked, newest first."""
    ordered = sorted(narrowed, key=lambda note: catalogue.notes[note].path)
    ordered.sort(key=lambda note: catalogue.notes[note].date or "", reverse=True)
    return [
        ScoredNote(note, 0.0, (ScoredPassage(WHOLE_NOTE, note, 0.0, {}),), {}) for note in ordered
    ]
