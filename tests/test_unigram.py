"""The tokenizer built from a bundle's parts."""

import pytest
from tiny_models import bundle

from index.tokens import TOKENIZER, Tokens
from index.unigram import save


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    folder = tmp_path_factory.mktemp("tokenizer")
    save(bundle(), folder / TOKENIZER)
    return Tokens(folder)


def names(tokens: Tokens, text: str) -> list[str]:
    pieces = [piece for piece, _ in bundle().pieces]
    return [pieces[number] for number in tokens.ids([text], 32)[0]]


def test_the_likeliest_pieces_are_taken_between_the_ends(tokens: Tokens) -> None:
    assert names(tokens, "abc 春天") == ["<s>", "▁", "ab", "c", "▁春", "<unk>", "</s>"]


def test_characters_are_replaced_before_pieces_are_sought(tokens: Tokens) -> None:
    assert names(tokens, "Ａ\u3000\u0007㍿") == names(tokens, "a ab")


def test_several_spaces_count_as_one(tokens: Tokens) -> None:
    assert names(tokens, "a   b") == names(tokens, "a b")
