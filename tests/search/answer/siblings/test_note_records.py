"""Sections, labelled lines and rows of a note."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.answer.siblings.note_records import cells, families, records

NOTE = """# Harbour

## Gate
4711#

## Crane
Key at Oda's.

- Oda：左撇子
- Bram: left at noon

| berth | boat |
|---|---|
| 4 | Ostra |
| 5 | Vell \\| Mard |

```
- not: a record
```
"""


def test_records_that_stand_together_are_a_family() -> None:
    found = [[record.names for record in family] for family in families(records(NOTE))]
    assert [("Gate",), ("Crane",)] in found
    assert [("Oda",), ("Bram",)] in found
    assert [("4", "Ostra"), ("5", "Vell | Mard")] in found
    assert not any("not" in names for family in found for names in family)


def test_a_row_knows_its_columns() -> None:
    rows = [record for record in records(NOTE) if record.columns]
    assert {row.columns for row in rows} == {("berth", "boat")}
    assert rows[0].head == "| berth | boat |\n|---|---|"


def test_a_section_ends_where_the_next_one_begins() -> None:
    gate = next(record for record in records(NOTE) if record.names == ("Gate",))
    assert gate.said == "4711#"
    assert NOTE[gate.start : gate.end].startswith("## Gate")


def test_lines_are_told_apart_without_a_colon_where_their_names_are_written_otherwise() -> None:
    found = {(record.names[0], record.said) for record in records(UNMARKED)}
    assert {("K4", "阀门没关"), ("K5", "水温过高")} <= found
    assert {("Vela", "1931 年下水"), ("Moth#", "1958 年下水")} <= found
    assert not any(name in ("The", "We") for name, _ in found)


def test_a_bare_line_names_the_one_below_it() -> None:
    found = {(record.names[0], record.said) for record in records(UNMARKED)}
    assert {("失物招领", "码头东侧"), ("harbour radio", "channel 12")} <= found
    assert not any(name.startswith("Ropes") for name, _ in found)


def test_a_heading_is_called_without_what_stands_in_brackets() -> None:
    (tide,) = records("# Tide tables (2026)\n\nNone.\n")
    assert tide.names == ("Tide tables (2026)", "Tide tables")


UNMARKED = """# 杂记

K4 阀门没关
K5 水温过高

- Vela 1931 年下水
- Moth# 1958 年下水

早上开门。
失物招领
码头东侧

harbour radio
channel 12

The gate opens at six and
We close it at nine.

Ropes are kept in the long shed by
the sea.
"""
LINES = st.sampled_from([
    "K4 停\n", "渡船\n", "甲乙 12\n",
    "# A\n", "## B\n", "- 甲：乙\n", "x: y\n", "| a | b |\n", "|---|---|\n", "\n", "```\n",
    "话。\n", "> - c: d\r\n", "1) e: f",
])  # fmt: skip


@given(st.lists(LINES, max_size=15).map("".join))
def test_records_of_a_family_do_not_overlap(text: str) -> None:
    for family in families(records(text)):
        for one, other in pairwise(family):
            assert one.start < one.end <= other.start <= len(text)


@given(st.lists(st.text("ab |", max_size=5), min_size=1, max_size=5))
def test_cells_are_what_a_row_was_written_from(written: list[str]) -> None:
    plain = [cell.strip() for cell in written]
    row = "| " + " | ".join(cell.replace("|", "\\|") for cell in plain) + " |"
    if all(plain):
        assert cells(row) == plain


@given(st.lists(st.integers(1, 6), max_size=12))
def test_a_section_ends_where_a_heading_of_its_level_or_above_begins(levels: list[int]) -> None:
    lines = [f"{'#' * level} a{place}\n\nb\n" for place, level in enumerate(levels)]
    starts = [sum(map(len, lines[:place])) for place in range(len(lines) + 1)]
    found = {record.start: record for record in records("".join(lines)) if record.said}
    for place, level in enumerate(levels):
        later = [at for at in range(place + 1, len(levels)) if levels[at] <= level]
        above = [at for at in range(place) if levels[at] < level]
        record = found[starts[place]]
        assert record.end == starts[min(later, default=len(levels))]
        assert record.family == (f"h{level}", starts[max(above)] if above else -1)
