"""How quotes are shown."""

from search.answer.citations import quoted


def test_of_a_link_its_words_are_shown() -> None:
    quote = "See [[places/Hall#Shelf|the shelf]], [[places/Hall]] and ![[Hall#Shelf]]."
    assert quoted(quote, 1) == "See the shelf, Hall and Hall › Shelf. [1]"


def test_a_link_in_a_cell_of_a_table_is_shown_by_its_alias() -> None:
    assert quoted(r"| [[Hall\|the hall]] | 3 |", 2) == "| the hall | 3 [2] |"


def test_code_is_shown_as_it_stands() -> None:
    assert "[[Hall]]" in quoted("```\n[[Hall]]\n```", 1)


def test_items_of_a_list_stand_on_lines_of_their_own() -> None:
    assert quoted("one\n  still one\n- two\n\n- three", 1) == "one still one\n- two\n- three [1]"
