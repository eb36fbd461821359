"""Tasks are read with their box, state, days and headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.note import Task
from index.markdown.parse import parse


def tasks(text: str) -> tuple[Task, ...]:
    return parse("a.md", text).tasks


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("- [ ] 擦窗", "open"),
        ("* [x] 擦窗", "done"),
        ("1. [X] wax the floor", "done"),
        ("  - [-] wax the floor", "cancelled"),
        ("> - [/] wax the floor", "started"),
        ("- ☐ 擦窗", "open"),
        ("☑ 擦窗", "done"),
        ("- TODO wax the floor", "open"),
        ("- DONE wax the floor", "done"),
        ("- CANCELED wax the floor", "cancelled"),
    ],
)
def test_a_box_says_how_a_task_stands(line: str, state: str) -> None:
    [task] = tasks(f"Before.\n\n{line}\n")
    assert task.state == state


@pytest.mark.parametrize(
    "text",
    [
        "- [ ]", "- [x](page.md) is a link", "[[x]]", "TODO is a word here", "```\n- [ ] code\n```",
        "- [b] nothing known", "%%\n- [ ] hidden\n%%",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_box_is_no_task(text: str) -> None:
    assert tasks(text) == ()


def test_a_task_knows_its_days_in_signs_fields_and_words() -> None:
    one, two, three = tasks(
        "- [ ] prune 📅 2031-02-03 ⏳ 2031-02-01\n"
        "- [x] rake [due:: 2031-02-04] [completion:: 2031-02-05]\n"
        "- [x] 浇花 截止：2031-02-06 ✅ 2031年2月7日\n"
    )
    assert (one.due, one.scheduled, one.closed) == ("2031-02-03", "2031-02-01", None)
    assert (two.due, two.closed) == ("2031-02-04", "2031-02-05")
    assert (three.due, three.closed) == ("2031-02-06", "2031-02-07")


def test_a_task_knows_the_headings_above_it() -> None:
    inner, outer = tasks("# Garden\n\n## Shed\n\n- [ ] oil hinges\n\n## Beds\n\n- [x] weed\n")
    assert (inner.heading, outer.heading) == (("Garden", "Shed"), ("Garden", "Beds"))


@given(st.text("-*[] xX/>(☐TODONE:\n\t字a1.", max_size=80))
def test_a_task_is_a_slice_of_its_note(text: str) -> None:
    for task in tasks(text):
        assert text[task.start : task.end] == task.text
        assert task.text == task.text.strip() and "\n" not in task.text
