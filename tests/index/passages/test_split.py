from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.markdown.note import Note, Passage
from index.markdown.parse import parse
from index.passages.embedding_text import CountTokens, embedding_text, heading_contexts
from index.passages.split import TARGET, split


def letters(texts: Sequence[str]) -> list[int]:
    """A model for which every character is a token."""
    return [len(text) for text in texts]


def utf8(texts: Sequence[str]) -> list[int]:
    """A model that reads bytes, with one token more for each text: counts do not add up."""
    return [len(text.encode("utf-8", "surrogatepass")) + 1 for text in texts]


def embedded(note: Note, passages: Sequence[Passage], count: CountTokens, limit: int) -> list[str]:
    words = heading_contexts(note, passages, count, limit)
    return [embedding_text(own, p.text, p.kind) for own, p in zip(words, passages, strict=True)]


def cut(text: str, limit: int = 512) -> list[Passage]:
    return list(split(parse("note.md", text), letters, limit))


def texts(text: str, limit: int = 512) -> list[str]:
    return [passage.text for passage in cut(text, limit)]


def sentence(topic: str, length: int) -> str:
    return (topic * length)[: length - 1] + "。"


LINES = st.sampled_from(
    [
        "# 标题",
        "## Second",
        "### 小节：一",
        "",
        "",
        "正文一句。还有一句，带着逗号！",
        "English prose, e.g. version 3.14 of it. Another sentence?",
        "要点如下：",
        "**2) 关键要点**",
        "- 一项",
        "  - 里面的一项，长一些",
        "    里面一项的下一行",
        "1. first item",
        "> 引文一行。",
        "> - 引文里的项",
        "> ```",
        "| 甲 | 乙 |",
        "|---|---|",
        "| 一。二 | 三 |",
        "```python",
        "```",
        "~~~~",
        "x = [1, 2]  # 注释",
        "    indented",
        "\t- tabbed",
        "见 [[远处/笔记。名|别名]] 与 [文字](a.md)。",
        "底线\n---",
        "===",
        sentence("长", 300),
        sentence("word ", 700),
        "无" * 900,
    ]
)
MARKDOWN = st.lists(LINES, max_size=40).map("\n".join)


@given(MARKDOWN | st.text(), st.integers(8, 600))
def test_passages_are_exact_trimmed_slices_in_order(text: str, limit: int) -> None:
    end = 0
    for passage in cut(text, limit):
        assert passage.text == text[passage.start : passage.end]
        assert passage.text and passage.text == passage.text.strip()
        assert passage.start >= end
        end = passage.end


@given(MARKDOWN, st.integers(8, 600))
def test_every_word_outside_headings_is_in_a_passage(text: str, limit: int) -> None:
    note = parse("note.md", text)
    left = list(text)
    for start, end in [
        (0, note.body_start),
        *((heading.start, heading.end) for heading in note.headings),
        *((passage.start, passage.end) for passage in split(note, letters, limit)),
    ]:
        left[start:end] = " " * (end - start)
    assert not any(letter.isalnum() for letter in left)


@pytest.mark.parametrize("count", [letters, utf8])
@given(text=MARKDOWN | st.text(), title=st.text(max_size=300), limit=st.integers(40, 600))
def test_no_passage_with_its_context_is_over_the_limit(
    count: object, text: str, title: str, limit: int
) -> None:
    assert callable(count)
    note = parse("note.md", f"---\ntitle: {title!r}\n---\n{text}")
    passages = split(note, count, limit)
    assert all(tokens <= limit for tokens in count(embedded(note, passages, count, limit)))


@given(st.lists(LINES.filter(lambda line: "`" not in line and "~" not in line), max_size=12))
def test_no_cut_falls_into_a_fence_that_fits(lines: list[str]) -> None:
    code = "```py\n# 不是标题\n\n- a。b\n\n| c |\n```"
    text = "\n".join([*lines[:6], "", code, "", *lines[6:]])
    start = text.index(code)
    if any(start < heading.start < start + len(code) for heading in parse("a.md", text).headings):
        return
    for passage in cut(text):
        for edge in (passage.start, passage.end):
            assert not start < edge < start + len(code)


@settings(max_examples=50)
@given(st.integers(1, 500), st.integers(1, 500))
def test_no_cut_falls_into_a_link(before: int, after: int) -> None:
    link = "[[文件夹/一个，很长。的名字|别名；也。有句号]]"
    text = "字" * before + link + "字" * after
    start = text.index(link)
    assert not any(start < passage.start < start + len(link) for passage in cut(text, 300))


def test_an_empty_note_has_no_passages() -> None:
    assert texts("") == []
    assert texts("---\ntitle: 空\n---\n\n# 空\n\n---\n") == []


def test_a_passage_knows_its_heading_path() -> None:
    text = "开头\n# 甲\n一\n## 乙\n二\n### 丙\n三\n## 丁\n四\n"
    assert [(passage.heading, passage.text) for passage in cut(text)] == [
        ((), "开头"),
        (("甲",), "一"),
        (("甲", "乙"), "二"),
        (("甲", "乙", "丙"), "三"),
        (("甲", "丁"), "四"),
    ]


def test_small_blocks_under_one_heading_are_joined() -> None:
    assert texts("# 甲\n\n一。\n\n- 二\n- 三\n\n四。\n") == ["一。\n\n- 二\n- 三\n\n四。"]


def test_passages_of_a_long_section_are_near_the_target_and_of_like_size() -> None:
    paragraphs = [sentence(str(number), 60) for number in range(20)]
    sizes = [len(text) for text in texts("\n\n".join(paragraphs), 512)]
    assert all(TARGET * 0.7 <= size <= TARGET * 1.4 for size in sizes)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentences = [sentence(word, 100) for word in "甲乙丙丁戊己庚辛"]
    for text in texts("".join(sentences)):
        assert text[0] in "甲乙丙丁戊己庚辛" and text.endswith("。")
        assert len(text) % 100 == 0


def test_a_list_is_cut_between_its_outermost_items() -> None:
    items = [f"- {sentence('项', 60)}\n  - {sentence('子', 50)}\n" for _ in range(8)]
    passages = texts("".join(items))
    assert len(passages) > 1
    assert all(text.startswith("- 项") for text in passages)


def test_an_opening_line_stays_with_its_list() -> None:
    before = sentence("前", 230)
    items = "\n".join(f"- {sentence('项', 40)}" for _ in range(5))
    assert texts(f"{before}\n\n要点如下：\n\n{items}") == [before, f"要点如下：\n\n{items}"]


def test_a_line_all_in_bold_stays_with_what_follows() -> None:
    before, after = sentence("前", 230), sentence("后", 220)
    assert texts(f"{before}\n\n**要点**\n\n{after}") == [before, f"**要点**\n\n{after}"]


def test_a_table_is_cut_between_rows_and_keeps_its_head_and_first_rule_together() -> None:
    rows = [f"| {number} | {'格' * 40} |" for number in range(12)]
    passages = cut("| 甲 | 乙 |\n|---|---|\n" + "\n".join(rows))
    assert passages[0].text.startswith("| 甲 | 乙 |\n|---|---|\n| 0 |")
    assert len(passages) > 1
    assert all(passage.kind == "table" for passage in passages)
    assert all(line.count("|") == 3 for passage in passages for line in passage.text.split("\n"))


@pytest.mark.parametrize(
    "fence",
    ["```\n{}\n```", "~~~\n{}\n~~~", "````md\n```\n{}\n```\n````", "```\n{}", "> ```\n> {}\n> ```"],
)
def test_a_fence_stays_whole_up_to_the_limit(fence: str) -> None:
    code = fence.format("码\n\n- 码。码" * 50 if ">" not in fence else "码" * 390)
    assert TARGET * 1.4 < len(code) < 480
    assert texts(code) == [code]
    assert texts(f"# 标题\n\n前文。\n\n{code}")[-1] == code


def test_a_fence_over_the_limit_is_cut_between_its_lines() -> None:
    lines = [f"line_{number} = {number}" for number in range(100)]
    text = "```\n" + "\n".join(lines) + "\n```"
    passages = cut(text)
    assert {passage.kind for passage in passages} == {"code"}
    assert "\n".join(passage.text for passage in passages) == text


def test_text_without_any_place_to_cut_is_cut_by_letters() -> None:
    assert "".join(texts("字" * 3000)) == "字" * 3000


def test_properties_are_one_passage_unless_there_is_only_a_title() -> None:
    text = "---\ntitle: 甲\n发布日期: 2025-12-18\n\n来源: 乙\n---\n正文\n"
    first, second = cut(text)
    assert (first.kind, first.text) == (
        "properties",
        "title: 甲\n发布日期: 2025-12-18\n\n来源: 乙",
    )
    assert (second.kind, second.text) == ("text", "正文")
    assert texts("---\ntitle: 甲\n---\n正文\n") == ["正文"]


def test_a_section_of_links_gives_only_the_explanations() -> None:
    text = (
        "正文\n\n## 相关文档\n\n- [[甲|一]]；关联理由：版本演进；说明：上一版，评级是中等。\n"
        "- [[乙]]\n\n## 关联主题\n\n- [[00-元语/AI]]\n- [[00-元语/安全]]\n"
    )
    assert [(p.kind, p.text, p.heading) for p in cut(text)] == [
        ("text", "正文", ()),
        ("link", "上一版，评级是中等。", ("相关文档",)),
    ]


def test_a_section_that_says_more_than_its_links_is_text() -> None:
    assert texts("## 相关\n\n先读这一篇，它讲得最清楚：\n\n- [[甲]]\n") == [
        "先读这一篇，它讲得最清楚：\n\n- [[甲]]"
    ]


def test_images_embeds_rules_and_comments_are_no_passages() -> None:
    text = (
        "![[图.png]]\n\n![说明](a(1).png) ![](b.png)\n\n[![徽章](c.svg)](https://example.org)\n\n"
        "%% 只给自己看 %%\n\n<!-- 多行\n\n注释 -->\n\n***\n"
    )
    assert texts(text) == []
    assert texts(text + "正文\n") == ["正文"]


def test_offsets_count_the_byte_order_mark_and_keep_line_ends() -> None:
    text = "\ufeff---\r\ntags: [甲]\r\n---\r\n\r\n# 题\r\n\r\n一。\r\n\r\n二。\r\n"
    assert texts(text) == ["tags: [甲]", "一。\r\n\r\n二。"]


def test_a_title_longer_than_the_limit_leaves_room_for_the_text() -> None:
    note = parse("note.md", f"---\ntitle: {'题' * 5000}\n---\n# {'目' * 900}\n\n正文。\n")
    passages = split(note, letters, 100)
    assert [passage.text for passage in passages] == ["正文。"]
    assert len(embedded(note, passages, letters, 100)[0]) <= 100


def test_what_is_embedded_ends_in_the_passage_and_begins_with_its_place() -> None:
    note = parse("note.md", "---\ntitle: 甲\n---\n# 甲\n\n## 乙\n\n正文。\n")
    assert embedded(note, split(note, letters, 512), letters, 512) == ["甲 › 乙\n正文。"]


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * depth + f"- 第 {depth} 层\n" for depth in range(300)),
        "- " * 300 + "底",
        "> " * 300 + "底",
        "[[甲]] 说 " * 2000,
        "```\n" * 2001,
        "<!--\n" * 2000,
        "**a。" * 5000,
        "a\r" * 5000,
        "| a" * 5000,
    ],
    ids=range(9),
)
def test_text_made_to_be_hard_is_split_like_any_other(text: str) -> None:
    note: Note = parse("note.md", text)
    passages = split(note, letters, 256)
    assert passages
    assert all(len(each) <= 256 for each in embedded(note, passages, letters, 256))
