"""Notes and weighed units made by hand."""

from index.markdown.note import Property
from index.store.records import StoredNote
from index.text.terms import terms
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.spans import Unit


def note(number: int, title: str, date: str | None = None, **properties: str) -> StoredNote:
    """A note with these properties, whose entries stand nowhere."""
    entries = tuple(Property(key, (value,), 0, 0) for key, value in properties.items())
    return StoredNote(number, f"{number}.md", title, date, (), (), entries)


def weighed(text: str, score: float = 1.0, note: int = 1, start: int = 0) -> Weighed:
    """A unit with a score; its terms are those of its text."""
    unit = Unit(note, 1, start, start + len(text), text, (), is_code=text.startswith("```"))
    return Weighed(unit, score, 0.0, frozenset(terms(text)))
