"""How something went over time is the note's own list of it."""

from small_vault import SmallVault

from search.answerer import Answerer


def test_a_list_or_table_with_dates_tells_how_it_went(small: SmallVault) -> None:
    small.write(
        "Kiln.md",
        "# Kiln\n\n| firing | date | cone |\n|---|---|---|\n| one | 2031-01-05 | 6 |\n"
        "| two | 2031-02-05 | 8 |\n| three | 2031-03-05 | 10 |\n",
    )
    small.update()
    asked = Answerer(small.searcher())
    answer = asked.ask("How did the firing of the kiln change?")
    assert [citation.quote.split("|")[1].strip() for citation in answer.citations] == [
        "one", "two", "three",
    ]  # fmt: skip
    assert "| firing | date | cone |" in answer.answer
