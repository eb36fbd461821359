import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages.embedding_text import LONGEST_ADDRESS, plain_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("见 [安全报告](https://x.org/a_(b).html \"题\")。", "见 安全报告。"),
        ("![水温表](img/a.png)后", "水温表后"),
        ("[![徽章](https://x.org/b.svg)](https://x.org)", "徽章"),
        ("[[01-博客/OpenAI/发布.md|发布会]]之后", "发布会之后"),
        ("[[01-博客/OpenAI/发布.md]]之后", "发布之后"),
        ("[[发布#评级]]", "发布 评级"),
        ("来源: https://www.openai.com/index/gpt-5/?utm=1#top。", "来源: openai.com/index/gpt-5。"),
        ("<https://x.org/>", "x.org"),
        ("- **要点**：说明", "- 要点：说明"),
        ("2**3 与 4*5", "2**3 与 4*5"),
        ("[x](", "[x]("),
    ],
)  # fmt: skip
def test_a_model_reads_words_and_not_the_marks_around_them(written: str, read: str) -> None:
    assert plain_text(written, "text") == read


def test_code_is_read_as_it_stands() -> None:
    assert plain_text("a[0](x) ** b", "code") == "a[0](x) ** b"


def test_what_has_no_words_is_read_as_it_stands() -> None:
    assert plain_text("![](a.png)", "text") == "![](a.png)"


def test_a_long_address_is_read_to_where_it_still_says_something() -> None:
    assert len(plain_text("https://x.org/" + "a" * 500, "list")) == LONGEST_ADDRESS


@given(st.lists(st.sampled_from([*"a 茶![]()|#*<>:/.`\\\n", "https://"])).map("".join))
def test_nothing_is_added_and_something_is_left(text: str) -> None:
    read = plain_text(text, "text")
    assert len(read) <= len(text)
    assert bool(read.strip()) == bool(text.strip())
