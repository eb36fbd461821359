"""Fields in a note's body are properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.parse import parse


def fields(text: str) -> dict[str, tuple[str, ...]]:
    return {one.key: one.values for one in parse("a.md", text).properties if one.inline}


@pytest.mark.parametrize(
    "line",
    [
        "kiln:: Orta", "- kiln:: Orta", "**kiln**:: Orta", "- [ ] kiln:: Orta", "> kiln:: Orta",
        "Fired in 1990 [kiln:: Orta] in the yard.", "Fired (kiln:: Orta).", "kiln:: [[Orta]]",
    ],
)  # fmt: skip
def test_two_colons_make_a_field_on_a_line_in_an_item_and_in_brackets(line: str) -> None:
    assert fields(f"# Pots\n\n{line}\n") == {"kiln": ("Orta",)}


def test_values_between_commas_are_several() -> None:
    assert fields("Text.\n\nglazes:: ash, tenmoku，celadon\n") == {
        "glazes": ("ash", "tenmoku", "celadon")
    }


@pytest.mark.parametrize(
    "lines",
    [
        "- 窑口：汝口\n- 年份：1990",
        "窑口: 汝口\n年份: 1990",
        "- **窑口**：汝口\n- **年份：** 1990",
        "1. 窑口：汝口\n2. 年份:1990年",
    ],
)
def test_lines_of_key_and_value_in_a_row_are_fields(lines: str) -> None:
    assert fields(f"# 罐\n\n{lines}\n")["窑口"] == ("汝口",)


@pytest.mark.parametrize(
    "text",
    [
        "Kiln: Orta",
        "- Kiln: it was hot there. Nobody stayed.\n- Yard: it was cold there. Nobody came.",
        "- 08:10 fire lit\n- 09:05 fire out",
        "- 2031-02-03：三只\n- 2031-02-04：五只",
        "- see https://x.org\n- and http://y.org",
        "```\na: 1\nb: 2\n```",
        "| a: 1 |\n| b: 2 |",
        "- 关联理由：引用\n- 说明：同一窑",
    ],
)
def test_one_line_prose_times_addresses_and_code_are_no_fields(text: str) -> None:
    assert fields(f"# Pots\n\n{text}\n") == {}


def test_properties_above_stay_apart_from_fields_below() -> None:
    note = parse("a.md", "---\nkiln: Orta\n---\n\nkiln:: Beta\n")
    assert [(one.values, one.inline) for one in note.properties] == [
        (("Orta",), False),
        (("Beta",), True),
    ]


@given(st.text("a：: \n-*[]()窑b,，#|>", max_size=80))
def test_a_field_stands_where_it_says(text: str) -> None:
    for one in parse("a.md", "x\n\n" + text).properties:
        entry = ("x\n\n" + text)[one.start : one.end]
        assert entry.strip("*_").startswith(one.key)
        assert entry == entry.strip()
