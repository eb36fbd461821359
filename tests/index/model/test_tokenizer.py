"""Ids and counts, with a real tokenizer."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import LETTERS, bundle

from index.errors import WenguError
from index.model.prepare.tokenizer_file import save
from index.model.tokenizer import TOKENIZER, Tokens, cut

TEXTS = st.text(st.sampled_from(LETTERS + " "), max_size=40)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    folder = tmp_path_factory.mktemp("tokenizer")
    save(bundle(), folder / TOKENIZER)
    return Tokens(folder)


@settings(deadline=None)
@given(TEXTS, st.integers(3, 20))
def test_a_long_text_is_cut_but_keeps_its_end(tokens: Tokens, text: str, limit: int) -> None:
    whole, part = tokens.ids([text], 1000)[0], tokens.ids([text], limit)[0]
    assert len(part) == min(len(whole), limit)
    assert part[-1] == whole[-1] and part[:-1] == whole[: len(part) - 1]


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_counts_are_ids_without_the_ends(tokens: Tokens, texts: list[str]) -> None:
    assert tokens.count(texts) == [len(ids) - 2 for ids in tokens.ids(texts, 1000)]


def test_more_texts_than_one_step_come_back_in_order(tokens: Tokens) -> None:
    texts = ["a" * (number % 7) for number in range(1300)]
    assert tokens.count(texts) == [tokens.count([text])[0] for text in texts]


def test_the_overhead_is_that_of_the_longest_prompt(tokens: Tokens) -> None:
    assert tokens.overhead(["a", "ccc"]) == 2 + tokens.count(["ccc"])[0]


def test_ids_without_special_tokens_at_the_end_are_simply_cut() -> None:
    assert cut([1, 2, 3, 4], [1, 0, 0, 0], 3) == [1, 2, 3]


def test_a_broken_tokenizer_file_says_what_to_delete(tmp_path: Path) -> None:
    (tmp_path / TOKENIZER).write_text("{", "utf-8")
    with pytest.raises(WenguError, match="delete that folder"):
        Tokens(tmp_path)
