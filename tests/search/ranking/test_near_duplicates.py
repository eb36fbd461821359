"""Notes that say the same do not fill the list."""

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
