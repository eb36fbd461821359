"""Folding, terms and letter pairs."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.text.terms import fold, fold_with_offsets, grams, stem, terms


def test_width_case_accents_hyphens_and_traditional_characters_fold_to_one_form() -> None:
    assert fold("ＧＰＴ‑５") == fold("gpt-5") == "gpt-5"
    assert fold("倒排索引與全文檢索") == "倒排索引与全文检索"
    assert fold("Café") == "cafe"


def test_letters_written_in_parts_fold_to_the_whole_letter() -> None:
    assert fold(unicodedata.normalize("NFD", "가을 단풍")) == "가을 단풍"
    assert fold(unicodedata.normalize("NFD", "ガラスのコップ")) == "ガラスのコップ"
    assert fold("ｶﾞﾗｽ ﾊﾟﾝ") == "ガラス パン"
    assert terms(unicodedata.normalize("NFD", "Zürich")) == ["zurich"]


def test_kangxi_radicals_fold_to_the_characters_they_look_like() -> None:
    assert fold("⽤⼈") == "用人"


def test_a_code_word_is_found_whole_and_in_its_parts() -> None:
    found = terms("GPT-5.2-Codex")
    assert {"gpt", "5.2", "codex", "gpt5.2", "gpt5.2codex"} <= set(found)
    assert {"a", "path", "apath"} & set(terms("AS_PATH")) == {"path"}


def test_a_long_chinese_word_also_gives_the_short_words_in_it() -> None:
    assert {"网络", "安全"} <= set(terms("网络安全评级"))


def test_hashes_and_encoded_data_are_no_terms() -> None:
    assert terms("a" * 65) == []


def test_plurals_meet_their_singular() -> None:
    assert stem("ratings") == "rating"
    assert stem("policies") == "policy"
    assert stem("redis") == "redi"
    assert stem("class") == "class"


PARTS = st.sampled_from(list("a\u0301か\u3099ｶﾞﾊﾟ가\u1100\u1161\u11a8é 。①"))


@given(st.lists(PARTS, max_size=20).map("".join))
def test_a_text_and_its_decomposed_form_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(max_size=60) | st.lists(PARTS, max_size=20).map("".join))
def test_every_folded_character_knows_where_it_comes_from(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(max_size=40), st.integers(0, 40), st.integers(2, 6))
def test_the_pairs_of_a_substring_stand_in_a_row_in_the_pairs_of_the_text(
    text: str, start: int, length: int
) -> None:
    letters = "".join(c for c in fold(text) if c.isalnum())
    inner = letters[start : start + length]
    pairs = grams(inner)[:-1]
    whole = grams(letters)
    rows = [whole[i : i + len(pairs)] for i in range(len(whole))]
    assert not pairs or pairs in rows
