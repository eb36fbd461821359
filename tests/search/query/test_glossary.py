"""Terms that notes give in two languages, over all notes."""

from index.text.bilingual import TermPair
from search.query.glossary import glossary


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
