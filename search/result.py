"""Defines what a search and an answer hand on: plain values in the shape of the API's JSON."""

from dataclasses import dataclass, field
from typing import Any, Literal

from index.markdown.note import PassageKind

Mode = Literal["hybrid", "keyword", "semantic"]
Group = Literal["passage", "note"]
Kind = Literal["fact", "definition", "compare", "timeline", "list", "howto", "opinion", "none"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; an empty value does not narrow."""

    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    properties: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    paths: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked passage (or, grouped, one note at its best passage)."""

    rank: int
    path: str
    title: str
    heading: tuple[str, ...]
    text: str
    start: int
    end: int
    date: str | None
    tags: tuple[str, ...]
    score: float
    signals: dict[str, float]
    segments: tuple[tuple[str, bool], ...] = ()
    """The text cut into pieces; True marks a piece that matches the question."""
    kind: PassageKind = "text"


@dataclass(frozen=True, slots=True)
class Facets:
    """How often each tag, folder and year stands among the notes found."""

    tags: tuple[tuple[str, int], ...] = ()
    folders: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer of ``/api/search``."""

    query: str
    mode: Mode
    took_ms: float
    results: tuple[Hit, ...]
    facets: Facets
    embedded: float = 1.0
    """The share of the notes' passages that can be found by meaning already."""
    understood: dict[str, Any] = field(default_factory=dict)
    """How the question was read: its text, its conditions, and both as they can be typed."""
    total: int = 0
    """How many notes count as found; the facets count these. What else is ranked is less near."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: ``file_text[start:end] == quote``."""

    id: int
    path: str
    title: str
    heading: tuple[str, ...]
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PropertyView:
    """One frontmatter key with its values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison, timeline or list; ``text`` carries citation marks."""

    subject: str
    date: str | None
    text: str
    citations: tuple[int, ...]
    properties: tuple[PropertyView, ...] = ()
    """Of a list: what the note's frontmatter says."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of ``/api/ask``."""

    question: str
    lang: Literal["zh", "en"]
    kind: Kind
    answerable: bool
    confidence: float
    answer: str
    rows: tuple[Row, ...] = ()
    citations: tuple[Citation, ...] = ()
    engine: str = "builtin"
    took_ms: float = 0.0
    embedded: float = 1.0
    """The share of the notes' passages that can be found by meaning already."""
    nearest: tuple[tuple[str, str], ...] = field(default=())
    """Paths and titles of the nearest notes, where nothing answers."""
    understood: dict[str, Any] = field(default_factory=dict)
    """How the question was read: its text, its conditions, and both as they can be typed."""
    builtin_answer: str | None = None
    """What the quotes alone say, where ``answer`` is in the words of a model (``engine``)."""
