"""What tells names apart, and names that are built like known ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answer.siblings.sibling_names import SiblingNames, is_named, stands

NAMES = SiblingNames([
    "Berth 4 North", "Berth 5", "Choir Ostra", "Choir Vell", "阴面温室", "阳面温室",
    "码头甲", "码头乙", "第3排 紫藤", "第4排 海棠", "2026-03-01 巡查", "2026-03-02 巡查",
    "First haul", "Later haul",
])  # fmt: skip


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What lies at berth 6?", "berth 6"),
        ("Who sings in Choir Mard?", "Choir Mard"),
        ("Who weighed the second haul?", "second haul"),
        ("里面温室几度？背面温室呢", "背面温室"),
        ("码头丙停了什么船？", "码头丙"),
        ("第5排种了什么？", "5排"),
    ],
)
def test_a_name_built_like_known_ones_is_a_stranger(question: str, name: str) -> None:
    assert name in [each.name for each in NAMES.strangers(question)]


@pytest.mark.parametrize(
    "question",
    [
        "What lies at berth 4?", "Who sings in Choir Vell?", "阳面温室几度？", "家里温室几度？",
        "哪个温室更暖？", "码头乙停了什么船？", "How many berths are there?",
        "2026-03-03 做了什么？", "Which choir sings?",
        "Which boats haul nets without a winch?",
    ],
)  # fmt: skip
def test_a_known_name_or_none_is_no_stranger(question: str) -> None:
    assert NAMES.strangers(question) == []


def test_a_stranger_names_its_siblings() -> None:
    (found,) = NAMES.strangers("码头丙停了什么船？")
    assert set(found.siblings) == {"码头甲", "码头乙"}


def test_siblings_differ_in_one_part() -> None:
    assert NAMES.siblings("阴面温室") == {"阳面温室"}
    assert NAMES.siblings("Berth 5") == {"Berth 4 North"}
    assert NAMES.siblings("2026-03-01 巡查") == frozenset()
    assert NAMES.instead_of("阴面") == {"阳面"}


def test_a_version_is_no_stranger_to_a_longer_one() -> None:
    assert SiblingNames(["Marl 3.12"]).strangers("How do I install Marl 3?") == []


def test_a_name_stands_only_as_a_whole() -> None:
    assert stands("2.1", "release 2.1 of may")
    assert not stands("2.1", "release 2.10")
    assert not stands("pier", "piercing")
    assert stands("灯塔", "老灯塔旁")


def test_a_question_may_give_the_words_of_a_name_apart() -> None:
    assert is_named("Gate code", "what is the code of the gate?", frozenset({"code", "gate"}))
    assert not is_named("Gate code", "what is the code?", frozenset({"code"}))


@given(st.integers(0, 999), st.integers(0, 999))
def test_of_two_numbers_only_the_unknown_one_is_a_stranger(known: int, asked: int) -> None:
    found = SiblingNames([f"Berth {known}"]).strangers(f"What lies at berth {asked}?")
    assert bool(found) == (known != asked)
