"""CC-CEDICT's entries and the characters they show."""

from index.text.cedict import entries, simplified_characters


def test_an_entry_has_a_word_in_both_characters_and_its_senses() -> None:
    senses = {simplified: senses for traditional, simplified, senses in entries()
              if traditional == "間隔"}  # fmt: skip
    assert any("interval" in sense or "gap" in sense for sense in senses["间隔"])


def test_the_dictionary_knows_the_common_traditional_characters() -> None:
    import opencc

    known = simplified_characters()
    text = "臺灣的夜市以小吃聞名：學習資料庫與檢索系統，記憶體裡的詞頻統計會變慢嗎？"
    assert "".join(known.get(c, c) for c in text) == opencc.OpenCC("t2s").convert(text)
