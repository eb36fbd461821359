"""Notes that say the same do not fill the list."""

import pytest
from small_vault import SmallVault

TEMPLATE = "# 周会 {n}\n\n本周例会的议程：先过上周的待办，再看各组进度，最后定下周的分工。\n"
OTHER = "# 例会的由来\n\n本周例会的议程从前是贴在墙上的，后来才写进笔记。\n"


def first_five(vault: SmallVault) -> list[str]:
    found = vault.searcher().search("本周例会的议程", k=5, group="note", mode="keyword")
    return [hit.path for hit in found.results]


def test_a_third_copy_of_a_text_makes_room_for_another_note(small: SmallVault) -> None:
    for n in range(8):
        small.write(f"周会{n}.md", TEMPLATE.format(n=n))
    small.write("由来.md", OTHER)
    small.update()
    found = first_five(small)
    assert "由来.md" in found[:3]
    assert len(found) == 5


def test_a_thing_noted_twice_is_shown_twice(small: SmallVault) -> None:
    for n in range(2):
        small.write(f"周会{n}.md", TEMPLATE.format(n=n))
    small.write("由来.md", OTHER)
    small.update()
    assert {"周会0.md", "周会1.md"} <= set(first_five(small))


def test_notes_with_the_same_properties_are_all_listed(small: SmallVault) -> None:
    for n in range(5):
        small.write(f"工具{n}.md", f"---\n语言: Zig\n许可: MIT\n类别: 编辑器\n---\n# 工具{n}\n")
    small.update()
    assert len([path for path in small.paths("用 Zig 写的编辑器") if path.startswith("工具")]) == 5


@pytest.mark.parametrize(
    "copy",
    ["船籍 2", "船籍 (1)", "船籍 (Ute's conflicted copy)", "船籍-冲突", "船籍 - 副本"],
)
def test_a_note_stands_before_its_copy(copy: str, small: SmallVault) -> None:
    small.write("船籍.md", "# 船籍\n\n船籍证放在红色铁盒里。\n")
    small.write(f"{copy}.md", "# 船籍\n\n船籍证在铁盒里，铁盒是红色的，船籍证没有换。\n")
    small.update()
    assert small.paths("船籍证 铁盒")[:2] == ["船籍.md", f"{copy}.md"]


def test_a_note_of_a_series_is_no_copy(small: SmallVault) -> None:
    small.write("浮标.md", "# 浮标\n\n浮标是白的。\n")
    small.write("浮标 2.md", "# 浮标 2\n\n浮标 2 是白的，浮标 2 也会响。\n")
    small.update()
    assert small.paths("浮标 2 会响")[0] == "浮标 2.md"
