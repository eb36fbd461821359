import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.masks import atomic_spans, masked


@pytest.mark.parametrize(
    "piece",
    [
        "[[文件夹/名|别名]]",
        "![[图.png|300]]",
        "[文字，[里面]](目录/甲(1).md)",
        "![图](a.png)",
        "`a b`",
        "``a ` b``",
        "<https://example.org/a>",
        "https://example.org/a?b=c,d",
    ],
)
def test_links_addresses_and_code_stay_whole(piece: str) -> None:
    assert atomic_spans(f"前 {piece} 后。") == [(2, 2 + len(piece))]


@pytest.mark.parametrize("text", ["`一", "[[一", "[一](", "`一\n二`", "（一）[二]", "http:// "])
def test_what_is_not_closed_in_its_line_is_plain_text(text: str) -> None:
    assert atomic_spans(text) == []


def test_a_link_in_code_is_code() -> None:
    assert atomic_spans("`[[一` 二]]") == [(0, 5)]


def test_links_side_by_side_are_two() -> None:
    assert atomic_spans("[一](a)[[二]]`三`") == [(0, 6), (6, 11), (11, 14)]


@given(st.text(st.sampled_from("`[]()!|<>字a \nhttps://.")))
def test_painting_keeps_the_length_and_everything_outside(text: str) -> None:
    paint = masked(text)
    assert len(paint) == len(text)
    inside = {at for start, end in atomic_spans(text) for at in range(start, end)}
    assert all(paint[at] == text[at] for at in range(len(text)) if at not in inside)
