"""Answers from tables, lists, short lines and copies, with the real model."""

import pytest
from small_vault import SmallVault

from search.answerer import Answerer
from search.result import Answer

CREW = """# Crew

| name | cabin | knots |
|---|---|---|
| Oda Marl | 2-07 | 14 |
| Bram Vell | 3-11 | 9 |
| Ute Sorn | 3-12 | 21 |

Bram is afraid of bees.
"""
CODES = "# 口令\n\n## 水闸\n4711#\n\n## 塔吊\n0815#\n\n## 备用绳\n在老葛那儿。\n"
WORKS = (
    "# Works\n\n| work | built |\n|---|---|\n| Quay | 1931-04-02 |\n| Lock | 1902-11-20 |\n"
    "| Mole | 1958-07-09 |\n"
)
ON_DUTY = "# 值班\n\nK4 阀门没关\nK5 水温过高\n\n失物招领\n码头东侧\n\n救生艇\n955-0142\n"
GAZETTE = (
    "# Gazette\n\n## Issue 1 (2031-02-11)\nPrinted on grey paper.\n\n"
    "## Issue 2 (2031-05-17)\nPrinted on blue paper.\n"
)
PACKING = "# 行囊\n\n- 姜糖\n- 油布\n- 三根蜡烛\n"


@pytest.fixture
def answerer(small: SmallVault) -> Answerer:
    small.write("Crew.md", CREW)
    small.write("口令.md", CODES)
    small.write("行囊.md", PACKING)
    small.write("值班.md", ON_DUTY)
    small.write("Works.md", WORKS)
    small.write("Gazette.md", GAZETTE)
    small.write("船籍.md", "# 船籍\n\n船籍证放在红色铁盒里。\n")
    small.write("船籍 (冲突副本).md", "# 船籍\n\n船籍证放在灰色铁盒里。\n")
    small.write("泊位甲.md", "# 泊位甲\n\n泊位甲水深四米。\n")
    small.write("泊位乙.md", "# 泊位乙\n\n泊位乙水深七米。\n")
    small.update()
    return Answerer(small.searcher())


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_a_row_is_found_by_any_cell_and_stands_under_its_head(answerer: Answerer) -> None:
    answer = answerer.ask("Who sleeps in cabin 3-11?")
    assert quotes(answer) == ["| Bram Vell | 3-11 | 9 |"]
    assert answer.answer.startswith("| name | cabin | knots |\n|---|---|---|\n| Bram Vell |")


def test_rows_are_compared_by_the_column_named(answerer: Answerer) -> None:
    assert "Ute Sorn" in quotes(answerer.ask("Who has the most knots of the crew?"))[0]
    assert "Bram Vell" in quotes(answerer.ask("Who has the fewest knots of the crew?"))[0]


def test_rows_are_compared_by_a_column_of_dates(answerer: Answerer) -> None:
    assert "Lock" in quotes(answerer.ask("Which work has the oldest built date?"))[0]
    assert "Mole" in quotes(answerer.ask("Which work has the latest built date?"))[0]


def test_rows_are_counted(answerer: Answerer) -> None:
    answer = answerer.ask("How many crew are there?")
    assert answer.answer.startswith("3 ")


def test_a_word_under_a_heading_is_quoted_with_it_and_its_neighbour_is_not(
    answerer: Answerer,
) -> None:
    answer = answerer.ask("水闸的口令是多少？")
    assert quotes(answer) == ["4711#"]
    assert "水闸" in answer.answer


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("K5 是什么意思？", "K5 水温过高"),
        ("失物招领在哪里？", "失物招领\n码头东侧"),
        ("救生艇打什么电话？", "救生艇\n955-0142"),
    ],
)
def test_a_line_is_quoted_that_says_all_that_is_asked_of_its_name(
    question: str, quote: str, answerer: Answerer
) -> None:
    assert quotes(answerer.ask(question)) == [quote]


@pytest.mark.parametrize("question", ["K7 是什么意思？", "失物招领的电话是多少？"])
def test_no_line_answers_for_a_name_or_a_number_that_is_not_there(
    question: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert not answer.answerable or "码头东侧" not in answer.answer


def test_a_heading_is_shown_with_its_quote_where_it_has_the_date_asked_for(
    answerer: Answerer,
) -> None:
    answer = answerer.ask("When did issue 2 come out?")
    assert "2031-05-17" in answer.answer
    assert "2031-02-11" not in answer.answer


def test_a_list_is_given_whole(answerer: Answerer) -> None:
    assert quotes(answerer.ask("行囊里都有什么？")) == ["姜糖", "油布", "三根蜡烛"]


def test_a_sibling_that_no_note_has_is_named_so_with_those_that_they_have(
    answerer: Answerer,
) -> None:
    answer = answerer.ask("泊位丙水深多少？")
    assert not answer.answerable
    assert "泊位丙" in answer.answer
    assert "泊位甲" in answer.answer


def test_nothing_is_said_of_the_siblings_of_the_one_asked(answerer: Answerer) -> None:
    assert quotes(answerer.ask("泊位乙水深多少？")) == ["泊位乙水深七米。"]


def test_a_copy_that_says_something_else_is_quoted_behind_its_original(
    answerer: Answerer,
) -> None:
    answer = answerer.ask("船籍证放在哪里？")
    assert quotes(answer) == ["船籍证放在红色铁盒里。", "船籍证放在灰色铁盒里。"]
    assert answer.citations[0].path == "船籍.md"


@pytest.mark.parametrize("question", ["？", "...", "——!"])
def test_punctuation_alone_is_no_question(question: str, answerer: Answerer) -> None:
    assert not answerer.ask(question).answerable
    assert answerer._searcher.search(question).results == ()


@pytest.mark.parametrize(
    "question",
    ["What colour is cabin 3-11?", "水闸是哪年建的？", "Bram Vell 有几个孩子？"],
)
def test_what_a_row_or_a_word_does_not_tell_is_not_answered_by_it(
    question: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert not answer.answerable or "4711#" not in answer.answer
    assert "| Bram Vell |" not in answer.answer


def test_a_word_is_found_by_what_another_region_says(answerer: Answerer, small: SmallVault) -> None:
    small.write("货舱.md", "# 货舱\n\n鳳梨要放在背陰的一側。\n")
    small.update()
    assert "鳳梨" in answerer.ask("菠萝放在哪一侧？").answer


def test_what_is_said_of_siblings_alone_is_not_answered(
    answerer: Answerer, small: SmallVault
) -> None:
    small.write("泊位甲.md", "# 泊位甲\n\n泊位甲水深四米，冬天结冰。\n")
    small.update()
    assert answerer.ask("泊位甲冬天结冰吗？").answerable
    assert not answerer.ask("泊位乙冬天结冰吗？").answerable
