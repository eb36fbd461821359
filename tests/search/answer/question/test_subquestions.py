"""The several things that one question asks."""

import pytest

from search.answer.question.subquestions import facets


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
            ["Where do new orders go", "about how many copies are there"],
        ),
        (
            "Which hotel was it and what did the room cost?",
            ["Which hotel was it", "what did the room cost"],
        ),
        ("缬沙坦一次吃多少？什么时候停的？", ["缬沙坦一次吃多少", "什么时候停的"]),
        ("Was it closed, and when did it open?", ["Was it closed", "when did it open"]),
        (
            "去年搬家那次，请了哪家公司？花了多少钱，含押金吗？",
            ["请了哪家公司", "花了多少钱", "含押金吗"],
        ),
        (
            "I moved house last year. Which company was it, and how much did it cost?",
            ["Which company was it", "how much did it cost"],
        ),
    ],
)
def test_each_thing_asked_is_a_part(question: str, parts: list[str]) -> None:
    assert [part.text for part in facets(question)] == parts


@pytest.mark.parametrize(
    ("question", "follow"),
    [
        ("书架是谁做的？那篇笔记关联的图纸里，木板多厚？", [False, True]),
        ("My shelf note links to a drawing. Who drew it, and how thick are the boards?",
         [True, True]),
        ("Who built the shelf, and how thick are the boards?", [False, False]),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_linked_note_is_known(question: str, follow: list[bool]) -> None:
    assert [part.follows for part in facets(question)] == follow
