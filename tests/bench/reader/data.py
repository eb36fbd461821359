"""Training data of the reader: questions, passages, and which sentences answer.

Two kinds of sources, both given by path. A *reading set* has one paragraph a line with
``split``, ``title``, ``text`` and ``questions``, each with ``question`` and ``answers`` as
[start, end) in characters; where ``text`` is an object, it holds one text for each language,
and every question is put to every language's text. A *question file* of notes has JSON lines
with ``question``, ``note`` (a path) and ``answers`` in the note's text, none for a near miss.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.markdown.parse import parse
from index.markdown.sentences import sentences
from index.model.tokenizer import Tokens
from index.passages.embedding_text import heading_context, plain_text
from index.passages.split import split

MOST_TOKENS = 400
WINDOW = 900
"""Characters of a long paragraph that are read at once."""
LIMIT = 480
"""Tokens of a passage, as notes are split for the default model."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage in tokens, without the question."""

    ids: list[int]
    spans: list[tuple[int, int]]
    """Where in ``ids`` each sentence stands."""
    source: str
    """The set and language that it may be mistaken within."""
    page: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the passages that answer it, and those of the same page that do not."""

    ids: list[int]
    kind: str
    held_out: bool
    answers: list[tuple[int, list[bool]]]
    others: list[int]


@dataclass(slots=True)
class Examples:
    """All passages and questions; a question names passages by their place."""

    tokens: Tokens
    texts: list[Text] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def page(
        self, source: str, page: str, title: str, parts: Sequence[tuple[int, str, tuple[str, ...]]]
    ) -> list[tuple[int, int, list[tuple[int, int]]]]:
        """Add the parts of a page, given by start, text and headings: place, start, sentences."""
        added = []
        for start, text, heading in parts:
            ids = self.tokens.bare([f"passage: {heading_context(title, heading)}"])[0][:100]
            spans, places = [], []
            found = sentences(text)
            tokens = self.tokens.bare([plain_text(text[a:b], "text") for a, b in found])
            for place, part in zip(found, tokens, strict=True):
                kept = part[: MOST_TOKENS - len(ids)]
                if kept:
                    spans.append((len(ids), len(ids) + len(kept)))
                    places.append(place)
                    ids += kept
            if spans:
                added.append((len(self.texts), start, places))
                self.texts.append(Text(ids, spans, source, page))
        return added

    def ask(
        self,
        question: str,
        kind: str,
        held_out: bool,
        added: Sequence[tuple[int, int, list[tuple[int, int]]]],
        answers: Sequence[Sequence[int]],
    ) -> None:
        """Add a question of a page; one whose answer lies in no sentence is left out."""
        found = []
        for place, start, spans in added:
            hit = [any(u < start + b and v > start + a for u, v in answers) for a, b in spans]
            if any(hit):
                found.append((place, hit))
        if bool(found) == bool(answers):
            others = [place for place, *_ in added if place not in dict(found)]
            ids = self.tokens.ids([f"query: {question}"], 66)[0]
            self.asked.append(Asked(ids, kind, held_out, found, others))


def reading_set(examples: Examples, path: Path, rnd: random.Random) -> None:
    """Add a reading set; of crossings of languages other than Chinese and English a quarter."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        held_out = row["split"] == "test"
        texts = row["text"] if isinstance(row["text"], dict) else {row.get("lang", ""): row["text"]}
        title = row.get("title", "")
        heading = (row["heading"],) if row.get("heading") else ()
        pages = {}
        for lang, text in texts.items():
            parts = [(a, text[a:b], heading) for a, b in windows(text)]
            page = f"{path.stem}:{title or number}"
            pages[lang] = examples.page(f"{path.stem}-{lang}", page, title, parts)
        for asked in row["questions"]:
            if len(texts) == 1:
                added = next(iter(pages.values()))
                examples.ask(asked["question"], path.stem, held_out, added, asked["answers"])
                continue
            for one, question in asked["question"].items():
                for other, added in pages.items():
                    if {one, other} <= {"en", "zh"} or rnd.random() < 0.25:
                        kind = f"{one}>{other}"
                        examples.ask(question, kind, held_out, added, asked["answers"][other])


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences of about ``WINDOW`` characters."""
    start = end = None
    for a, b in sentences(text):
        if start is None or end is None:
            start, end = a, b
        elif b - start > WINDOW:
            yield start, end
            start, end = a, b
        else:
            end = b
    if start is not None and end is not None:
        yield start, end


def note_questions(
    examples: Examples, path: Path, notes: Path, rnd: random.Random, distractors: int = 200
) -> None:
    """Add the questions of a file about the notes of a folder, and some notes beside them."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    asked = {row["note"] for row in rows}
    rest = sorted(str(p.relative_to(notes)) for p in notes.rglob("*.md"))
    rest = [each for each in rest if each not in asked]
    for name in [*sorted(asked), *rnd.sample(rest, min(distractors, len(rest)))]:
        text = (notes / name).read_text("utf-8").replace("\r\n", "\n")
        note = parse(name, text)
        lang = "zh" if sum("一" <= c <= "鿿" for c in text) > 0.15 * len(text) else "en"
        parts = [(p.start, p.text, p.heading) for p in split(note, examples.tokens.count, LIMIT)]
        added = examples.page(f"{path.stem}-{lang}", f"{path.stem}:{name}", note.title, parts)
        held_out = int(hashlib.md5(name.encode()).hexdigest(), 16) % 12 == 0
        for row in rows:
            if row["note"] == name:
                kind = f"{path.stem} {row['lang']}>{lang}"
                examples.ask(row["question"], kind, held_out, added, row["answers"])
