"""The compiled table against the library that reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers.normalizers import Precompiled

from index.charsmap import compile_map
from index.errors import WenguError

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
REPLACEMENTS = st.text(CHARACTERS, max_size=4)


@settings(deadline=None)
@given(st.dictionaries(CHARACTERS, REPLACEMENTS, max_size=60), CHARACTERS)
def test_every_character_becomes_what_the_table_says(table: dict[str, str], other: str) -> None:
    normaliser = Precompiled(compile_map(table))
    for character in {*table, other}:
        assert normaliser.normalize_str(character) == table.get(character, character)


def test_a_key_of_two_characters_is_refused() -> None:
    with pytest.raises(WenguError):
        compile_map({"ab": "c"})
