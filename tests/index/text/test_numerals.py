"""Numbers in words have their values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.numerals import chinese_number, spelled_digits


def written(number: int) -> str:
    """A number from 0 to 9999 as it is written in Chinese."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    places = [(int(digit), place) for digit, place in zip(f"{number:04}", "千百十 ", strict=True)]
    text = "".join(
        "零" if not digit else "零一二三四五六七八九"[digit] + place for digit, place in places
    )
    parts = [part for part in text.replace(" ", "").strip("零").split("零") if part]
    return "零".join(parts).removeprefix("一") if 10 <= number < 20 else "零".join(parts)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_chinese_numeral_has_the_value_of_its_digits(high: int, low: int) -> None:
    assert chinese_number(written(low)) == low
    if high:
        assert chinese_number(f"{written(high)}万{written(low)}") == high * 10_000 + low


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("两百零五", 205),
        ("一百二", 102),
        ("三亿", 3 * 10**8),
        ("万", 10**4),
        ("两三", 3),
    ],
)
def test_short_ways_of_writing_are_read(numeral: str, value: int) -> None:
    assert chinese_number(numeral) == value


@given(st.integers(10, 9999))
def test_digits_that_are_read_out_make_a_number(number: int) -> None:
    assert spelled_digits(
        "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))
    ) == str(number)
    assert spelled_digits(written(number)) == "" or "十" not in written(number)


def test_a_single_digit_and_a_numeral_with_places_are_not_read_out() -> None:
    assert spelled_digits("五") == spelled_digits("二十") == ""
