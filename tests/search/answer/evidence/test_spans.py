"""The pieces of a note that can be quoted."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.note import PassageKind
from index.markdown.parse import parse
from index.passages.split import split
from index.store.records import StoredNote, StoredPassage
from search.answer.evidence.spans import Unit, units


def stored(text: str, kind: PassageKind = "text") -> tuple[StoredNote, list[StoredPassage]]:
    note = StoredNote(7, "a.md", "a", None, (), (), ())
    return note, [StoredPassage(3, 7, 100, 100 + len(text), ("上",), kind, text)]


def cut(text: str, kind: PassageKind = "text") -> list[str]:
    return [unit.text for unit in units(*stored(text, kind))]


def of_file(text: str, limit: int = 40) -> list[Unit]:
    """Units of a whole note, read and split as the index does it."""
    note = parse("a.md", text)
    kept = StoredNote(7, "a.md", note.title, note.date, (), (), note.properties)
    pieces = split(note, lambda texts: [len(each) for each in texts], limit)
    passages = [
        StoredPassage(n, 7, p.start, p.end, p.heading, p.kind, p.text)
        for n, p in enumerate(pieces, 1)
    ]
    return list(units(kept, passages))


def test_a_unit_is_one_sentence_with_its_place_in_the_note() -> None:
    note, passages = stored("水温要九十二度。豆子要现磨。")
    first, second = units(note, passages)
    assert (first.text, first.start, first.end) == ("水温要九十二度。", 100, 108)
    assert (second.text, second.start) == ("豆子要现磨。", 108)
    assert (first.note_id, first.passage_id, first.heading) == (7, 3, ("上",))


def test_parts_between_semicolons_are_quoted_together() -> None:
    whole = "水温要九十二度；豆子要现磨；粉要粗一点。"
    assert cut(whole) == [whole]


def test_parts_between_semicolons_stay_apart_where_they_are_long() -> None:
    part = "这一段话说的是水温和豆子还有研磨的粗细" * 8 + "；"
    assert len(part) < 240 < 2 * len(part)
    assert cut(part + part) == [part, part]


def test_a_semicolon_at_the_end_of_a_line_joins_nothing() -> None:
    assert cut("- 水温要九十二度；\n- 豆子要现磨；", "list") == ["水温要九十二度；", "豆子要现磨；"]


@pytest.mark.parametrize(
    "label", ["**一句话总结**", "**要点**：", "做法如下：", "The steps are these:", "……", "短。"]
)
def test_labels_and_what_leads_to_the_next_line_are_left_out(label: str) -> None:
    assert cut(f"{label}\n\n水温要九十二度。") == ["水温要九十二度。"]


def test_what_nobody_takes_in_at_a_glance_is_left_out() -> None:
    assert cut("长" * 421 + "。") == []
    assert len(cut("长" * 419 + "。")) == 1


def test_code_is_one_unit_and_may_be_longer() -> None:
    code = "```sh\n" + "make coffee --slowly\n" * 25 + "```"
    assert 420 < len(code) <= 700
    (unit,) = units(*stored(code, "code"))
    assert unit.text == code
    assert unit.is_code
    assert cut("```sh\n" + "make coffee --slowly\n" * 40 + "```", "code") == []


def test_a_property_is_a_unit_from_key_to_value() -> None:
    text = '---\ntitle: "手冲咖啡"\n开源协议: "MIT OR Unlicense"\nempty:\n---\n\n正文写在这里。\n'
    entries = [unit for unit in of_file(text, 400) if unit.is_property]
    assert [unit.text for unit in entries] == ['开源协议: "MIT OR Unlicense"']
    assert text[entries[0].start : entries[0].end] == entries[0].text


def test_links_are_no_units() -> None:
    assert cut("[[别的笔记]]；关联理由：延伸思考；说明：还有别的。", "link") == []


PIECES = st.sampled_from([
    "---\ntitle: x\n键: 值\n---\n",
    "# 标题\n", "## Heading\n\n", "\r\n", "\n\n", "😀", "e\u0301",
    "水温要九十二度。", "A sentence here. ", "一半；", "另一半；\n",
    "- item one; two\n", "- **标签**：内容在后面\n", "做法如下：\n\n",
    "```sh\nls -la\n```\n", "| a | b |\n| - | - |\n| 一 | 二 |\n",
    "> [!note] 提示\n> 里面的话。\n", "$$x^2$$\n",
    "- [[链接]]；关联理由：延伸；说明：说明文字。\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.integers(20, 200))
def test_every_unit_is_the_exact_text_of_its_note(text: str, limit: int) -> None:
    for unit in of_file(text, limit):
        assert text[unit.start : unit.end] == unit.text
        assert unit.text.strip()


@given(st.lists(PIECES, max_size=14).map("".join))
def test_units_of_a_passage_do_not_overlap(text: str) -> None:
    found = [unit for unit in of_file(text) if not unit.is_property]
    for one, other in pairwise(found):
        assert one.passage_id != other.passage_id or one.end <= other.start


def test_a_name_or_a_link_by_itself_is_no_unit() -> None:
    text = "Kiln\n\n[[Kiln 2]] relation:: successor\n\n#baking #clay\n\nThe kiln burns hot.\n"
    assert cut(text) == ["The kiln burns hot."]


def lead(text: str) -> list[tuple[str, str]]:
    return [(unit.lead, unit.text) for unit in units(*stored(text))]


def test_a_word_under_a_heading_or_a_label_is_a_unit_that_it_names() -> None:
    assert lead("4711#") == [("上", "4711#")]
    assert lead("水闸：\n4711#") == [("水闸", "4711#")]
    assert lead("- 4711#") == [("上", "4711#")]


def test_the_items_of_a_list_are_units_however_short() -> None:
    assert cut("- 姜糖\n- 油布\n- [x] 绳", "list") == ["姜糖", "油布", "绳"]


def test_what_a_comment_hides_is_no_unit() -> None:
    assert cut("水温要九十二度。\n\n%% 明年要九十度。 %%\n\n豆子要现磨。") == [
        "水温要九十二度。",
        "豆子要现磨。",
    ]


def test_a_row_states_its_cells_by_their_columns() -> None:
    (row,) = units(*stored("| boat | berth |\n|---|---|\n| Ostra | 4 |", "table"))
    assert row.text == "| Ostra | 4 |"
    assert row.stated == "boat: Ostra; berth: 4"
