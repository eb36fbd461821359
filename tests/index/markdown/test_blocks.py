import pytest

from index.markdown.blocks import blocks
from index.markdown.parse import parse


def found(text: str) -> list[tuple[str, str, int]]:
    """Each block's text, kind and depth."""
    note = parse("note.md", text)
    return [
        (text[block.start : block.end], block.kind, block.depth)
        for block in blocks(text, note.body_start, note.headings)
    ]


def test_paragraphs_lists_tables_and_fences_are_blocks() -> None:
    text = "# 题\n一\n二\n\n- 三\n- 四\n\n| a | b |\n|--|--|\n| c | d |\n```\n五\n```\n六\n"
    assert found(text) == [
        ("一\n二", "text", 0),
        ("- 三", "list", 0),
        ("- 四", "list", 0),
        ("| a | b |\n|--|--|", "table", 0),
        ("| c | d |", "table", 0),
        ("```\n五\n```", "code", 0),
        ("六", "text", 0),
    ]


def test_an_item_keeps_its_lines_and_what_is_in_it_is_deeper() -> None:
    text = "1. 一\n   续\n   - 二\n     - 三\n\n     三的段落\n2. 四\n\n段落\n"
    assert found(text) == [
        ("1. 一\n   续", "list", 0),
        ("- 二", "list", 1),
        ("- 三", "list", 2),
        ("三的段落", "list", 2),
        ("2. 四", "list", 0),
        ("段落", "text", 0),
    ]


def test_a_fence_in_an_item_ends_with_the_item() -> None:
    assert found("- 一\n  ```\n  码\n二\n") == [
        ("- 一", "list", 0),
        ("```\n  码", "code", 1),
        ("二", "text", 0),
    ]


def test_a_fence_in_a_quote_ends_with_the_quote() -> None:
    assert found("> ```\n> 码\n正文\n") == [("> ```\n> 码", "code", 0), ("正文", "text", 0)]


@pytest.mark.parametrize("fence", ["```", "~~~", "````", "```py", "   ~~~~ 说明"])
def test_a_fence_ends_only_at_a_like_mark_as_long(fence: str) -> None:
    mark = fence.strip().rstrip("py 说明")
    other = "~~~" if mark[0] == "`" else "```"
    inside = f"{other}\n{mark[:-1]}\n{mark} 还没有\n# 码"
    text = f"{fence}\n{inside}\n{mark}{mark[0]}\n\n正文"
    assert found(text)[-1] == ("正文", "text", 0)
    assert len(found(text)) == 2


def test_backticks_closed_in_their_line_open_no_fence() -> None:
    assert found("```码``` 文\n\n后\n") == [("```码``` 文", "text", 0), ("后", "text", 0)]


def test_indented_code_stands_alone_but_not_in_a_list() -> None:
    assert found("一\n\n    码\n\n- 二\n\n    段\n") == [
        ("一", "text", 0),
        ("码", "code", 0),
        ("- 二", "list", 0),
        ("段", "list", 1),
    ]


def test_a_quote_keeps_its_marks_and_its_lazy_lines() -> None:
    assert found("> 一\n> 二\n三\n\n> [!note] 四\n> - 五\n- 六\n") == [
        ("> 一\n> 二\n三", "text", 0),
        ("> [!note] 四", "text", 0),
        ("> - 五", "list", 0),
        ("- 六", "list", 0),
    ]


def test_comments_are_left_out_and_one_never_closed_is_text() -> None:
    assert found("%% 一 %% 二\n\n<!--\n三\n\n-->\n四\n") == [("二", "text", 0), ("四", "text", 0)]
    assert found("<!-- 一\n\n二\n") == [("<!-- 一", "text", 0), ("二", "text", 0)]


def test_a_picture_over_a_caption_is_left_out() -> None:
    assert found("![图](a_(1).png)\n图一：说明\n![[b.png]] ![[c.png|300]]\n") == [
        ("图一：说明", "text", 0)
    ]


def test_every_line_end_is_a_line_end() -> None:
    assert found("- 一\r- 二\r\n- 三\n") == [(f"- {n}", "list", 0) for n in "一二三"]
