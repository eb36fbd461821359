"""What of a note a question leaves out."""

from hypothesis import given
from hypothesis import strategies as st

from index.text.terms import fold, terms
from search.answer.siblings.scope import Asked, Scope, scope
from search.answer.siblings.sibling_names import SiblingNames, Stranger
from search.answer.siblings.strangers import stranger
from search.query.stopwords import meaningful

CREW = "# 船员\n\n- 老葛：鞋码 44，怕蜂\n- 阿蔓：鞋码 37，爱喝姜茶\n- 石头：鞋码 41，怕蜂\n"
CODES = "# Codes\n\n## Gate\n4711#\n\n## Crane\n0815#\n"


def asked(question: str) -> Asked:
    own = meaningful(terms(question))
    return Asked(fold(question), frozenset(own), tuple(frozenset((term,)) for term in own))


def left(question: str, text: str, title: str = "船员", **more: bool) -> str:
    kept = scope(asked(question), {1: text}, {1: title}, SiblingNames([title]), **more)
    return kept.visible(1, text)


def test_what_is_said_of_siblings_is_left_out() -> None:
    seen = left("阿蔓的鞋码是多少？", CREW)
    assert "37" in seen
    assert "44" not in seen
    assert "41" not in seen


def test_what_only_siblings_have_is_not_said_of_the_one_asked() -> None:
    assert "怕蜂" not in left("阿蔓怕什么？", CREW)


def test_lines_that_each_say_several_things_are_of_things_of_a_kind() -> None:
    text = "# 船员\n\n- 老葛：怕蜂，睡上铺\n- 阿蔓：爱喝姜茶，会吹号\n"
    assert "怕蜂" not in left("阿蔓怕什么？", text)
    assert "阿蔓" not in left("谁怕蜂？", text)


def test_a_line_that_says_another_thing_of_the_same_one_is_kept() -> None:
    text = "# 水壶\n\n- 容量：两升\n- 壶盖：拧紧，容量到线为止\n- 颜色：红\n"
    assert "拧紧" in left("容量怎么看到线没有？", text, "水壶")


def test_a_comparison_and_a_question_for_all_leave_nothing_out() -> None:
    assert left("阿蔓的鞋码是多少？", CREW, compares=True) == CREW
    assert left("除了阿蔓，谁怕蜂？", CREW) == CREW


def test_short_sections_are_told_apart_by_their_headings() -> None:
    seen = left("What is the code of the gate?", CODES, "Codes")
    assert "4711#" in seen
    assert "0815#" not in seen


def test_a_comment_is_no_part_of_a_note() -> None:
    text = "# 账\n\n%% 明年涨价 %%\n\n今年不变。\n"
    assert "涨价" not in left("明年涨价吗？", text, "账")


def test_sentences_of_other_months_are_left_out() -> None:
    text = "The toll was 12 in March and 14 in April.\nThe lamp is red.\n"
    assert "14" not in left("How much was the toll in June?", text, "Tolls")
    assert "14" in left("How much was the toll in April?", text, "Tolls")
    assert "14" in left("How much was the toll before June?", text, "Tolls")


def test_the_note_of_a_sibling_is_left_out() -> None:
    names = SiblingNames(["Berth 4", "Berth 5"])
    texts = {1: "# Berth 4\n\nDeep.\n", 2: "# Berth 5\n\nShallow.\n"}
    kept = scope(asked("How deep is berth 4?"), texts, {1: "Berth 4", 2: "Berth 5"}, names)
    assert kept.notes == {2}
    assert kept.leaves(1, 0, 5)
    assert not kept.leaves(2, 0, 5)


def found(question: str, text: str, title: str) -> str | None:
    one = stranger(
        asked(question), question, {1: text}, {1: title}, SiblingNames([title]), lambda n: n in text
    )
    return one and one.name


def test_one_of_whom_nothing_is_said_is_a_stranger() -> None:
    assert found("姑妈的鞋码是多少？", CREW, "船员") == "姑妈"
    assert found("阿蔓的鞋码是多少？", CREW, "船员") is None


def test_a_name_asked_what_notes_alike_say_of_their_things_is_a_stranger() -> None:
    texts = {1: "- beds: 12\n- cook: Oda\n", 2: "- beds: 30\n- cook: Ute\n", 3: "Beds of roses."}
    titles = {1: "Hill hut", 2: "Shore inn", 3: "Garden"}
    question = "How many beds does the Moor House have?"
    names = SiblingNames(())
    new = stranger(asked(question), question, texts, titles, names, lambda _: False)
    assert new == Stranger("Moor House", ("Hill hut", "Shore inn"))
    assert stranger(asked(question), question, texts, titles, names, lambda _: True) is None


def test_a_number_written_as_those_of_a_column_is_a_stranger() -> None:
    text = "# Berths\n\n| berth | boat |\n|---|---|\n| 4-1 | Ostra |\n| 4-2 | Vell |\n"
    assert found("Which boat lies at berth 4-3?", text, "Berths") == "4-3"
    assert found("Which boat lies at berth 4-2?", text, "Berths") is None


def test_sentences_of_other_numbers_of_a_thing_are_left_out() -> None:
    text = "Buoy 3 is red. Buoy 4 is green. The bell rings."
    seen = left("What colour is buoy 4?", text, "Buoys")
    assert "green" in seen
    assert "red" not in seen
    assert "bell" in seen
    assert found("What colour is buoy 5?", text, "Buoys") == "buoy 5"
    assert found("Are there at least 5?", text, "Buoys") is None


def test_a_line_is_told_apart_by_what_it_says() -> None:
    text = "# 年表\n\n- 1901：灯塔落成\n- 1907：浮桥落成\n- 1922：船坞落成\n"
    seen = left("浮桥是哪年落成的？", text, "年表")
    assert "1907" in seen
    assert "1901" not in seen


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted))


@given(SPANS, st.integers(0, 20), st.integers(0, 20))
def test_what_is_left_out_is_blank_and_all_else_stands_where_it_stood(
    spans: list[list[int]], start: int, end: int
) -> None:
    text = "abcdefghijklmnopqrst"
    scope = Scope(spans={1: [(first, last) for first, last in spans]})
    blank = {at for first, last in spans for at in range(first, last)}
    seen = "".join(" " if at in blank else text[at] for at in range(len(text)))
    assert scope.visible(1, text) == seen
    if start < end:
        assert scope.leaves(1, start, end) == blank.isdisjoint(range(start, end))
        assert scope.leaves(2, start, end)
