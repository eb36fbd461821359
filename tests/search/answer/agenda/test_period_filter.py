"""The time that a question about several notes keeps to."""

import pytest
from small_vault import SmallVault

from search.answerer import Answerer
from search.result import Filters


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


def test_where_no_note_is_of_that_time_the_nearest_one_is_named(trips: Answerer) -> None:
    answer = trips.ask("Which trips did I make by train in 1999?")
    assert not answer.answerable
    assert "Trip to Lund: date: 2024-02-03" in answer.answer


def test_what_happened_recently_may_stand_in_any_note(small: SmallVault) -> None:
    small.write("Ferry.md", "---\ndate: 2024-03-02\n---\n# Ferry\n\nThe ferry to Aland was sold.\n")
    small.update()
    asked = "Which ferry, recently repaired, was sold?"
    assert Answerer(small.searcher()).ask(asked).answerable
