"""A plot of what is measured at several sizes, both axes in powers of ten, as SVG."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

Lines = Mapping[str, tuple[str, str]]
"""Of each measure its name in the plot and its colour."""
_WIDE, _HIGH, _LEFT, _TOP = 640, 400, 60, 20
_APART = 14
"""Between the names of two lines."""


def plot(rows: Sequence[Mapping[str, Any]], named: Lines, size: str = "passages") -> str:
    """The plot of the measured ``rows``, in order of their ``size``."""
    sizes = [math.log10(row[size]) for row in rows]
    lines = {name: [_value(row, name) for row in rows] for name in named}
    every = [value for line in lines.values() for value in line]
    low, high = math.floor(min(every)), math.ceil(max(every))
    first, last = min(sizes), max(max(sizes), min(sizes) + 1)

    def at(size: float, value: float) -> str:
        x = _LEFT + (size - first) / (last - first) * (_WIDE - _LEFT - 170)
        y = _TOP + (high - value) / max(1, high - low) * (_HIGH - _TOP - 50)
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        start, end = at(first, power), at(last, power)
        x, y = start.split(",")
        parts.append(f'<path d="M{start}L{end}" stroke="#ddd"/>')
        parts.append(f'<text x="{float(x) - 6}" y="{y}" text-anchor="end">{10**power:,}</text>')
    for row, place in zip(rows, sizes, strict=True):
        x, y = at(place, low).split(",")
        label = f"{row[size]:,}"
        parts.append(f'<text x="{x}" y="{float(y) + 20}" text-anchor="middle">{label}</text>')
    ends = []
    for name, (label, colour) in named.items():
        points = [at(*each) for each in zip(sizes, lines[name], strict=True)]
        path = f'<path d="M{"L".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        parts.append(path)
        x, y = map(float, points[-1].split(","))
        ends.append((y, x + 6, colour, label))
    below = -math.inf
    for y, x, colour, label in sorted(ends):
        below = max(y, below + _APART)
        parts.append(f'<text x="{x}" y="{below:.1f}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _value(row: Mapping[str, Any], name: str) -> float:
    """Its power of ten; seconds as milliseconds."""
    value = row[name] * (1000 if name.endswith("_s") else 1)
    return math.log10(max(value, 1e-3))
