"""A note's text into a note: title, date, tags, places, and no text that breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.parse import parse
from index.markdown.titles import plain


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: 一\n---\n# Two\n", "一"),
        ("---\n标题: 一\n---\n", "一"),
        ("---\ntitle:\n---\n# Two\n", "Two"),
        ("Text\n\n# Two\n\n# Three\n", "Two"),
        ("## Only\n\nText\n### Below", "Only"),
        ("## One\n\n## Two\n", "stem"),
        ("Text\n\n## One\n", "stem"),
        ("", "stem"),
        ("```\n# code\n```\n", "stem"),
        ("# \n", "stem"),
    ],
)
def test_the_title_is_stated_or_heads_the_note_or_names_the_file(text: str, title: str) -> None:
    assert parse("folder/stem.md", text).title == title


def test_a_folders_own_note_is_called_like_the_folder() -> None:
    assert parse("posts/_index.md", "").title == "posts"
    assert parse("index.md", "").title == "index"


@pytest.mark.parametrize(
    ("value", "title", "named"),
    [
        ("[甲, 乙]", "甲, 乙", "list"),
        ("\n  - 甲\n  - 乙", "甲, 乙", "list"),
        ("2024", "2024", "number"),
        ('"2024"', "2024", ""),
        ("'[甲]'", "[甲]", ""),
        ("|\n  two\n  lines", "two lines", ""),
    ],
)
def test_a_title_that_is_no_text_is_taken_as_text_with_a_warning(
    value: str, title: str, named: str
) -> None:
    note = parse("a.md", f"---\ntags: x\ntitle: {value}\n---\n")
    assert note.title == title
    assert [w for w in note.warnings if named in w and w.startswith("line 3")] == list(
        note.warnings
    )
    assert bool(note.warnings) == bool(named)


@pytest.mark.parametrize(
    ("path", "text", "date"),
    [
        ("a.md", "---\ncreated: 2024-01-01\n发布日期: 2025-12-18\n---\n", "2025-12-18"),
        ("a.md", "---\n发布日期: unknown\ndate: 2025-12\n---\n", "2025-12"),
        ("a.md", "---\nDate: 2025\n---\n2024-01-01", "2025"),
        ("a.md", "发布于 2025年12月18日，2026年1月1日更新", "2025-12-18"),
        ("2025-12-18.md", "no date", "2025-12-18"),
        ("2024-01-01.md", "On December 18, 2025", "2024-01-01"),
        ("a.md", "![x](https://x.org/2024-01-01/a.png) 2025-12-18", None),
        ("a.md", "```\n2024-01-01\n```\n2025-12-18", "2025-12-18"),
        ("a.md", "字" * 2_000 + "2025-12-18", None),
        ("a.md", "2025 or 2025-12", None),
    ],
)
def test_the_date_is_stated_or_opens_the_text_or_names_the_file(
    path: str, text: str, date: str | None
) -> None:
    assert parse(path, text).date == date


@pytest.mark.parametrize(
    "text", ['+++\ntitle = "甲"\n+++\n', "title:: 甲\n", "---\ntitle: 甲\n---"]
)
def test_a_title_that_is_text_needs_no_warning(text: str) -> None:
    note = parse("a.md", text)
    assert (note.title, note.warnings) == ("甲", ())


def test_the_properties_that_date_a_note_can_be_chosen() -> None:
    text = "---\n发布日期: 2025-12-18\nseen: 2026-01-01\n---\n"
    assert parse("a.md", text, ["seen", "发布日期"]).date == "2026-01-01"


def test_tags_and_aliases_come_once_each_in_order() -> None:
    note = parse("a.md", "---\ntags: [b, '#A', a]\n别名: 甲、乙\n---\n#a #c/d #B\n")
    assert note.tags == ("b", "A", "c/d")
    assert note.aliases == ("甲", "乙")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("**Bold** and *slanted* `code`", "Bold and slanted code"),
        ("[[a/b|名]] [text](https://x.org) [[c]]", "名 text c"),
        ("2 * 3 * 4 in snake_case_name", "2 * 3 * 4 in snake_case_name"),
        ("==Marked== ~~gone~~ ^block-1", "Marked gone"),
    ],
)
def test_a_heading_is_its_words(title: str, words: str) -> None:
    assert plain(title) == words


def test_a_line_of_two_megabytes_is_a_note_like_any_other() -> None:
    note = parse("a.md", "# T\n\n" + "字" * 2_000_000 + " [[b]]\n")
    assert note.title == "T" and [link.target for link in note.links] == ["b"]


_PIECES = (
    "# ", "\n", "\n\n", "---\n", "title: ", "日期: ", "2025-12-18", "[[", "]]", "|", "#", "^", "`",
    "```\n", "[a](", "b.md)", "%%", "<!--", "-->", "- ", "  ", "> ", "；关联理由：", "；说明：",
    "\r\n", "\ufeff", "\\", "$$", "![", "字", "tags: [", "{{< ref \"", "[a]: b.md\n", "+++\n", "::",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), max_size=40))
def test_any_text_gives_a_note_whose_places_are_exact(pieces: list[str]) -> None:
    text = "".join(pieces)
    note = parse("a.md", text)
    assert note.text == text and note.title and 0 <= note.body_start <= len(text)
    for heading in note.headings:
        written = text[heading.start : heading.end]
        assert note.body_start <= heading.start and not written.endswith(("\r", "\n"))
        assert heading.start == 0 or text[heading.start - 1] in "\r\n\ufeff"
    for link in note.links:
        written = text[link.start : link.end]
        assert written[0] in "[!{" and written[-1] in "])}"
        assert link.embed == written.startswith("!")
    for one in note.properties:
        assert text[one.start : one.end].strip()
    starts = [link.start for link in note.links]
    assert starts == sorted(starts)


def test_the_usual_names_of_a_release_day_date_a_note() -> None:
    for key in ("released", "Release_Date", "created_at", "出版日期"):
        assert parse("a.md", f"---\n{key}: 2024-06-02\n---\nText.\n").date == "2024-06-02"
