"""The several things that one question asks."""

import pytest

from search.answer.facets import facets


@pytest.mark.parametrize(
    "question",
    [
        "What is a sourdough starter?",
        "面团要发酵多久？",
        "How long should dough rest, compared with batter?",
        "When it rains, how long does the bus take?",
        "我记过哪些用 Rust 写的工具？",
        "",
    ],
)
def test_a_question_about_one_thing_has_no_parts(question: str) -> None:
    assert facets(question) == ()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Where do new orders go, and about how many copies are there?",
            ("Where do new orders go", "about how many copies are there"),
        ),
        (
            "Which hotel was it and what did the room cost?",
            ("Which hotel was it", "what did the room cost"),
        ),
        ("缬沙坦一次吃多少？什么时候停的？", ("缬沙坦一次吃多少", "什么时候停的")),
        ("Was it closed, and when did it open?", ("Was it closed", "when did it open")),
    ],
)
def test_each_thing_asked_is_a_part(question: str, parts: tuple[str, ...]) -> None:
    assert facets(question) == parts


def test_what_leads_to_a_part_belongs_to_it() -> None:
    assert facets("去年搬家那次，请了哪家公司？花了多少钱，含押金吗？") == (
        "去年搬家那次 请了哪家公司",
        "花了多少钱",
        "含押金吗",
    )


def test_a_sentence_that_asks_nothing_sets_the_scene_only() -> None:
    asked = "I moved house last year. Which company was it, and how much did it cost?"
    assert facets(asked) == ("Which company was it", "how much did it cost")
