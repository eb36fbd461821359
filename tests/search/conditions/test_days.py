"""Periods that questions name, counted from a Saturday at the end of November."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.conditions.days import Period, periods, touches, without

TODAY = date(2026, 11, 28)


def named(text: str, today: date = TODAY) -> list[tuple[str, str]]:
    return [period.iso for period in periods(text, today)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026年11月20日种了什么", "2026-11-20", "2026-11-20"),
        ("11月20日种了什么", "2026-11-20", "2026-11-20"),
        ("十二月五号种了什么", "2025-12-05", "2025-12-05"),
        ("what grew on Nov 20, 2026", "2026-11-20", "2026-11-20"),
        ("what grew on the 20th of November", "2026-11-20", "2026-11-20"),
        ("what grew on 11/20", "2026-11-20", "2026-11-20"),
        ("2026-11-20", "2026-11-20", "2026-11-20"),
        ("20日种了什么", "2026-11-20", "2026-11-20"),
        ("昨天种了什么", "2026-11-27", "2026-11-27"),
        ("前天种了什么", "2026-11-26", "2026-11-26"),
        ("三天前种了什么", "2026-11-25", "2026-11-25"),
        ("what grew three days ago", "2026-11-25", "2026-11-25"),
        ("what grew the day before yesterday", "2026-11-26", "2026-11-26"),
        ("第47周种了什么", "2026-11-16", "2026-11-22"),
        ("what grew in week 47", "2026-11-16", "2026-11-22"),
        ("上周种了什么", "2026-11-16", "2026-11-22"),
        ("本周种了什么", "2026-11-23", "2026-11-29"),
        ("what grew last week", "2026-11-16", "2026-11-22"),
        ("上周三种了什么", "2026-11-18", "2026-11-18"),
        ("周三种了什么", "2026-11-25", "2026-11-25"),
        ("what grew last Tuesday", "2026-11-24", "2026-11-24"),
        ("what grew last weekend", "2026-11-21", "2026-11-22"),
        ("三月份种了什么", "2026-03-01", "2026-03-31"),
        ("上个月种了什么", "2026-10-01", "2026-10-31"),
        ("what grew last month", "2026-10-01", "2026-10-31"),
        ("what grew in March", "2026-03-01", "2026-03-31"),
        ("去年三月底种了什么", "2025-03-21", "2025-03-31"),
        ("今年种了什么", "2026-01-01", "2026-12-31"),
        ("what grew in 2024", "2024-01-01", "2024-12-31"),
        ("what grew in Q3", "2026-07-01", "2026-09-30"),
        ("去年第二季度种了什么", "2025-04-01", "2025-06-30"),
        ("what grew in the second half of 2025", "2025-07-01", "2025-12-31"),
        ("最近三天种了什么", "2026-11-26", "2026-11-28"),
        ("what grew in the past two weeks", "2026-11-15", "2026-11-28"),
        ("11月3日到7日种了什么", "2026-11-03", "2026-11-07"),
        ("what grew from January to March 2026", "2026-01-01", "2026-03-31"),
        ("what grew between May 2024 and June 2025", "2024-05-01", "2025-06-30"),
        ("what grew on Nov 3-7", "2026-11-03", "2026-11-07"),
        ("从2025年11月起种了什么", "2025-11-01", ""),
        ("what grew since May 2024", "2024-05-01", ""),
        ("2025年以前种了什么", "", "2024-12-31"),
    ],
)
def test_a_period_is_known_by_its_name(text: str, first: str, last: str) -> None:
    assert named(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "What may I plant?", "march on", "哪些路线长 2000 公里？", "3号楼在哪", "每周一浇水吗",
        "version 3.11", "localhost:8080", "the second question", "99/99", "2026-13-40",
    ],
)  # fmt: skip
def test_what_names_no_time_is_none(text: str) -> None:
    assert named(text) == []


def test_a_question_that_looks_ahead_means_the_next_such_day() -> None:
    assert named("12月5日要去哪里") == [("2026-12-05", "2026-12-05")]
    assert named("What is due on March 3?") == [("2027-03-03", "2027-03-03")]


def test_a_question_is_left_without_its_period() -> None:
    text = "What did I plant on Nov 20, 2026?"
    assert without(text, periods(text, TODAY)) == "What did I plant?"


@given(st.text("0123456789年月日周第上本去今昨天前到从 -/onlastweekMayJu", max_size=30), st.dates())
def test_the_first_day_is_never_after_the_last(text: str, today: date) -> None:
    for period in periods(text, today):
        assert period.first is None or period.last is None or period.first <= period.last
        assert 0 <= period.start < period.end <= len(text)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_that_is_written_is_read_as_it_was(day: date) -> None:
    chinese = f"{day.year}年{day.month}月{day.day}日"
    english = f"on {day:%B} {day.day}, {day.year}"
    for text in (day.isoformat(), chinese, english):
        assert named(text) == [(day.isoformat(), day.isoformat())]


@given(st.dates(date(1900, 1, 1), date(2099, 1, 1)), st.integers(0, 400))
def test_a_period_holds_its_days_months_and_years(first: date, days: int) -> None:
    last = first + timedelta(days)
    period = Period(first, last, 0, 1)
    for day in (first, last):
        assert period.holds(day.isoformat())
        assert period.holds(day.isoformat()[:7])
        assert period.holds(day.isoformat()[:4])
    assert not period.holds((last + timedelta(1)).isoformat())
    assert not period.holds(None)
    assert touches(first.isoformat(), first.isoformat()[:7], "")
