"""Notes that speak of the same thing as a note, whether or not they are linked."""

from dataclasses import dataclass

from search.snapshot import Index, Snapshot

_LISTED = 8
_OPENING = 400
"""Characters of a note that say what it is about."""


@dataclass(frozen=True, slots=True)
class Related:
    """A note near another by meaning; ``score`` is a cosine."""

    path: str
    title: str
    score: float


def related(note_id: int, state: Snapshot, index: Index) -> tuple[Related, ...]:
    """The nearest notes that the note neither links to nor is linked from, tags left out."""
    catalogue = state.catalogue
    passages = index.store.passages_of([note_id])
    if not state.engine.model or not passages:
        return ()
    opening = " ".join(passage.text for passage in passages[:3])[:_OPENING]
    vector = index.passage_vectors([f"{catalogue.notes[note_id].title}\n{opening}"])[0]
    near = state.engine.nearest(vector, 20 * _LISTED)
    stored = index.store.passages([passage for passage, _ in near])
    known = {note_id} | {other for other, _ in catalogue.links_out.get(note_id, ())}
    known |= {other for other, _ in catalogue.links_in.get(note_id, ())}
    known |= set(catalogue.tag_notes.values())
    best: dict[int, float] = {}
    for passage, score in near:
        if passage in stored and stored[passage].note_id not in known:
            best.setdefault(stored[passage].note_id, score)
    notes = ((catalogue.notes[other], score) for other, score in best.items())
    listed = [Related(note.path, note.title, round(score, 4)) for note, score in notes]
    return tuple(listed[:_LISTED])
