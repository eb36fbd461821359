"""Terms that notes give in two languages, in one note and over all."""

from index.text.bilingual import TermPair, bilingual_terms
from search.query.dictionary import glossary


def test_chinese_before_the_brackets_and_english_in_them() -> None:
    found = list(bilingual_terms("这类攻击叫提示词注入（Prompt Injections），很常见。"))
    assert [(g.english, g.bracketed) for g in found] == [("prompt injection", False)]
    assert found[0].chinese.replace(" ", "").endswith("提示词注入")


def test_english_before_the_brackets_and_chinese_in_them() -> None:
    assert TermPair("rag", "检索 增强 生成", True) in list(bilingual_terms("RAG（检索增强生成）"))


def test_the_term_begins_where_the_notes_agree() -> None:
    found = glossary(
        [
            (TermPair("prompt injection", "攻击 提示词 注入", False), 2),
            (TermPair("prompt injection", "防范 提示词 注入", False), 2),
        ]
    )
    assert found["prompt injection"][0] == "提示词注入"


def test_the_term_never_reaches_over_a_function_word() -> None:
    found = glossary([(TermPair("knowledge graph", "构建 和 知识 图谱", False), 1)])
    assert found["knowledge graph"] == ("知识图谱",)


def test_a_single_note_with_chinese_in_brackets_may_be_an_aside() -> None:
    assert glossary([(TermPair("openai", "默认", True), 1)]) == {}
    assert glossary([(TermPair("rag", "检索 增强 生成", True), 2)]) == {"rag": ("检索增强生成",)}


def test_a_long_english_line_takes_no_longer_than_its_length() -> None:
    assert list(bilingual_terms("word " * 200_000)) == []
