"""The tokenizer built from a bundle's parts, and its compiled table against the library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import bundle
from tokenizers.normalizers import Precompiled

from index.errors import WenguError
from index.model.prepare.tokenizer_file import compile_map, save
from index.model.tokenizer import PIECES, Tokens, load_tokens

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
REPLACEMENTS = st.text(CHARACTERS, max_size=4)


@given(st.dictionaries(CHARACTERS, REPLACEMENTS, max_size=60), CHARACTERS)
def test_every_character_becomes_what_the_table_says(table: dict[str, str], other: str) -> None:
    table |= {"Ａ": "a"}  # there is always one
    normaliser = Precompiled(compile_map(table))
    for character in {*table, other}:
        assert normaliser.normalize_str(character) == table.get(character, character)


def test_a_table_with_nul_is_refused() -> None:
    with pytest.raises(WenguError):
        compile_map({"a": "\0"})


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    folder = tmp_path_factory.mktemp("tokenizer")
    save(bundle(), folder / PIECES)
    return load_tokens(folder)


def names(tokens: Tokens, text: str) -> list[str]:
    pieces = [piece for piece, _ in bundle().pieces]
    return [pieces[number] for number in tokens.ids([text], 32)[0]]


def test_the_likeliest_pieces_are_taken_between_the_ends(tokens: Tokens) -> None:
    assert names(tokens, "abc 春天") == ["<s>", "▁", "ab", "c", "▁春", "<unk>", "</s>"]


def test_characters_are_replaced_before_pieces_are_sought(tokens: Tokens) -> None:
    assert names(tokens, "Ａ\u3000\u0007㍿") == names(tokens, "a ab")


def test_several_spaces_count_as_one(tokens: Tokens) -> None:
    assert names(tokens, "a   b") == names(tokens, "a b")
