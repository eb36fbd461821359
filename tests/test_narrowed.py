"""Of many notes with a value those that the question's other words are about."""

import pytest
from small_vault import SmallVault

from search.answerer import Answerer


@pytest.fixture
def recipes(small: SmallVault) -> Answerer:
    for number in range(18):
        cuisine = "Basque" if number < 12 else "Greek" if number < 15 else "Thai"
        kind = "soup" if number % 3 == 0 else "cake"
        small.write(
            f"{number}.md",
            f"---\ncuisine: {cuisine}\n---\n# Dish {number}\n\nA {kind} of {number} minutes.\n",
        )
    small.update()
    return Answerer(small.searcher())


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Which dishes are Basque soups?", 4),
        ("Which projects are Basque?", 12),
    ],
)
def test_what_else_is_asked_narrows_a_long_list(
    question: str, count: int, recipes: Answerer
) -> None:
    answer = recipes.ask(question)
    assert (answer.kind, len(answer.rows)) == ("list", count)
