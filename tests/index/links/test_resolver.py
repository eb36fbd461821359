"""Which note a link means, and which folder holds the tags."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.links.refresh import tag_folder
from index.links.resolver import Resolver, asks_for, fold, found_by

PATHS = ("甲.md", "a/Note.md", "b/Note.md", "b/c/Note.md", "b/c/Only one.md", "x/y/z.markdown")


@pytest.mark.parametrize(
    ("target", "source", "found"),
    [
        ("b/c/Note", "甲.md", "b/c/Note.md"),
        ("b/c/Note.md", "甲.md", "b/c/Note.md"),
        ("Note", "b/other.md", "b/Note.md"),
        ("Note", "甲.md", "a/Note.md"),
        ("c/note", "甲.md", "b/c/Note.md"),
        ("only ONE", "甲.md", "b/c/Only one.md"),
        ("./Note", "b/c/Only one.md", "b/c/Note.md"),
        ("../Note", "b/c/Only one.md", "b/Note.md"),
        ("/a/Note", "b/c/Only one.md", "a/Note.md"),
        ("z", "甲.md", "x/y/z.markdown"),
        ("", "a/Note.md", "a/Note.md"),
        ("Nothing", "甲.md", None),
        ("../../Note", "甲.md", None),
        ("ote", "甲.md", None),
        ("/", "甲.md", None),
    ],
)
def test_a_target_finds_its_note(target: str, source: str, found: str | None) -> None:
    assert Resolver(PATHS).resolve(target, source) == found


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("比较：甲／乙.md", "比较:甲/乙"),
        ("GPT‑5.md", "gpt-5"),
        ("“引”.md", '"引"'),
        ("“引”.md", "&quot;引&quot;"),
        ("it’s.md", "it's"),
        ("⽂字.md", "文字"),
        ("a\u200bb.md", "ab"),
        ("e\u0301.md", "é"),
        ("STRASSE.md", "straße"),
        ("a  b.md", "a b"),
        ("Ａ１.md", "a1"),
    ],
)
def test_look_alike_names_are_one(path: str, target: str) -> None:
    assert Resolver([path]).resolve(target, "x.md") == path
    assert Resolver([target + ".md"]).resolve(path, "x.md") in (target + ".md", None)


def test_an_exact_name_wins_over_one_that_looks_alike() -> None:
    resolver = Resolver(["AI.md", "ai.md", "Ai.md"])
    assert [resolver.resolve(name, "x.md") for name in ("AI", "ai", "Ai")] == [
        "AI.md",
        "ai.md",
        "Ai.md",
    ]


def test_a_full_width_slash_in_a_name_opens_no_folder() -> None:
    assert Resolver(["甲／乙.md"]).resolve("乙", "x.md") is None


def test_another_name_is_the_last_resort() -> None:
    resolver = Resolver(["a.md", "b.md"], [("B", "a.md"), ("别名", "a.md"), ("别名", "b.md")])
    assert resolver.resolve("b", "x.md") == "b.md"
    assert resolver.resolve("别名", "x.md") == "a.md"


def test_a_folder_is_its_opening_note_where_a_path_is_written() -> None:
    resolver = Resolver(["docs/README.md", "content/posts/_index.md"])
    assert resolver.resolve("./docs/", "a.md") == "docs/README.md"
    assert resolver.resolve("/posts/", "a.md") == "content/posts/_index.md"
    assert resolver.resolve("docs", "a.md") is None


def test_a_day_is_its_journal_in_any_form() -> None:
    resolver = Resolver(["journals/2025_12_18.md"])
    assert resolver.resolve("Dec 18th, 2025", "a.md") == "journals/2025_12_18.md"
    assert resolver.resolve("Dec 18th, 2025 walk", "a.md") is None


_NAME = st.text(min_size=1, max_size=6).filter(lambda name: "/" not in name and name.strip("."))
_PATH = st.lists(_NAME, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md")


@given(st.sets(_PATH, min_size=1, max_size=8), st.data())
def test_every_notes_own_path_is_itself_wherever_it_is_written(
    paths: set[str], data: st.DataObject
) -> None:
    resolver = Resolver(paths)
    path, source = data.draw(st.sampled_from(sorted(paths))), data.draw(_PATH)
    assert resolver.resolve(path, source) == path
    assert resolver.resolve("/" + path, source) == path


@given(st.sets(_PATH, max_size=8), st.text(max_size=12), _PATH)
def test_any_target_gives_a_note_of_the_vault_or_none(
    paths: set[str], target: str, source: str
) -> None:
    assert Resolver(paths).resolve(target, source) in {*paths, None}


_PART = st.sampled_from(
    ("a", "B", "b.md", "a___b", "x%2Fa", "index", "README", "2024-05-01", "2024_05_01", "..", ".")
)
_WRITTEN = st.tuples(
    st.sampled_from(("", "/", "./", "../")),
    st.lists(_PART, max_size=3).map("/".join),
    st.sampled_from(("", ".md", ".markdown", "/")),
).map("".join)
_FILE = st.tuples(
    st.lists(_PART.filter(lambda part: part.strip(".")), min_size=1, max_size=3).map("/".join),
    st.sampled_from((".md", ".markdown", ".MD", ".md.md")),
).map("".join)


@settings(max_examples=500)
@given(st.sets(_FILE, max_size=6), _FILE, _WRITTEN, _FILE)
def test_a_note_matters_only_to_links_that_ask_for_one_of_its_names(
    paths: set[str], path: str, target: str, source: str
) -> None:
    asked = asks_for(target)
    if path != source and asked is not None and asked.isdisjoint(found_by(path)):
        before, after = Resolver(paths - {path}), Resolver(paths | {path})
        assert before.resolve(target, source) == after.resolve(target, source)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("a/b.md", "B"),
        ("a/b.md.md", "b.md"),
        ("a/x___b.md", "x/b"),
        ("a/README.md", "a/"),
        ("日记/2024_05_01.md", "May 1st, 2024"),
    ],
)
def test_a_link_asks_for_a_name_of_its_note(path: str, target: str) -> None:
    assert Resolver([path]).resolve(target, "a/s.md") == path
    assert found_by(path) & (asks_for(target) or frozenset())


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name) or "&" in name


def _tagged(notes: int, tags: int, each: int = 3) -> list[tuple[str, str, str | None]]:
    return [
        (f"blog/{n}.md", f"tags/{(n + m) % tags}.md", "关联主题")
        for n in range(notes)
        for m in range(each)
    ]


def test_the_folder_linked_under_one_heading_from_most_notes_holds_the_tags() -> None:
    others = [(f"blog/{n}.md", f"blog/{n // 2}.md", "相关文档") for n in range(20)]
    assert tag_folder(_tagged(20, 8) + others, 28) == "tags"


def test_tags_in_folders_of_their_own_are_found_together() -> None:
    links = [(s, t.replace("/", f"/{int(t[5]) % 2}/", 1), h) for s, t, h in _tagged(20, 8)]
    assert tag_folder(links, 28) == "tags"


@pytest.mark.parametrize(
    "links",
    [
        [],
        _tagged(9, 8),  # too few of the notes
        [(source, target, None) for source, target, _ in _tagged(20, 8)],
        [(source, target, f"h{n}") for n, (source, target, _) in enumerate(_tagged(20, 8))],
        [(source, target.replace("tags/", ""), h) for source, target, h in _tagged(20, 8)],
        [(f"a/{n}.md", f"a/{n + 1}.md", "see") for n in range(27)],  # a chain is no tag
        _tagged(20, 28, each=5),  # as many tags as notes
    ],
)
def test_where_no_folder_serves_as_tags_there_is_none(
    links: list[tuple[str, str, str | None]],
) -> None:
    assert tag_folder(links, 28) is None
