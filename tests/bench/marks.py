"""How long a note of one mark over and over takes to read, and twice as long a one.

    python tests/bench/marks.py [CHARACTERS]

Each line: what the note is made of, seconds of the processor for CHARACTERS (500,000) and
for twice as many, and how many times as long that is.
"""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / part) for part in ("support", "system")]

from repeated_marks import MARKS, nested_lists, repeated  # noqa: E402
from test_linear_time import seconds  # noqa: E402


def main() -> None:
    """Print a line for each mark, the slowest growing last."""
    characters = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    families = {repr(mark): (lambda n, mark=mark: repeated([], [mark], n)) for mark in MARKS}
    families |= {
        f"{mark!r} on lines": (lambda n, mark=mark: repeated([], [mark, "\n"], n))
        for mark in MARKS if not mark.isspace()
    }  # fmt: skip
    families["nested lists"] = nested_lists
    rows = []
    for name, family in families.items():
        once, twice = seconds(family(characters)), seconds(family(2 * characters))
        rows.append((twice / once, once, twice, name))
    for ratio, once, twice, name in sorted(rows):
        print(f"{name:24} {once:7.2f} s {twice:7.2f} s  × {ratio:.1f}")


if __name__ == "__main__":
    main()
