"""Finds what the writer of a note has taken out of it."""

from index.markdown.masks import COMMENTS


def comment_spans(text: str) -> list[tuple[int, int]]:
    """Where comments stand, in order and disjoint; one in another is the other's text."""
    nearest = {marks: text.find(marks[0]) for marks in COMMENTS}
    spans: list[tuple[int, int]] = []
    at = 0
    while open_at := {m: start for m, start in nearest.items() if start >= 0}:
        (opening, closing), start = min(open_at.items(), key=lambda each: each[1])
        end = text.find(closing, start + len(opening))
        if end < 0:  # nor is any later one closed
            nearest[opening, closing] = -1
            continue
        at = end + len(closing)
        spans.append((start, at))
        nearest |= {m: text.find(m[0], at) for m, there in open_at.items() if there < at}
    return spans
