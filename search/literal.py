"""Text as typed, letter by letter: where it stands in a note, however it is spaced or spelt."""

from bisect import bisect_left

from index.words import fold_with_offsets, letters


def find(text: str, wanted: str) -> tuple[int, int] | None:
    """Start and end of the first place in ``text`` with the letters of ``wanted`` in a row."""
    folded, offsets = fold_with_offsets(text)
    kept = [place for place, character in enumerate(folded) if character.isalnum()]
    at = "".join(folded[place] for place in kept).find(letters(wanted))
    if at < 0 or not kept:
        return None
    last = at + max(len(letters(wanted)), 1) - 1
    return offsets[kept[at]], offsets[kept[last]] + 1


def line_around(text: str, start: int, end: int, most: int = 400) -> tuple[int, int]:
    """The line that holds ``start`` to ``end``, cut to ``most`` characters around them."""
    first = max(text.rfind("\n", 0, start) + 1, start - most // 2)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + most // 2)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def nearest(starts: list[int], position: int) -> int:
    """Index of the last of the sorted ``starts`` that is not behind ``position``."""
    return max(bisect_left(starts, position + 1) - 1, 0)
