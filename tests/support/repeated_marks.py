"""Texts made of one short piece over and over: openers and closers of every construct."""

from collections.abc import Sequence

from hypothesis import strategies as st

MARKS = (
    "%%", "<!--", "-->", "`", "``", "```", "~~~", "[[", "]]", "|", "](", "[", "]", "(", ")", "![",
    "$$", "$", "==", "**", "*", "__", "_", "~~", ">", "#", "##", "^", "^a", ":::", "::", "- ",
    "  - ", "1. ", "- [ ] ", "---", "===", "+++", "<pre", "</pre>", "<", "&", "\\", "{{", "}}",
    "https://a", "#a", "a:: b", "[[a]]", "[a](b.md)", "[^1]", "；关联理由：", "；说明：",
    "（", "）", "“", "”", "。", ". ", "，", "2025-01-01",
    "a", "A", "中", " ", "\t", "\n", "\r\n", "\n\n",
)  # fmt: skip
PIECES = st.lists(st.sampled_from(MARKS), min_size=1, max_size=4)


def repeated(first: Sequence[str], piece: Sequence[str], characters: int) -> str:
    """``first`` once, then ``piece`` as often as ``characters`` hold it."""
    once = "".join(piece)
    return "".join(first) + once * (characters // len(once))


def nested_lists(characters: int) -> str:
    """Lists in lists, sixty deep, over and over."""
    return "".join(f"{'  ' * (at % 60)}- a\n" for at in range(characters // 64))
