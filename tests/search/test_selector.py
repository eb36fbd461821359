"""The conditions that a search keeps to, read from its words."""

import pytest
from small_vault import SmallVault

from search.searcher import Searcher

WALKS = {"Fen walk": "2031-03-04", "Moor walk": "2031-04-20", "Dune walk": "2033-03-09"}


@pytest.fixture
def walks(small: SmallVault) -> Searcher:
    for name, day in WALKS.items():
        small.write(f"{name}.md", f"---\ndate: {day}\n---\n# {name}\n\nA walk with two herons.\n")
    small.update()
    return small.searcher()


def found(query: str, walks: Searcher) -> tuple[set[str], list[str]]:
    result = walks.search(query, group="note")
    kinds = [condition["kind"] for condition in result.understood["conditions"]]
    return {hit.title for hit in result.results}, kinds


def test_a_search_for_several_notes_keeps_to_the_time_that_it_names(walks: Searcher) -> None:
    question = "Which of those walks from March to April 2031 had herons?"
    assert found(question, walks) == ({"Fen walk", "Moor walk"}, ["date"])


def test_where_no_note_is_of_that_time_all_are_found(walks: Searcher) -> None:
    titles, kinds = found("Which of those walks from May to June 1999 had herons?", walks)
    assert (titles, kinds) == (set(WALKS), [])


def test_a_search_for_one_thing_looks_at_any_time(walks: Searcher) -> None:
    titles, _ = found("Who had seen the herons in March 2031?", walks)
    assert titles == set(WALKS)


def test_what_is_understood_finds_the_same_when_it_is_typed(walks: Searcher) -> None:
    question = "Which of those walks from March to April 2031 had herons?"
    query = walks.search(question).understood["query"]
    assert found(query, walks) == found(question, walks)
