"""Values of properties compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.conditions.values import amount, compares, day, holds


@pytest.mark.parametrize(
    ("value", "number"),
    [("1680", 1680), ("1,680 元", 1680), ("$3.5", 3.5), ("3.2万", 32000), ("41k", 41000),
     ("9.1 / 10", None), ("v2.0.1", None), ("Harbour", None), ("-18 度", -18)],
)  # fmt: skip
def test_a_number_is_read_with_its_unit(value: str, number: float | None) -> None:
    assert amount(value) == number


def test_a_day_a_month_and_a_year_are_dates() -> None:
    assert [day(v) for v in ("2024-06-18", "2024年6月", "2024", "18")] == [
        "2024-06-18", "2024-06", "2024", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "op", "bound", "stands"),
    [("2024-06-18", ">=", "2024", True), ("2024-06-18", ">", "2024", False),
     ("2023-12-31", "<", "2024", True), ("5,299", ">", "3000", True), ("old", ">", "1", False)],
)  # fmt: skip
def test_dates_and_numbers_stand_to_a_bound(value: str, op: str, bound: str, stands: bool) -> None:
    assert compares(value, op, bound) is stands


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_of_two_numbers_one_comparison_and_its_contrary_never_agree(one: int, other: int) -> None:
    assert compares(str(one), ">", str(other)) is not compares(str(one), "<=", str(other))
    assert compares(f"{one:,}", "<", str(other)) is not compares(f"{one:,}", ">=", str(other))


def test_a_value_is_held_where_its_words_stand_in_a_row() -> None:
    assert holds(["Apache-2.0 OR MIT"], "mit")
    assert holds(["Kelp Party"], "kelp party")
    assert not holds(["Party of Kelp"], "kelp party")
    assert not holds(["Gopher"], "Go")
    assert holds(["1,680"], "1680")
