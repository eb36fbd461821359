"""The dictionary of English and Chinese, read both ways."""

from pathlib import Path

import pytest

from search.query.dictionary import Dictionary, load


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dictionary")


@pytest.fixture(scope="module")
def dictionary(folder: Path) -> Dictionary:
    return load(folder)


def test_the_dictionary_knows_words_phrases_and_inflections(dictionary: Dictionary) -> None:
    assert "医院" in dictionary.chinese("hospital")
    assert "执法" in dictionary.chinese("law enforcement")
    assert "投毒" in dictionary.chinese("poisoned")
    assert dictionary.chinese("qwertyuiop") == []


@pytest.mark.parametrize(
    ("chinese", "english"), [("文件夹", "folder"), ("快捷键", "shortcut key"), ("表", "table")]
)
def test_a_chinese_word_is_given_in_english(
    chinese: str, english: str, dictionary: Dictionary
) -> None:
    assert english in dictionary.english(chinese)


def test_every_english_word_leads_back_to_the_chinese_one(dictionary: Dictionary) -> None:
    for chinese in ("医院", "加密", "出租车", "倒排"):
        for english in dictionary.english(chinese):
            assert chinese in dictionary.chinese(english)


def test_what_the_dictionary_does_not_have_is_nothing(dictionary: Dictionary) -> None:
    for word in ("", "\t", "\n", "鿿鿿", "~", "!"):
        assert dictionary.english(word) == dictionary.alike(word) == []


@pytest.mark.parametrize(
    ("word", "other"), [("凤梨", "菠萝"), ("脚踏车", "自行车"), ("酸奶", "优格")]
)
def test_words_of_one_first_meaning_say_the_same(
    word: str, other: str, dictionary: Dictionary
) -> None:
    assert other in dictionary.alike(word)
    assert word in dictionary.alike(other)


def test_words_of_other_regions_say_the_same(dictionary: Dictionary) -> None:
    pytest.importorskip("opencc")
    assert "软体" in dictionary.alike("软件")
    assert "硬盘" in dictionary.alike("硬碟")


def test_the_dictionary_is_turned_round_once_and_then_read(
    dictionary: Dictionary, folder: Path, tmp_path: Path
) -> None:
    (file,) = folder.iterdir()
    (tmp_path / file.name).write_bytes(">小猫\tkitten\nkitten\t小猫\n".encode())
    again = load(tmp_path)
    assert again.chinese("kitten") == ["小猫"] and again.chinese("hospital") == []
    assert again.has_word("小猫") and not again.has_word("医院")
    assert dictionary.has_word("医院") and not dictionary.has_word("医")


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "医院" in load(tmp_path / "file").chinese("hospital")
