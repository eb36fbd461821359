"""Questions that properties answer, narrowed by the question's other words."""

from collections.abc import Mapping

import pytest
from small_vault import SmallVault
from weighing import note

from index.markdown.note import Property
from index.store.records import StoredNote
from search.answer.evidence.term_weights import Words
from search.answer.properties import (
    CERTAIN,
    asked_keys,
    entries,
    rare_keys,
    states,
)
from search.answerer import Answerer
from search.catalogue.fields import MetadataField, metadata_fields

LICENCES = {
    1: "MIT", 2: "MIT License", 3: "MIT 许可证", 4: "MIT OR Unlicense", 5: "Apache-2.0 / MIT",
    6: "Apache License 2.0", 7: "Apache-2.0", 8: "GNU General Public License v3.0", 9: "GPL-3.0",
    10: "Unlicense", 11: "Apache-2.0",
}  # fmt: skip
NOTES: Mapping[int, StoredNote] = {
    n: note(n, f"工具 {n}", 开源协议=value, 材料="铜" if n % 2 else "锡")
    for n, value in LICENCES.items()
}


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


@pytest.fixture(scope="module")
def filed() -> tuple[MetadataField, ...]:
    found = metadata_fields(NOTES.values(), {})
    return tuple(drawer for drawer in found if drawer.kind == "property")


@pytest.mark.parametrize(
    ("clause", "keys"),
    [
        ({"材料": 1.0}, {"材料"}),
        ({"licence": 1.0, "协议": 0.6}, {"开源协议"}),
        ({"颜色": 1.0}, set()),
    ],
)
def test_a_property_is_asked_for_by_its_key_or_a_word_of_it(
    clause: dict[str, float], keys: set[str], filed: tuple[MetadataField, ...]
) -> None:
    asked = asked_keys(Words([clause], 1.0), filed)
    assert {name for drawer in asked for name in drawer.names} == keys


def test_an_entry_is_quoted_as_it_stands() -> None:
    text = "---\n材料: 铜\n产地: 甲\n---\n"
    own = (Property("材料", ("铜",), 4, 9), Property("产地", ("甲",), 10, 15))
    kept = StoredNote(1, "a.md", "a", None, (), (), own)
    (found,) = entries(kept, {"材料"}, text)
    assert (found.unit.text, found.unit.is_property, found.score) == ("材料: 铜", True, CERTAIN)
    assert entries(kept, {"颜色"}, text) == []


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("灯塔用锡做成。", True),
        ("材料 Bronze 很重。", True),
        ("材料要 3 种。", True),
        ("材料没有写。", False),
        ("它很重。", False),
    ],
)
def test_a_text_may_state_a_property_by_value_or_beside_its_key(
    text: str, stated: bool, filed: tuple[MetadataField, ...]
) -> None:
    material = [drawer for drawer in filed if "材料" in drawer.names]
    assert states(text, "灯塔", material) is stated


def test_the_thing_s_own_name_states_nothing(filed: tuple[MetadataField, ...]) -> None:
    material = [drawer for drawer in filed if "材料" in drawer.names]
    assert states("Kiln 的材料", "Oven", material)
    assert not states("Kiln 的材料", "kiln", material)


def test_a_key_of_one_note_alone_is_asked_for_by_another_name_of_it() -> None:
    keys, also = ("许可证", "颜色"), {"许可证": frozenset({"开源许可证", "许可协议", "协议"})}
    assert rare_keys(Words([{"许可协议": 1.0}], 1.0), keys, also) == {"许可证"}
    assert rare_keys(Words([{"许可协议": 1.0}], 1.0), keys, {}) == frozenset()


def test_the_most_in_one_part_of_a_question_does_not_answer_all_of_it(small: SmallVault) -> None:
    for name, size in (("barn", 256), ("shed", 128), ("loft", 64)):
        small.write(f"{name}.md", f"---\nsize: {size}\n---\n# The {name}\n\nIt stores hay.\n")
    text = "# A summer\n\nTwelve moths spoil a wardrobe of any size; the largest had nine doors.\n"
    small.write("july.md", text)
    small.update()
    question = "How many moths spoil a wardrobe of any size, and how big was the largest one?"
    answer = Answerer(small.searcher()).ask(question)
    assert [citation.path for citation in answer.citations] == ["july.md"]
