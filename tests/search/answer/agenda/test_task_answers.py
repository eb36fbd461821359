"""Tasks are listed with their boxes, and say whether something is done."""

import pytest
from small_vault import SmallVault

from search.answerer import Answerer
from search.result import Answer


@pytest.fixture
def ask(small: SmallVault) -> Answerer:
    small.write(
        "Greenhouse.md",
        "# Greenhouse\n\n- [ ] water the ferns 📅 2031-02-15\n- [x] mend the roof ✅ 2031-02-01\n"
        "- [-] buy a heater\n- [/] sort the pots\n",
    )
    small.write("花房.md", "# 花房\n\n## 春天\n\n- [ ] 给兰花换盆\n- [x] 擦玻璃\n")
    small.write("Cellar.md", "# Cellar\n\nThe ferns never stood in the cellar.\n")
    small.update()
    return Answerer(small.searcher())


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is still open?", [
            "[ ] water the ferns 📅 2031-02-15", "[/] sort the pots", "[ ] 给兰花换盆",
        ]),
        ("花房还有什么没做？", ["[ ] 给兰花换盆"]),
        ("Which tasks are done in the greenhouse?", ["[x] mend the roof ✅ 2031-02-01"]),
        ("2031年2月15日之前要做什么？", ["[ ] water the ferns 📅 2031-02-15"]),
        ("When are the ferns due?", ["[ ] water the ferns 📅 2031-02-15"]),
        ("task:cancelled", ["[-] buy a heater"]),
        ("花房 task:open", ["[ ] 给兰花换盆"]),
    ],
)  # fmt: skip
def test_tasks_are_listed_by_state_and_subject(
    ask: Answerer, question: str, said: list[str]
) -> None:
    assert quotes(ask.ask(question)) == said


@pytest.mark.parametrize(
    ("question", "word", "quote"),
    [
        ("Did I water the ferns?", "Not yet", "[ ] water the ferns 📅 2031-02-15"),
        ("Is the roof mended?", "done on 2031-02-01", "[x] mend the roof ✅ 2031-02-01"),
        ("Have I bought the heater?", "No, cancelled", "[-] buy a heater"),
        ("兰花换盆了吗？", "还没有", "[ ] 给兰花换盆"),
        ("玻璃擦了没有？", "已完成", "[x] 擦玻璃"),
    ],
)
def test_a_task_says_whether_it_is_done(
    ask: Answerer, question: str, word: str, quote: str
) -> None:
    answer = ask.ask(question)
    assert word in answer.answer
    assert quotes(answer) == [quote]


def test_another_task_of_the_same_kind_says_nothing(ask: Answerer) -> None:
    assert "water the ferns" not in ask.ask("Did I water the cactus?").answer


def test_the_state_asked_for_is_told_as_a_condition(ask: Answerer) -> None:
    understood = ask.ask("花房还有什么没做？").understood
    assert understood is not None
    assert understood["conditions"][0]["state"] == "open"
    assert understood["query"] == "花房 task:open"
