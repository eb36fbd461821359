"""Days within a note are found under dated headings and on dated lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.parse import parse


def days(text: str, path: str = "a.md") -> list[tuple[str, str]]:
    note = parse(path, text)
    return [(day.date, note.text[day.start : day.end].strip()) for day in note.days]


def test_a_dated_heading_opens_a_day_that_ends_at_the_next_heading_as_high() -> None:
    text = "# Log\n\n## 2031-02-03\n\nRain.\n\n### Evening\n\nWind.\n\n## Other\n\nSun.\n"
    assert days(text) == [("2031-02-03", "## 2031-02-03\n\nRain.\n\n### Evening\n\nWind.")]


@pytest.mark.parametrize(
    "heading",
    ["2031年2月3日 周一", "2031/2/3 (Mon)", "Feb 3, 2031", "3 February 2031", "去海边 2031-02-03"],
)
def test_a_heading_may_write_its_day_in_many_ways(heading: str) -> None:
    assert days(f"# Log\n\n## {heading}\n\nRain.\n")[0][0] == "2031-02-03"


def test_month_and_day_are_of_the_year_that_a_heading_above_or_the_name_says() -> None:
    assert days("# 2031年日志\n\n## 2月3日\n\n下雨。\n")[0][0] == "2031-02-03"
    assert days("## Feb 3\n\nRain.\n", "log/2031.md")[0][0] == "2031-02-03"
    assert days("## Feb 3\n\nRain.\n") == []


def test_a_line_that_is_a_date_opens_a_day_up_to_the_next() -> None:
    text = "**2031-02-03**\nRain.\n\n2031-02-04\nSun.\n\n# End\n"
    assert [(day, says.splitlines()[-1]) for day, says in days(text)] == [
        ("2031-02-03", "Rain."),
        ("2031-02-04", "Sun."),
    ]


def test_a_line_that_begins_with_a_date_is_of_that_day() -> None:
    text = "- 2031-02-03：三只\n- 2031-02-04 五只\n\nSince 2031-02-05 none.\n"
    assert days(text) == [("2031-02-03", "2031-02-03：三只"), ("2031-02-04", "2031-02-04 五只")]


@pytest.mark.parametrize(
    "heading", ["From 2031-02-03 to 2031-02-04", "Version 1.2.3", "2031", "3/4 of it"]
)
def test_a_heading_of_no_one_day_opens_none(heading: str) -> None:
    assert days(f"# 2031 log\n\n## {heading}\n\nRain.\n") == []


@given(st.text("# 203-1/年月日Feb,\n*x-：", max_size=80))
def test_days_lie_within_their_note(text: str) -> None:
    for day in parse("2031.md", text).days:
        assert 0 <= day.start < day.end <= len(text)
