"""Wikilinks and tags, found by their places."""

import pytest

from index.markdown.wikilinks import RawLink, inline_tags, wikilinks


def _links(text: str) -> list[RawLink]:
    return list(wikilinks(text, text))


@pytest.mark.parametrize(
    ("text", "target", "fragment", "alias"),
    [
        ("[[a/b.md|c]]", "a/b.md", None, "c"),
        ("[[a#b#c]]", "a", "b#c", None),
        ("[[a#^b|c|d]]", "a", "^b", "c|d"),
        ("[[#b]]", "", "b", None),
        (r"[[a\|b]]", "a", None, "b"),
        ("[[GPT-5.2]]", "GPT-5.2", None, None),
        ("[[a [b]]]", "a [b]", None, None),
        ("[[a [b]|c [d]]]", "a [b]", None, "c [d]"),
        ("[[[a]]]", "a", None, None),
        ("[[[a] b]]", "[a] b", None, None),
        ("[[x [[a]]", "a", None, None),
    ],
)
def test_the_parts_of_a_link_are_told_apart(
    text: str, target: str, fragment: str | None, alias: str | None
) -> None:
    (link,) = _links(text)
    assert (link.target, link.fragment, link.alias) == (target, fragment, alias)


@pytest.mark.parametrize(
    "text",
    ["[[]]", "[[ ]]", "[[|a]]", "[[a\nb]]", r"\[[a]]", "![[a.PNG]]", "[[a.pdf#page=2]]", "[a]]",
     "[[https://example.org/a]]", "[[text](https://example.org)]]", "[[" + "a" * 3_000 + "]]"],
)  # fmt: skip
def test_what_names_no_note_is_no_link(text: str) -> None:
    assert _links(text) == []


def test_the_place_of_a_link_covers_its_brackets_and_mark() -> None:
    text = "a ![[b]] [[[c]]] [[d [e]]]."
    assert [text[one.start : one.end] for one in _links(text)] == ["![[b]]", "[[c]]", "[[d [e]]]"]
    assert [one.embed for one in _links(text)] == [True, False, False]


def test_ten_thousand_links_on_one_line_are_all_found() -> None:
    assert len(_links("[[a|b]] and " * 10_000)) == 10_000


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "[[a" * 100_000, "#[[a" * 100_000, "[[a]" * 100_000]
)
def test_brackets_without_end_come_to_an_end(text: str) -> None:
    assert _links(text) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a #b/c #d-e_f", ["a", "b/c", "d-e_f"]),
        ("（#甲）、#乙，#丙。", ["甲", "乙", "丙"]),
        ("#1984 #y1984 #1/2", ["y1984"]),
        ("a#b /#c (#d) &#39; # e ## f", []),
        ("#a/ #-b #a.b #🎉", ["a", "b", "a", "🎉"]),
        ("#[[two words]] #[[x|y]]", ["two words"]),
        ("#" * 100, []),
    ],
)
def test_tags_are_those_of_obsidian(text: str, tags: list[str]) -> None:
    assert list(inline_tags(text, [])) == tags


def test_no_tag_begins_in_a_link() -> None:
    assert list(inline_tags("[[a #b]] #c", [(0, 8)])) == ["c"]
