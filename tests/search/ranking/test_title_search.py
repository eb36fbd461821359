import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_vault import SmallVault

from search.ranking.title_search import TitleSearch


@pytest.fixture
def titles(small: SmallVault) -> TitleSearch:
    small.write(
        "茶/间隔重复.md",
        "---\naliases: [spaced repetition]\n---\n# 间隔重复\n\n## 别误读\n\n正文。\n",
    )
    small.write("茶/艾宾浩斯遗忘曲线.md", "# 艾宾浩斯遗忘曲线\n\n正文。#记忆\n")
    small.write("Notepad++.md", "# Notepad++ official\n\ntext\n")
    small.write("Adobe.md", "# Adobe Firefly\n\ntext\n")
    small.update()
    return TitleSearch(small.searcher().index)


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("间隔", "note", "间隔重复"),
        ("遗忘曲", "note", "艾宾浩斯遗忘曲线"),
        ("艾宾浩遗忘曲", "note", "艾宾浩斯遗忘曲线"),
        ("jgcf", "note", "间隔重复"),
        ("spaced rep", "alias", "spaced repetition"),
        ("误读", "heading", "别误读"),
        ("ad++ o", "note", "Notepad++ official"),
        ("记忆", "tag", "记忆"),
    ],
)
def test_the_first_name_is_the_one_meant(
    titles: TitleSearch, typed: str, kind: str, name: str
) -> None:
    first = titles.find(typed)[0]
    assert (first.kind, first.name) == (kind, name)


def test_a_folder_counts_the_notes_below_it(titles: TitleSearch) -> None:
    found = {hit.path: hit.count for hit in titles.find("茶") if hit.kind == "folder"}
    assert found == {"茶": 2}


def test_a_new_note_is_found_and_a_deleted_one_is_not(small: SmallVault) -> None:
    small.write("a.md", "# Willow\n\ntext\n")
    small.update()
    titles = TitleSearch(small.searcher().index)
    assert [hit.name for hit in titles.find("willo")] == ["Willow"]
    small.write("a.md", "# Poplar\n\ntext\n")
    small.update()
    assert titles.find("willo") == ()
    assert titles.find("popl")[0].name == "Poplar"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=12))
def test_segments_are_the_name_whatever_is_typed(titles: TitleSearch, typed: str) -> None:
    for hit in titles.find(typed):
        assert "".join(text for text, _ in hit.segments) == hit.name
        assert any(match for _, match in hit.segments)
