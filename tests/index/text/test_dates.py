"""Dates in the forms people write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.dates import day_named, full_date, named_date, stated_date


@pytest.mark.parametrize(
    "text",
    [
        "发布于 2025年12月18日。",
        "2025 年 12 月 18 日",
        "２０２５年１２月１８日",
        "on 2025-12-18T09:30:00Z",
        "2025/12/18",
        "2025.12.18",
        "December 18, 2025",
        "Dec. 18th 2025",
        "18 December 2025",
        "18th Dec, 2025",
        "at 6:00 PM · Dec 18, 2025",
        "not 2025-13-40 but 2025-12-18, before 2026-01-01",
        "between 2025-12-18 ~ 2025-12-20",
    ],
)
def test_the_first_day_that_exists_is_found(text: str) -> None:
    assert full_date(text) == "2025-12-18"


@pytest.mark.parametrize(
    "text",
    ["2025", "2025年12月", "12-18", "3.2025.12.18", "120251218", "2025-12-180", "May be 2025"],
)
def test_less_than_a_full_date_in_a_text_is_none(text: str) -> None:
    assert full_date(text) is None


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2025", "2025"),
        ("2025年", "2025"),
        ("2025-12", "2025-12"),
        ("2025年12月", "2025-12"),
        ("2025-12-18 至 2025-12-20", "2025-12-18"),
        ("20251218", "2025-12-18"),
        ("1766016000000", "2025-12-18"),
        ("1766016000", "2025-12-18"),
        ("last winter", None),
        ("9999999999999", None),
        ("", None),
    ],
)
def test_a_property_may_state_a_month_or_a_year(value: str, found: str | None) -> None:
    assert stated_date(value) == found


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("2025_12_18", "2025-12-18"),
        ("daily.journal.2025.12.18", "2025-12-18"),
        ("20251218 walk", "2025-12-18"),
        ("2025-12", "2025-12"),
        ("GPT-5 2025", None),
        ("v1.2025.12.18", None),
    ],
)
def test_a_journals_name_is_its_date(stem: str, found: str | None) -> None:
    assert named_date(stem) == found


def test_a_name_is_a_day_only_when_it_is_nothing_else() -> None:
    assert day_named("Dec 18th, 2025") == "2025-12-18"
    assert day_named("Dec 18th, 2025 walk") is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    forms = ("{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0:%B} {0.day}, {0.year}")
    assert {full_date(form.format(day)) for form in forms} == {day.isoformat()}


@given(st.text(alphabet="0123456789-/.年月日 ADecrs", max_size=40))
def test_what_is_found_is_always_a_date(text: str) -> None:
    for found in (full_date(text), stated_date(text), named_date(text)):
        assert found is None or date.fromisoformat((found + "-01-01")[:10])
