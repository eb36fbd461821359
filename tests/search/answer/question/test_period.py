"""The time that a question about several notes keeps to."""

import pytest
from small_vault import SmallVault

from search.answer.question.period import period
from search.answerer import Answerer
from search.result import Filters


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("从 2025 年 11 月起我去过哪些城市？", ("2025-11", None)),
        ("Which cities have I seen since May 2024?", ("2024-05", None)),
        ("2026 年 1 月到 3 月的游记有哪些？", ("2026-01", "2026-03")),
        ("2024年3月到2025年2月去了哪些地方", ("2024-03", "2025-02")),
        ("Which trips from January to March 2026 were by train?", ("2026-01", "2026-03")),
        ("Which trips between May 2024 and June 2025 were long?", ("2024-05", "2025-06")),
        ("Which trips did I make in 2024?", ("2024", "2024")),
        ("2024 年的游记有哪些？", ("2024", "2024")),
        ("Which trips were longest?", None),
        ("哪些路线长 2000 公里？", None),
    ],
)
def test_the_time_named_is_known(question: str, time: tuple[str, str | None] | None) -> None:
    assert period(question) == time


@pytest.fixture
def trips(small: SmallVault) -> Answerer:
    for day, town, how in (
        ("2024-02-03", "Lund", "train"),
        ("2024-08-11", "Malmo", "train"),
        ("2025-05-20", "Gent", "train"),
        ("2025-06-01", "Jena", "car"),
    ):
        small.write(
            f"{town}.md",
            f"---\ndate: {day}\nmeans: {how}\n---\n# Trip to {town}\n\nA trip by {how}.\n",
        )
    small.update()
    return Answerer(small.searcher())


def towns(answerer: Answerer, question: str, filters: Filters | None = None) -> set[str]:
    return {row.subject for row in answerer.ask(question, filters).rows}


def test_a_list_keeps_to_the_time_that_its_question_names(trips: Answerer) -> None:
    assert towns(trips, "Which trips did I make by train in 2024?") == {
        "Trip to Lund",
        "Trip to Malmo",
    }
    assert towns(trips, "Which trips were by train since May 2025?") == {"Trip to Gent"}


def test_a_time_given_as_a_filter_goes_before_the_one_in_the_question(trips: Answerer) -> None:
    asked = "Which trips did I make by train in 2024?"
    assert towns(trips, asked, Filters(after="2024-05", before="2024")) == {"Trip to Malmo"}


def test_where_no_note_is_of_that_time_all_are_looked_at(trips: Answerer) -> None:
    assert "Trip to Gent" in towns(trips, "Which trips did I make by train in 1999?")
