"""What was noted of a period is listed in order, and cited."""

from datetime import date

import pytest
from small_vault import SmallVault

from search.answerer import Answerer
from search.result import Answer
from search.searcher import Searcher
from search.snapshot import OpenIndex


@pytest.fixture
def ask(small: SmallVault) -> Answerer:
    small.write("log/2031-02-03.md", "# 2031-02-03\n\nPotted the ferns.\n\n- [ ] order clay\n")
    small.write("log/2031-02-04.md", "# 2031-02-04\n\n换了温室的玻璃。\n中午下雨。\n")
    small.write("Shed.md", "# Shed\n\n## 2031-02-11\n\nOiled the hinges.\n\n## Paint\n\nGreen.\n")
    small.write(
        "Roof.md", "---\ndate: 2031-02-12\n---\n# Roof\n\nThe roof was built in 1999-02-03.\n"
    )
    small.update()
    settings = small.settings.model_copy(update={"today": date(2031, 2, 13)})
    return Answerer(Searcher(settings, OpenIndex(settings, small.encoder)))


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did I do on February 3, 2031?", ["Potted the ferns.", "[ ] order clay"]),
        ("2031年2月4日我做了什么？", ["换了温室的玻璃。", "中午下雨。"]),
        ("What happened last week?", [
            "Potted the ferns.", "[ ] order clay", "换了温室的玻璃。", "中午下雨。",
        ]),
        ("前天做了什么？", ["Oiled the hinges."]),
        ("What did I do yesterday?", ["The roof was built in 1999-02-03."]),
        ("date:2031-02-04", ["换了温室的玻璃。", "中午下雨。"]),
        ("上周换了什么？", ["换了温室的玻璃。"]),
        ("What did we harvest on February 3, 2031?", ["Potted the ferns.", "[ ] order clay"]),
        ("2031年2月4日收获了什么？", ["换了温室的玻璃。", "中午下雨。"]),
    ],
)  # fmt: skip
def test_the_lines_of_a_period_are_quoted_in_order(
    ask: Answerer, question: str, said: list[str]
) -> None:
    answer = ask.ask(question)
    assert answer.answerable
    assert quotes(answer) == said


def test_a_period_without_notes_is_said_to_be_so_with_the_nearest_day(ask: Answerer) -> None:
    answer = ask.ask("What did I do on February 6, 2031?")
    assert not answer.answerable
    assert "2031-02-06" in answer.answer
    assert "2031-02-04" in answer.answer


def test_a_day_that_has_gone_is_not_answered_from_another(ask: Answerer) -> None:
    assert not ask.ask("今天换了什么？").answerable
