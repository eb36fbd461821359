"""A note's date is stated by a property, a label, a title, a name or a line of its own."""

import pytest

from index.markdown.parse import parse


@pytest.mark.parametrize(
    ("path", "text", "date"),
    [
        ("a.md", "---\nDate Created: 2031-02-03\n---\n", "2031-02-03"),
        ("a.md", "---\ncreation date: 2031-02-03\n---\n", "2031-02-03"),
        ("a.md", "---\ncreatedAt: 2031-02-03T08:00\n---\n", "2031-02-03"),
        ("a.md", "---\n创建于: 2031-02-03\n---\n", "2031-02-03"),
        ("a.md", "---\nborn: 2031-02-03\n---\n", None),
        ("a.md", "# T\n\nText.\n\n日期:: 2031-02-03\n", "2031-02-03"),
        ("a.md", "# T\n\n发布日期：2031年2月3日 | 作者：某\n", "2031-02-03"),
        ("a.md", "# T\n\n> *Published: Feb 3, 2031*\n", "2031-02-03"),
        ("a.md", "# T\n\nPosted on 2031-02-03\n", "2031-02-03"),
        ("a.md", "# T\n\n2031-02-03\n\nText.\n", "2031-02-03"),
        ("a.md", "# 2031-02-03 meeting\n\nText.\n", "2031-02-03"),
        ("a.md", "# Log\n\n## 2031-02-03\n\nText.\n", "2031-02-03"),
        ("2031-02-03 meeting.md", "# Notes of 1999-01-01\n\n## 2031-02-09\n", "1999-01-01"),
        ("2031-02-03.md", "# T\n\n## 2031-02-09\n\nText.\n", "2031-02-03"),
        ("20310203.md", "Text.", "2031-02-03"),
        ("2031-W06.md", "Text.", "2031-02-03"),
        ("2031-02.md", "Text.", "2031-02"),
    ],
)
def test_a_note_is_of_the_day_that_it_states(path: str, text: str, date: str | None) -> None:
    assert parse(path, text).date == date


@pytest.mark.parametrize(
    "text",
    [
        "# 祖父\n\n祖父生于1938年5月6日，在城里长大。\n",
        "# Grandfather\n\nHe was born on May 6, 1938 in the city.\n",
        "# Grandfather\n\nOn May 6, 1938 he was born.\n",
        "# Lease\n\nThe lease runs to 2031-02-03 and no longer.\n",
        "# Weights\n\n- 2031-02-03：4 kg\n- 2031-02-04：5 kg\n",
    ],
)
def test_a_date_in_running_text_dates_no_note(text: str) -> None:
    assert parse("a.md", text).date is None


def test_the_day_on_which_a_copy_was_made_is_not_the_notes() -> None:
    assert parse("plan (Ann's conflicted copy 2031-02-03).md", "Text.").date is None
