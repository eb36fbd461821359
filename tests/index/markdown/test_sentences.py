import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


PARTS = st.sampled_from(
    [
        "他说：“你好。”", "真的吗？", "GPT-5.2", "v1.1.249", "e.g. ", "Dr. ", "[[笔记。一|名]]",
        "[文字。](https://a.b/c.d)", "`code. x`", "`", "**", "*", "”", "）", "（", "……", ". ", "! ",
        "\n", "\n\n", "- ", "> ", "| a. b |", "```", "~~~", "Word", "词", "；",
        "https://a.b/c?d=e.f ",
    ]
)  # fmt: skip
MIXED = st.lists(PARTS, max_size=30).map("".join) | st.text()


@given(MIXED)
def test_sentences_are_trimmed_slices_in_order(text: str) -> None:
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop


@given(MIXED)
def test_no_letter_is_lost(text: str) -> None:
    if "```" in text or "~~~" in text or ">" in text or "|" in text:
        return
    kept = "".join(cut(text))
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-5.2 发布了",
        "OpenAI released GPT-5.2-Codex v1.1.249 at 3.14 points",
        "See e.g. the card, i.e. what Dr. Smith and J. Doe et al. (2023) wrote in Fig. 3",
        "It is in No. 5 vs. No. 6 on Dec. 18",
        "The U.S. Government said so",
        "版本 2.0 比 1.5 快 3.5 倍",
        "用 Node.js 和 next.config.js 配置",
        "见 https://example.org/a.b/c?d=e 之后",
        "见 [[笔记。其一！|别名？第二]] 一文",
        "见 [第一。第二](a.md) 与 ![图。](b.png)",
        "运行 `a. B。c` 再看",
        "wait... what",
        "三种模式（快；慢；中）都有",
        "a != b",
        "说明：&quot;甲&quot; 与 &amp; 乙",
    ],
)
def test_this_is_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["这是一句。", "这是另一句！", "是吗？", "是；", "完了"],
        ["他说：“你好。”", "然后走了。"],
        ["（详见附录。）", "下一句。"],
        ["**第一句。**", "第二句。"],
        ["**第一句。", "第二句。**", "第三句。"],
        ["第一句。", "**第二句**很重要。"],
        ["真的吗？！", "不会吧！！！", "会。"],
        ["他想了想……", "还是走了。"],
        ["有脚注。[^1]", "没有脚注。"],
        ["网络安全被评为“高”。", "[[模型]]的评级是中。"],
        ["`一。二`。", "三。"],
    ],
)
def test_chinese_sentences(parts: list[str]) -> None:
    assert cut("".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["It works.", "It is version 5.2.", "Is it?", "Yes!", "Good."],
        ['He said "Stop."', "Then he left."],
        ["(See the card.)", "It is short."],
        ["**Bold one.**", "Plain one."],
        ["It scored 10.5%.", "The other scored v2.", "See `a.b`.", "End."],
        ["I said no.", "She did not."],
        ["Read https://a.b/c.html.", "Then stop."],
        ["It uses Node.js.", "GPT-5.2 follows."],
        ["And so on...", "New thought."],
        ["An English one.", "中文一句。", "Another."],
    ],
)
def test_english_sentences(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_a_full_stop_before_chinese_ends_a_sentence() -> None:
    assert cut("It ends.然后是中文。版本 2.0之后") == ["It ends.", "然后是中文。", "版本 2.0之后"]


def test_marks_that_begin_a_line_are_left_out() -> None:
    text = "# 标题\n- 一。二\n  - [ ] 三\n1. 四\n> 引文\n> [!note] 提示\n> - 项"
    assert cut(text) == ["标题", "一。", "二", "三", "四", "引文", "提示", "项"]


def test_a_table_row_is_one_sentence_and_its_rule_is_none() -> None:
    assert cut("| 甲。乙 | 丙 |\n|---|---|\n| a. B | c |") == ["| 甲。乙 | 丙 |", "| a. B | c |"]


def test_a_fence_is_one_sentence() -> None:
    code = "```py\na. B\n\n# c。\n```"
    assert cut(f"前。\n{code}\n后。") == ["前。", code, "后。"]


def test_lines_wrapped_by_their_width_are_one_sentence() -> None:
    text = (
        "The model was trained on a very large collection of documents by\n"
        "Anthropic and was then evaluated\nby others. It passed."
    )
    first, second = cut(text)
    assert first.endswith("by others.") and second == "It passed."


def test_a_line_break_ends_a_sentence_elsewhere() -> None:
    assert cut("第一行\n第二行") == ["第一行", "第二行"]
    assert cut("Short title\nThe text.") == ["Short title", "The text."]
    assert cut("one\n\ntwo") == ["one", "two"]


def test_marks_alone_are_no_sentence() -> None:
    assert cut(" \n---\n**\n- \n> \n|-|-|\n") == []
