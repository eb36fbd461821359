"""Names with a version number, and the families they belong to."""

import pytest

from search.answer.question.families import Families
from search.answer.question.versions import chinese, numbers, versioned

TITLES = {
    1: "刚刚，Lumen2 上线",
    2: "Lumen 全新上线 V3：更亮了",
    3: "Lumen 3.5 Pro 评测 - Ember 4 的时代过去了",
    4: "Lumen Cloud 5亿美元的生意",
    5: "快看流明1.6正式上线",
    6: "实测流明2.0",
    7: "流明2.1 降价了",
    8: "Kiln 2024 年鉴",
}


@pytest.fixture(scope="module")
def families() -> Families:
    return Families((number, (title,)) for number, title in TITLES.items())


@pytest.mark.parametrize(
    ("text", "name", "family", "version"),
    [
        ("GPT-5.1-Codex-Max 系统卡", "GPT-5.1-Codex-Max", {"gpt", "codex", "max"}, (5, 1)),
        ("刚刚，Claude3.5上线", "Claude3.5", {"claude"}, (3, 5)),
        ("推出 Claude Opus 4.6：更强", "Claude Opus 4.6", {"claude", "opus"}, (4, 6)),
        ("Suno V5 来了", "Suno V5", {"suno"}, (5,)),
        ("Suno正式上线V3版本", "Suno V3", {"suno"}, (3,)),
        ("GPT‑5.0 登场", "GPT‑5.0", {"gpt"}, (5,)),
    ],
)
def test_a_name_is_the_words_around_its_number(
    text: str, name: str, family: set[str], version: tuple[int, ...]
) -> None:
    found = next(versioned(text))
    assert (found.name, set(found.family), found.version) == (name, family, version)


@pytest.mark.parametrize(
    "text",
    [
        "Lumen 5亿美元",
        "Kiln 2024 年鉴",
        "Lumen 3 条建议",
        "GPT4o 来了",
        "13B 的模型",
        "第 3 章",
        "",
    ],
)
def test_years_counts_and_parts_of_words_are_no_versions(text: str) -> None:
    assert list(versioned(text)) == []


def test_chinese_before_a_number_with_a_point_is_a_name() -> None:
    assert list(chinese("快手流明1.6正式上线，共 35 条")) == [("快手流明", (1, 6))]


def test_generations_are_numbers_too() -> None:
    assert numbers("从二代到 V3.5，再到 4.0") == [(2,), (3, 5), (4,)]


def test_a_family_is_found_however_its_titles_write_it(families: Families) -> None:
    found = families.versions("各版 Lumen 的亮度怎么变的")
    assert [(thing.version, set(thing.notes)) for thing in found] == [
        ((2,), {1}),
        ((3,), {2}),
        ((3, 5), {3}),
    ]


def test_a_chinese_family_is_what_titles_share_before_their_numbers(families: Families) -> None:
    found = families.versions("流明历代的价格")
    assert [(thing.name, set(thing.notes)) for thing in found] == [
        ("流明 1.6", {5}),
        ("流明 2.0", {6}),
        ("流明 2.1", {7}),
    ]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("流明 1.6 和 2.1 的价格", [(1, 6), (2, 1)]),
        ("流明从 1.6 到 2.1 的价格", [(1, 6), (2,), (2, 1)]),
        ("Lumen 2 and Lumen 3.5 Pro: which is brighter?", [(2,), (3, 5)]),
    ],
)
def test_versions_named_are_those_meant_or_all_between(
    question: str, meant: list[tuple[int, ...]], families: Families
) -> None:
    assert [thing.version for thing in families.versions(question)] == meant


def test_a_version_named_by_itself_is_one_thing(families: Families) -> None:
    assert families.versions("Lumen 3.5 有多亮？") == []
    ((written, thing),) = families.named("Lumen 3.5 有多亮？")
    assert (written, thing.notes) == ("Lumen 3.5", {3})


def test_a_version_that_no_title_has_is_nothing(families: Families) -> None:
    assert families.named("Lumen 9 有多亮？") == []


def test_what_changes_is_a_family_even_where_no_version_is_spoken_of(families: Families) -> None:
    subject = families.subject("How did the brightness of Lumen change?")
    assert [thing.version for thing in subject] == [(2,), (3,)]
    assert families.versions("How did the brightness of Lumen change?") == []
