"""A question that follows another is made to stand by itself."""

from collections.abc import Sequence

import pytest
from small_vault import SmallVault

from search.answer.question.entities import Names
from search.answer.question.follow_up import standing_alone


@pytest.fixture
def names(small: SmallVault) -> Names:
    for title in ("阴面温室", "阳面温室", "Oriel", "Harrow", "Berth 4"):
        small.write(f"{title}.md", f"# {title}\n\n有话。\n")
    small.update()
    return Names(small.searcher().index.snapshot().catalogue)


def alike(text: str, others: Sequence[str]) -> Sequence[float]:
    return [float(len(set(text) & set(other))) for other in others]


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("阴面温室几度？", "阳面的呢？", "阳面温室几度？"),
        ("Who owns Oriel?", "And Harrow?", "Who owns Harrow?"),
        ("How deep is berth 4?", "what about berth 7?", "How deep is berth 7?"),
        ("What is the first step?", "and the second one?", "What is the second step?"),
        ("How much was the toll in March?", "And in April?", "How much was the toll in April?"),
        ("昨天做了什么？", "前天呢？", "前天做了什么？"),
        ("Who owns Oriel?", "When was it built?", "When was Oriel built?"),
        ("阴面温室几度？", "它朝哪边？", "阴面温室朝哪边？"),
        ("阴面温室几度？", "阳面温室朝哪边？", "阳面温室朝哪边？"),
        ("Who owns Oriel?", "How many rooms does Harrow have?", "How many rooms does Harrow have?"),
    ],
)  # fmt: skip
def test_a_follow_up_stands_alone(before: str, question: str, whole: str, names: Names) -> None:
    assert standing_alone(question, before, names, alike) == whole
