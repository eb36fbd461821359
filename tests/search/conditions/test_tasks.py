"""What questions ask of tasks."""

import pytest

from search.conditions.tasks import task_question


@pytest.mark.parametrize(
    ("text", "state", "subject"),
    [
        ("还有什么没做？", "open", ""),
        ("花房还有哪些没完成？", "open", "花房"),
        ("花房的待办有哪些？", "open", "花房"),
        ("What is still open in the greenhouse?", "open", "greenhouse"),
        ("Which tasks are left for the greenhouse?", "open", "greenhouse"),
        ("open tasks", "open", ""),
        ("Which to-dos are done?", "done", ""),
        ("花房哪些事已经做完了？", "done", "花房"),
        ("Which tasks were cancelled?", "cancelled", ""),
        ("正在做的任务", "started", ""),
    ],
)
def test_a_question_for_tasks_says_which(text: str, state: str, subject: str) -> None:
    asked = task_question(text)
    assert asked is not None
    assert asked.states[0] == state
    assert not subject or subject in asked.subject


@pytest.mark.parametrize(
    "text", ["Did I water the ferns?", "Is the roof mended?", "蕨浇了吗？", "屋顶修好了没有？"]
)
def test_a_question_may_ask_whether_one_is_done(text: str) -> None:
    asked = task_question(text)
    assert asked is not None
    assert asked.asks_whether


@pytest.mark.parametrize(
    "text", ["Who waters the ferns?", "蕨怎么浇水？", "The open sea", "谁修的屋顶"]
)
def test_other_questions_ask_nothing_of_tasks(text: str) -> None:
    assert task_question(text) is None
