"""Parts a question that asks several things: each is to get a sentence of its own."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[。？！?!]+|\.(?=\s|$)|[;；]")
_PIECE = re.compile(
    r"[，,：:]\s*(?:and |or |but )?| - |——"
    r"|\s+and\s+(?=(?:about |roughly |from |by |in |on |to )?"
    r"(?:what|which|how|when|who|whose|whom|where|why|is|are|was|were|do|does|did|may|can)\b)",
    re.IGNORECASE,
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|must)"
_ASKS = re.compile(
    r"^\W*(?:[\w-]+\W+){0,2}"
    rf"(?:(?:what|which|how|who|whose|whom|why)\b|(?:when|where) {_AUXILIARY}\b)"
    rf"|^\W*{_AUXILIARY}\b"
    r"|什么|哪|多[少大久长高快贵远厚宽深重早晚]|几[个条份篇次倍年月号步种天款]|谁|怎么|怎样|如何|为何|吗\s*$|各自",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"\blink(?:s|ed)?\b|\brelated (?:note|entry|post|article)|\bpoints to\b|关联|链接|链到|挂在",
    re.IGNORECASE,
)
_LEAST = 4
"""Characters of the shortest part that may ask something by itself."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A part of a question."""

    text: str
    follows: bool = False
    """Whether it asks about a note that another one links to."""


def facets(question: str) -> tuple[Facet, ...]:
    """The parts of a question that each ask something; none where it asks one thing only.

    What asks nothing sets the scene, which the whole question knows.
    """
    found: list[Facet] = []
    follows = False
    for sentence in _SENTENCE.split(question):
        for piece in _PIECE.split(sentence):
            follows = follows or _LINKED.search(piece) is not None
            if _ASKS.search(piece) and len(piece.strip()) >= _LEAST:
                found.append(Facet(piece.strip(), follows))
    return tuple(found) if len(found) > 1 else ()
