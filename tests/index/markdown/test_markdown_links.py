"""Markdown's links to other notes."""

import pytest

from index.markdown.markdown_links import markdown_links
from index.markdown.wikilinks import RawLink


def _links(text: str) -> list[RawLink]:
    return list(markdown_links(text, text))


@pytest.mark.parametrize(
    ("text", "target", "fragment"),
    [
        ("[a](b.md)", "./b.md", None),
        ("[a](../b.md#c%20d)", "../b.md", "c d"),
        ("[a](/b/c.markdown)", "/b/c.markdown", None),
        ("[a](%E4%B8%AD.md)", "./中.md", None),
        ("[a](b_(1).md)", "./b_(1).md", None),
        (r"[a](b\(1.md)", "./b(1.md", None),
        ("[a](<b c.md>)", "./b c.md", None),
        ("[a](b.md 'title')", "./b.md", None),
        ("[a](b)", "./b", None),
        ("[a](b/)", "./b/", None),
        ("[a](#b)", "", "b"),
        ("[a [b] c](d.md)", "./d.md", None),
        ('{{< ref "b.md#c" >}}', "./b.md", "c"),
        ('{{% relref "/b" %}}', "/b", None),
        ("[a][]\n\n[a]: b.md", "./b.md", None),
        ("[x][A  b]\n\n[a B]: <c d.md> 'e'", "./c d.md", None),
    ],
)
def test_a_destination_becomes_a_target(text: str, target: str, fragment: str | None) -> None:
    assert [(one.target, one.fragment) for one in _links(text)] == [(target, fragment)]


@pytest.mark.parametrize(
    "text",
    ["[a](https://x.org/b.md)", "[a](//x.org/b.md)", "[a](mailto:b@c.md)", "![a](b.png)",
     "[a](b.csv)", "[a](../)", "[a]()", "[a](b c.md)", r"\[a](b.md)", "[a]\n\n(b.md)", "[a",
     "[^1]\n\n[^1]: b.md", "[a]\n\n[a]: https://x.org", "[a\n\nb](c.md)"],
)  # fmt: skip
def test_what_leads_to_no_note_is_no_link(text: str) -> None:
    assert _links(text) == []


def test_a_picture_may_stand_in_a_link_and_a_link_may_not() -> None:
    text = "[![a](b.png)](c.md) [d [e](f.md)](g.md)"
    assert [text[one.start : one.end] for one in _links(text)] == [
        "[![a](b.png)](c.md)",
        "[e](f.md)",
    ]


def test_an_embed_is_told_apart() -> None:
    (link,) = _links("a ![b](c.md)")
    assert link.embed and (link.start, link.alias) == (2, "b")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000 + "](a.md)" * 20_000, "[a](" * 50_000, "](" * 100_000, "[a](<" * 50_000,
     '[a](b "' * 30_000, "[a]: b.md\n" + "[a" * 100_000, "[a](" + "(" * 100_000],
)  # fmt: skip
def test_brackets_without_end_come_to_an_end(text: str) -> None:
    assert len(_links(text)) <= 1
