"""The several things that one question asks: each is to get a sentence of its own."""

import re

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
    r"|什么|哪|多[少大久长高快贵远]|几[个条份篇次倍年月号步种天款]|谁|怎么|怎样|如何|为何|吗\s*$|各自",
    re.IGNORECASE,
)
_LEAST = 4
"""Characters of the shortest part that may ask something by itself."""


def facets(question: str) -> tuple[str, ...]:
    """The parts of a question that each ask something, with what leads to them.

    None where it asks one thing only. What asks nothing belongs to the part behind it in its
    sentence, else to the one before; a sentence that asks nothing only sets the scene.
    """
    found: list[str] = []
    for sentence in _SENTENCE.split(question):
        parts: list[str] = []
        led = ""
        for piece in _PIECE.split(sentence):
            led = f"{led} {piece}".strip()
            if _ASKS.search(piece) and len(piece) >= _LEAST:
                parts.append(led)
                led = ""
        if led and parts:
            parts[-1] = f"{parts[-1]} {led}"
        found += parts
    return tuple(found) if len(found) > 1 else ()
