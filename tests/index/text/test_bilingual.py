"""Terms that a note gives in two languages."""

from index.text.bilingual import TermPair, bilingual_terms


def test_chinese_before_the_brackets_and_english_in_them() -> None:
    found = list(bilingual_terms("这类攻击叫提示词注入（Prompt Injections），很常见。"))
    assert [(g.english, g.bracketed) for g in found] == [("prompt injection", False)]
    assert found[0].chinese.replace(" ", "").endswith("提示词注入")


def test_english_before_the_brackets_and_chinese_in_them() -> None:
    assert TermPair("rag", "检索 增强 生成", True) in list(bilingual_terms("RAG（检索增强生成）"))


def test_a_long_english_line_takes_no_longer_than_its_length() -> None:
    assert list(bilingual_terms("word " * 200_000)) == []
