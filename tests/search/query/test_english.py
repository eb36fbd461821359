"""Words of English and the base forms that they may be inflections of."""

import pytest

from search.query.english import base_forms, words


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("poisoned", "poison"), ("running", "run"), ("making", "make"), ("wrote", "write"),
        ("tried", "try"), ("licence", "license"), ("colour", "color"), ("quickly", "quick"),
    ],
)  # fmt: skip
def test_an_inflected_word_leads_to_its_base(word: str, base: str) -> None:
    assert base in list(base_forms(word))


def test_words_are_folded_and_hyphens_part_them() -> None:
    assert words("Rear-view Mirrors 与 AI") == ["rear", "view", "mirror", "ai"]
