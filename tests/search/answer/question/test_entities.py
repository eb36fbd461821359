"""The things a question compares, by the names of a vault."""

import pytest

from index.store.records import StoredNote
from search.answer.question.entities import Names, without_names
from search.answer.question.families import Thing
from search.catalogue.catalogue import Catalogue

TITLES = {
    1: ("博客/1.md", "Ember-4.1-Router-Max 系统卡：会省电的路由器"),
    2: ("博客/2.md", "Ember-4.2-Router 系统卡：给大房子用"),
    3: ("博客/3.md", "Ember-4.3-Router 系统卡"),
    4: ("博客/4.md", "Ember-4.3-Router-Mini 系统卡：口袋里的"),
    5: ("博客/5.md", "Lumen 2：新的传感器"),
    6: ("博客/6.md", "Lumen 10：更大的屏"),
    7: ("工具/7.md", "Kiln：烧陶的炉子"),
    8: ("工具/8.md", "Wheel（拉坯机）"),
    9: ("词条/glaze.md", "glaze"),
    10: ("博客/10.md", "Harbour 2024 年鉴"),
    11: ("博客/11.md", "Harbour 2025 年鉴"),
    12: ("博客/12.md", "名" * 40),
}


@pytest.fixture(scope="module")
def names() -> Names:
    notes = {
        number: StoredNote(number, path, title, None, ("釉料",) if number == 9 else (), (), ())
        for number, (path, title) in TITLES.items()
    }
    return Names(
        Catalogue(
            generation=1, notes=notes, by_path={}, tags={}, tagged={}, tag_notes={}, links={},
            links_out={}, links_in={}, tag_folder="词条", folders={}, fields=(),
        )
    )  # fmt: skip


def spelt(things: list[Thing]) -> list[str]:
    return [thing.name for thing in things]


@pytest.mark.parametrize(
    "question",
    ["How did the price change across Ember Router versions?", "各版 Router 的价格怎么变的",
     "What did each Router cost?", "历代 Ember 有多重"],
)  # fmt: skip
def test_the_versions_of_a_family_in_order(names: Names, question: str) -> None:
    things = names.versions(question)
    assert spelt(things) == ["Ember-4.1-Router-Max", "Ember-4.2-Router", "Ember-4.3-Router"]
    assert [thing.version for thing in things] == [(4, 1), (4, 2), (4, 3)]


def test_a_variant_is_no_version_beside_the_shorter_name(names: Names) -> None:
    third = names.versions("each Router version")[2]
    assert third.notes == {3}


def test_versions_are_compared_by_number(names: Names) -> None:
    assert spelt(names.versions("every Lumen version")) == ["Lumen 2", "Lumen 10"]


@pytest.mark.parametrize("question", ["What does the Ember Router cost?", "Router 多少钱"])
def test_without_a_word_for_versions_there_are_none(names: Names, question: str) -> None:
    assert names.versions(question) == []


def test_a_version_named_is_not_its_family(names: Names) -> None:
    assert names.versions("Which version of the firmware runs on Ember-4.2-Router?") == []


def test_years_are_no_versions(names: Names) -> None:
    assert names.versions("each Harbour version") == []


def test_an_unknown_family_has_no_versions(names: Names) -> None:
    assert names.versions("every version of the telescope") == []


def test_named_things_stand_in_the_order_of_the_question(names: Names) -> None:
    assert spelt(names.named("Is the wheel older than the KILN?")) == ["Wheel", "Kiln"]
    assert spelt(names.named("Kiln和Wheel哪个重")) == ["Kiln", "Wheel"]


def test_the_longest_name_is_the_one_meant(names: Names) -> None:
    (thing,) = names.named("How heavy is Ember-4.3-Router-Mini 系统卡?")
    assert thing.notes == {4}


def test_a_name_inside_a_longer_word_is_not_named(names: Names) -> None:
    assert names.named("wheelbarrows and kilns") == []


def test_a_concept_is_meant_only_where_nothing_else_is_named(names: Names) -> None:
    assert spelt(names.named("Which glaze suits the Kiln?")) == ["Kiln"]
    assert spelt(names.named("釉料是什么？")) == ["釉料"]


def test_the_longest_title_that_is_a_name_is_found(names: Names) -> None:
    assert [thing.notes for thing in names.named("名" * 40 + "是什么")] == [{12}]


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("How did the price change across Ember Router versions?", "how did the price ?"),
        ("各版 Ember-4.2-Router 的价格变化", "的价格"),
        ("对比 Kiln 和 Emberline", "和 emberline"),
    ],
)
def test_the_aspect_is_the_question_less_the_names(question: str, aspect: str) -> None:
    things = [Thing("Ember-4.2-Router", frozenset({2})), Thing("Kiln", frozenset({7}))]
    assert without_names(question, things) == aspect


def test_a_question_of_names_alone_stays_as_it_is() -> None:
    assert without_names("Kiln", [Thing("Kiln", frozenset({7}))]) == "Kiln"
