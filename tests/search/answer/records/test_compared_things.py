"""Answers that set things side by side, with the real model."""

import pytest
from small_vault import SmallVault

from search.answer.records.compared_names import named
from search.answerer import Answerer
from search.result import Answer

KILNS = {
    "Rook kiln": ("Ada Wren", 420, 1180, "2019-04-02", "Fires with beech wood. Two doors."),
    "Jay kiln": ("Bo Teal", 760, 1260, "2022-08-30", "Fires with gas. It has one door."),
}
CLAYS = {"青陶泥": (18, 2.5), "白瓷泥": (32, 0.8)}
FERRIES = """# Ferries

## Northern line

Leaves at 07:10 from pier 3. Dogs travel free.

## Southern line

Leaves at 08:45 from pier 1. Bicycles are carried.

## Ships

| ship | seats |
|---|---|
| Tern | 120 |
| Gannet | 240 |
| Skua | 80 |
"""


@pytest.fixture
def answerer(small: SmallVault) -> Answerer:
    for name, (keeper, price, heat, built, said) in KILNS.items():
        head = f"keeper: {keeper}\nprice: {price}\nheat: {heat}\nbuilt: {built}\ntags: [kiln]"
        small.write(f"{name}.md", f"---\n{head}\n---\n# {name}\n\n{said}\n")
    for name, (price, weight) in CLAYS.items():
        small.write(f"{name}.md", f"---\n售价: {price}\n重量: {weight}\n---\n# {name}\n\n很细。\n")
    small.write("Ferries.md", FERRIES)
    small.write("words.md", "# Words\n\n- BBQ: kiln shelf of the lowest kind\n- grog: fired clay\n")
    small.update()
    return Answerer(small.searcher())


def rows(answer: Answer) -> list[tuple[str, str]]:
    return [(row.subject, row.text) for row in answer.rows]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("How much did the Rook kiln and the Jay kiln cost?", "price: 420", "price: 760"),
        ("Who keeps the Rook kiln and the Jay kiln?", "keeper: Ada Wren", "keeper: Bo Teal"),
        ("When were the Rook kiln and the Jay kiln built?", "built: 2019-04-02", "built: 2022-08"),
        ("Which is cheaper, the Rook kiln or the Jay kiln?", "price: 420", "price: 760"),
        ("Who keeps the Rook kiln and who keeps the Jay kiln?", "keeper: Ada", "keeper: Bo"),
        ("青陶泥和白瓷泥哪个更贵？", "售价: 18", "售价: 32"),
        ("青陶泥、白瓷泥分别多重？", "重量: 2.5", "重量: 0.8"),
    ],
)
def test_things_named_side_by_side_are_compared_by_the_property_asked(
    question: str, first: str, second: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert answer.kind == "compare"
    (_, one), (_, other) = rows(answer)
    assert one.startswith(first) and other.startswith(second)


def test_things_compared_in_nothing_certain_are_described_with_what_differs(
    answerer: Answerer,
) -> None:
    (one, first), (other, second) = rows(answerer.ask("Compare the Rook kiln and the Jay kiln."))
    assert (one, other) == ("Rook kiln", "Jay kiln")
    assert "beech wood" in first and "heat: 1180" in first
    assert "gas" in second and "heat: 1260" in second


def test_things_side_by_side_are_compared_by_what_their_notes_say(answerer: Answerer) -> None:
    answer = answerer.ask("Which kiln has more doors, the Rook kiln or the Jay kiln?")
    (_, one), (_, other) = rows(answer)
    assert "Two doors" in one and "one door" in other


def test_sections_of_one_note_are_compared(answerer: Answerer) -> None:
    (one, first), (other, second) = rows(
        answerer.ask("What is the difference between the Northern line and the Southern line?")
    )
    assert (one, other) == ("Northern line", "Southern line")
    assert "pier 3" in first and "pier 1" in second


def test_rows_of_a_table_are_compared_under_its_head(answerer: Answerer) -> None:
    answer = answerer.ask("Compare Tern and Skua.")
    assert [citation.quote for citation in answer.citations] == ["| Tern | 120 |", "| Skua | 80 |"]


def test_a_thing_may_be_called_by_what_it_is_filed_under(answerer: Answerer) -> None:
    answer = answerer.ask("Who keeps the Jay kiln?")
    assert [citation.quote for citation in answer.citations] == ["keeper: Bo Teal"]


def test_what_letters_stand_for_is_the_line_that_they_label(answerer: Answerer) -> None:
    answer = answerer.ask("What does BBQ stand for?")
    assert [c.quote for c in answer.citations] == ["BBQ: kiln shelf of the lowest kind"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is the difference between the bat and my owl?", ("bat", "owl")),
        ("Compare slate with chalk.", ("slate", "chalk")),
        ("How does a drone differ from a worker?", ("drone", "worker")),
        ("Slate vs chalk", ("Slate", "chalk")),
        ("对比盐和糖", ("盐", "糖")),
        ("《甲书》和《乙书》的区别是什么？", ("甲书", "乙书")),
        ("How heavy is chalk?", ()),
    ],
)
def test_the_names_compared_are_read_from_the_question(
    question: str, names: tuple[str, ...]
) -> None:
    assert named(question) == names


def test_names_that_no_note_bears_are_compared_by_the_pieces_that_hold_them(
    small: SmallVault,
) -> None:
    small.write("Seas.md", "# Seas\n\nA swell runs on after the wind. A chop is blown up by it.\n")
    small.write("Pier.md", "# Pier\n\nThe pier is painted each May.\n")
    small.update()
    (one, first), (other, second) = rows(
        Answerer(small.searcher()).ask("What is the difference between a swell and a chop?")
    )
    assert (one, other) == ("swell", "chop")
    assert "runs on" in first and "blown up" in second
