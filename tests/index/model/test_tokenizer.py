"""Ids and counts, with a real tokenizer."""

from pathlib import Path

import pytest
from fast_tokenizer import fast_tokenizer
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import LETTERS, bundle

from index.errors import WenguError
from index.model.prepare.tokenizer_file import save
from index.model.tokenizer import PIECES, TOKENIZER, Tokens, cut, load_tokens

TEXTS = st.text(st.sampled_from(LETTERS + " "), max_size=40)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tokens]:
    """The same pieces in both kinds of file."""
    folders = {name: tmp_path_factory.mktemp("tokenizer") for name in (PIECES, TOKENIZER)}
    save(bundle(), folders[PIECES] / PIECES)
    fast_tokenizer(bundle()).save(str(folders[TOKENIZER] / TOKENIZER))
    return {name: load_tokens(folder) for name, folder in folders.items()}


@pytest.fixture(scope="module", params=[PIECES, TOKENIZER])
def tokens(kinds: dict[str, Tokens], request: pytest.FixtureRequest) -> Tokens:
    return kinds[request.param]


@given(st.text(st.sampled_from(LETTERS + " \u3000\u0007Ａ㍿.!?"), max_size=40))
def test_both_kinds_of_file_find_the_same_pieces(kinds: dict[str, Tokens], text: str) -> None:
    assert kinds[PIECES].ids([text], 30) == kinds[TOKENIZER].ids([text], 30)


def test_what_only_looks_like_a_special_token_is_text(kinds: dict[str, Tokens]) -> None:
    (ids,) = kinds[PIECES].bare(["</s>"])
    assert 2 not in ids


@given(TEXTS, st.integers(3, 20))
def test_a_long_text_is_cut_but_keeps_its_end(tokens: Tokens, text: str, limit: int) -> None:
    whole, part = tokens.ids([text], 1000)[0], tokens.ids([text], limit)[0]
    assert len(part) == min(len(whole), limit)
    assert part[-1] == whole[-1] and part[:-1] == whole[: len(part) - 1]


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


@pytest.mark.parametrize("name", [PIECES, TOKENIZER])
def test_a_broken_tokenizer_file_says_what_to_delete(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{", "utf-8")
    with pytest.raises(WenguError, match="delete that folder"):
        load_tokens(tmp_path)
