"""An update makes the index match the folder, whatever happened to the notes."""

import dataclasses
import os
import shutil
from contextlib import closing

import pytest
from small_vault import Remembering, SmallVault

from index.errors import Busy, WenguError
from index.lexical.keyword_index import Lexical
from index.progress import Progress, Report
from index.store.writer_lock import only_writer
from index.update import update
from search.answerer import Answerer

TEA = "# 绿茶\n\n绿茶的水温是八十度。\n"
COFFEE = "# 手冲\n\n手冲咖啡的水温是九十二度。\n"
BREAD = "# 面包\n\n面团要发酵一个晚上。\n"


@pytest.fixture
def indexed(small: SmallVault) -> SmallVault:
    small.write("饮品/茶.md", TEA)
    small.write("饮品/咖啡.md", COFFEE)
    small.write("面包.md", BREAD)
    small.update()
    return small


def counts(report: Report) -> dict[str, int]:
    """What a report says was done to notes, without what is zero."""
    names = ("added", "changed", "moved", "deleted", "unchanged", "skipped")
    return {name: n for name in names if (n := getattr(report, name))}


def everything(vault: SmallVault) -> list[tuple[object, ...]]:
    store = vault.store()
    notes = [
        (note, [dataclasses.astuple(p) for p in store.passages_of([note.id])])
        for note in store.notes()
    ]
    store.close()
    return notes  # type: ignore[return-value]


def test_new_notes_are_counted_and_found(small: SmallVault) -> None:
    small.write("茶.md", TEA)
    small.write("面包.md", BREAD)
    report = small.update()
    assert counts(report) == {"added": 2}
    assert (report.total, report.passages, report.embedded, report.reused) == (2, 2, 2, 0)
    assert small.passages_with_all("八十度") == {"茶.md"}
    assert small.paths("面团发酵多久", "semantic")[0] == "面包.md"


def test_a_second_run_embeds_nothing_and_changes_nothing(
    indexed: SmallVault, encoder: Remembering
) -> None:
    before = everything(indexed)
    encoder.embedded.clear()
    report = indexed.update()
    assert counts(report) == {"unchanged": 3}
    assert (report.embedded, report.reused) == (0, 0)
    assert encoder.embedded == []
    assert everything(indexed) == before


@pytest.mark.parametrize("seconds", [1, 12_000_000_000], ids=["1970", "2350"])
def test_a_touched_note_counts_as_unchanged(indexed: SmallVault, seconds: int) -> None:
    os.utime(indexed.notes / "面包.md", (seconds, seconds))
    assert counts(indexed.update()) == {"unchanged": 3}
    assert indexed.store().files()["面包.md"].mtime_ns == min(seconds * 10**9, 2**63 - 1)


def test_an_edit_that_keeps_size_and_time_is_seen(indexed: SmallVault) -> None:
    place = indexed.notes / "面包.md"
    status = place.stat()
    indexed.write("面包.md", BREAD.replace("一个晚上", "两个晚上"))
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert counts(indexed.update()) == {"changed": 1, "unchanged": 2}
    assert indexed.passages_with_all("两个晚上") == {"面包.md"}


def test_after_an_edit_only_files_of_another_size_or_time_are_read(indexed: SmallVault) -> None:
    tea, bread = indexed.notes / "饮品/茶.md", indexed.notes / "面包.md"
    times = tea.stat()
    tea.write_text(TEA.replace("八", "九"), "utf-8")  # as long as before
    os.utime(tea, ns=(times.st_atime_ns, times.st_mtime_ns))
    bread.write_text(BREAD + "\n再烤半小时。\n", "utf-8")
    indexed.write("饮品/水.md", "# 水\n\n白开水。\n")
    (indexed.notes / "饮品/咖啡.md").unlink()
    assert counts(indexed.update("changed")) == {
        "added": 1,
        "changed": 1,
        "deleted": 1,
        "unchanged": 1,
    }
    assert counts(indexed.update("all")) == {"changed": 1, "unchanged": 2}


def test_an_edit_replaces_the_old_words(indexed: SmallVault) -> None:
    indexed.write("饮品/茶.md", TEA.replace("八十度", "七十五度"))
    assert counts(indexed.update()) == {"changed": 1, "unchanged": 2}
    assert indexed.passages_with_all("七十五度") == {"饮品/茶.md"}
    assert indexed.passages_with_all("八十度") == set()


def test_an_edit_embeds_only_the_passages_that_differ(
    small: SmallVault, encoder: Remembering
) -> None:
    body = "\n\n".join(f"## 第{n}节\n\n这里讲的是第{n}件事。" for n in "一二三四")
    small.write("书.md", f"# 书\n\n{body}\n")
    assert small.update().embedded == 4
    encoder.embedded.clear()
    small.write("书.md", f"# 书\n\n{body.replace('第三件事', '另一件事')}\n")
    report = small.update()
    assert (report.embedded, report.reused) == (1, 3)
    assert [text for text in encoder.embedded if "第三节" in text] == encoder.embedded


def test_a_new_title_embeds_the_passages_of_its_note_alone(
    indexed: SmallVault, encoder: Remembering
) -> None:
    encoder.embedded.clear()
    indexed.write("饮品/茶.md", TEA.replace("# 绿茶", "# 龙井"))
    assert indexed.update().embedded == 1
    assert len(encoder.embedded) == 1 and "龙井" in encoder.embedded[0]


def test_a_renamed_note_is_moved_and_its_vectors_stay(
    indexed: SmallVault, encoder: Remembering
) -> None:
    encoder.embedded.clear()
    (indexed.notes / "面包.md").rename(indexed.notes / "烘焙.md")
    report = indexed.update()
    assert counts(report) == {"moved": 1, "unchanged": 2}
    assert (report.embedded, report.reused, encoder.embedded) == (0, 1, [])
    assert indexed.passages_with_all("发酵") == {"烘焙.md"}


def test_a_moved_folder_moves_its_notes_and_embeds_nothing(
    indexed: SmallVault, encoder: Remembering
) -> None:
    encoder.embedded.clear()
    (indexed.notes / "饮品").rename(indexed.notes / "喝的")
    assert counts(indexed.update()) == {"moved": 2, "unchanged": 1}
    assert encoder.embedded == []
    assert indexed.passages_with_all("水温") == {"喝的/茶.md", "喝的/咖啡.md"}


def test_a_copy_is_a_note_of_its_own_with_the_same_vectors(
    indexed: SmallVault, encoder: Remembering
) -> None:
    encoder.embedded.clear()
    shutil.copy(indexed.notes / "面包.md", indexed.notes / "面包 2.md")
    report = indexed.update()
    assert counts(report) == {"added": 1, "unchanged": 3}
    assert (report.embedded, encoder.embedded) == (0, [])
    assert indexed.passages_with_all("发酵") == {"面包.md", "面包 2.md"}


def test_a_deleted_note_is_no_longer_found(indexed: SmallVault) -> None:
    (indexed.notes / "面包.md").unlink()
    assert counts(indexed.update()) == {"deleted": 1, "unchanged": 2}
    assert indexed.passages_with_all("发酵") == set()
    assert "面包.md" not in indexed.paths("面团发酵多久", "semantic")


def test_a_note_that_comes_back_keeps_its_vector(indexed: SmallVault) -> None:
    (indexed.notes / "面包.md").unlink()
    indexed.update()
    indexed.write("面包.md", BREAD)
    report = indexed.update()
    assert (counts(report), report.embedded) == ({"added": 1, "unchanged": 2}, 0)
    assert indexed.passages_with_all("发酵") == {"面包.md"}


def test_the_text_of_an_emptied_note_disappears(indexed: SmallVault) -> None:
    indexed.write("面包.md", "")
    assert counts(indexed.update()) == {"changed": 1, "unchanged": 2}
    assert indexed.passages_with_all("发酵") == set()


def test_an_ignored_note_disappears(indexed: SmallVault) -> None:
    indexed.write(".wenguignore", "面包.md\n")
    assert counts(indexed.update()) == {"deleted": 1, "unchanged": 2}
    assert indexed.passages_with_all("发酵") == set()


def test_a_note_that_cannot_be_read_any_more_is_skipped_with_a_reason(indexed: SmallVault) -> None:
    indexed.write("面包.md", b"\0\1\2\xff" * 50)
    report = indexed.update()
    assert (report.skipped, report.unchanged) == (1, 2)
    assert [path for path, _ in report.warnings] == ["面包.md"]
    assert indexed.passages_with_all("发酵") == set()
    indexed.write("面包.md", BREAD)
    report = indexed.update()
    assert (report.skipped, report.warnings) == (0, ())
    assert indexed.passages_with_all("发酵") == {"面包.md"}


def test_an_empty_folder_deletes_nothing(indexed: SmallVault) -> None:
    shutil.rmtree(indexed.notes)
    indexed.notes.mkdir()
    with pytest.raises(WenguError, match="mounted"):
        indexed.update()
    assert indexed.passages_with_all("发酵") == {"面包.md"}


def test_a_missing_folder_deletes_nothing(indexed: SmallVault) -> None:
    indexed.notes.rename(indexed.notes.with_name("elsewhere"))
    with pytest.raises(WenguError, match="give the path"):
        indexed.update()
    assert indexed.passages_with_all("发酵") == {"面包.md"}


def test_a_folder_without_notes_is_indexed_as_such(small: SmallVault) -> None:
    assert small.update().total == 0


def test_a_rebuild_reads_every_note_and_keeps_the_vectors(
    indexed: SmallVault, encoder: Remembering
) -> None:
    encoder.embedded.clear()
    report = indexed.update("rebuild")
    assert counts(report) == {"changed": 3}
    assert (report.embedded, encoder.embedded) == (0, [])
    assert indexed.passages_with_all("水温") == {"饮品/茶.md", "饮品/咖啡.md"}


def test_other_date_properties_make_notes_stale_and_embed_nothing(
    small: SmallVault, encoder: Remembering
) -> None:
    small.write("a.md", "---\n播出: 2024-05-01\n---\n一段话。\n")
    small.update()
    other = SmallVault(small.notes.parent, encoder, date_keys=("播出",))
    report = other.update()
    assert (counts(report), report.embedded) == ({"changed": 1}, 0)
    (note,) = other.store().notes()
    assert note.date == "2024-05-01"


def test_a_second_writer_is_refused_and_may_write_later(indexed: SmallVault) -> None:
    with only_writer(indexed.settings.index_dir), pytest.raises(Busy):
        indexed.update()
    assert counts(indexed.update()) == {"unchanged": 3}


def test_an_open_search_sees_what_was_indexed_since(indexed: SmallVault) -> None:
    searcher = indexed.searcher()
    assert searcher.search("抹茶").results
    indexed.write("抹茶.md", "# 抹茶\n\n抹茶要过筛。\n")
    (indexed.notes / "面包.md").unlink()
    indexed.update()
    found = [hit.path for hit in searcher.search("抹茶 过筛", k=100).results]
    assert found[0] == "抹茶.md"
    assert "面包.md" not in found


def links(vault: SmallVault) -> dict[str, str | None]:
    store = vault.store()
    found = {link.target: link.target_path for link in store.links()}
    store.close()
    return found


def test_a_link_means_its_note_as_soon_as_there_is_one(small: SmallVault) -> None:
    small.write("a.md", "见 [[乙]]。\n")
    small.update()
    assert links(small) == {"乙": None}
    small.write("深/乙.md", "乙。\n")
    assert counts(small.update()) == {"added": 1, "unchanged": 1}
    assert links(small) == {"乙": "深/乙.md"}
    (small.notes / "深/乙.md").unlink()
    small.update()
    assert links(small) == {"乙": None}


def test_a_link_follows_its_note_to_another_folder(small: SmallVault) -> None:
    small.write("a.md", "见 [[乙]]。\n")
    small.write("乙.md", "乙。\n")
    small.update()
    (small.notes / "深").mkdir()
    (small.notes / "乙.md").rename(small.notes / "深/乙.md")
    small.update()
    assert links(small) == {"乙": "深/乙.md"}


def test_the_folder_of_tags_is_found_and_forgotten(small: SmallVault) -> None:
    for n in range(12):
        small.write(
            f"文章/{n}.md", f"# 文 {n}\n\n话。\n\n## 关联主题\n\n- [[词/茶]]\n- [[词/水]]\n"
        )
    small.write("词/茶.md", "# 茶\n")
    small.write("词/水.md", "# 水\n")
    small.update()
    assert small.store().meta("tag_folder") == "词"
    (small.notes / "词").rename(small.notes / "散")
    for n in range(12):
        small.write(f"文章/{n}.md", f"# 文 {n}\n\n话。\n")
    small.update()
    assert small.store().meta("tag_folder") == ""


def test_what_is_gone_leaves_the_keyword_indexes_too(indexed: SmallVault) -> None:
    indexed.write("饮品/茶.md", TEA.replace("八十度", "七十五度"))
    (indexed.notes / "面包.md").unlink()
    indexed.update()
    lexical = Lexical(indexed.settings.keyword_dir)
    kept = {known.note_id for known in indexed.store().files().values()}
    assert lexical.passages == 2
    assert {note for note, _ in lexical.notes_containing("水温", 9)} == kept
    assert lexical.notes_containing("发酵", 9) == []
    assert indexed.paths("发酵", "keyword") == []


def test_what_goes_note_by_note_is_counted_no_more_in_the_end(small: SmallVault) -> None:
    for n in range(60):
        small.write(f"{n}.md", "苹果。\n")
    small.update()
    frequencies = []
    for n in range(4):
        small.write(f"{n}.md", "香蕉。\n")
        small.update()
        lexical = Lexical(small.settings.keyword_dir)
        frequencies.append(lexical.frequency("苹果"))
    assert lexical.passages == 60
    assert frequencies[0] == 60  # until their segment is merged or written anew
    assert frequencies[-1] == 56


def test_words_are_found_before_meanings_are_and_answers_say_how_far_it_is(
    small: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    small.write("饮品/茶.md", TEA)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("index.update.embed_waiting", end)
        small.update()
    early = small.searcher()
    assert [hit.path for hit in early.search("绿茶").results] == ["饮品/茶.md"]
    assert early.search("绿茶").embedded == 0.0
    assert Answerer(early).ask("How is bread baked?").answer.startswith("The index is still being")
    small.update()
    assert early.search("绿茶").embedded == 1.0
    assert "being built" not in Answerer(early).ask("How is bread baked?").answer


def test_all_notes_are_found_by_word_when_embedding_is_told_to_begin(small: SmallVault) -> None:
    small.write("饮品/茶.md", TEA)
    found: list[list[str]] = []

    def heard(told: Progress) -> None:
        if told.phase == "embedding" and told.done == 0:
            found.append(small.paths("绿茶", "keyword"))

    update(small.settings, small.encoder, progress=heard)
    assert found == [["饮品/茶.md"]]


def test_another_tag_folder_is_taken_up_though_no_note_changed(small: SmallVault) -> None:
    small.write("甲/茶.md", "见 [[味]]。")
    small.write("乙/味.md", "味道。")
    small.update()
    named = SmallVault(small.notes.parent, small.encoder, tag_folder="乙")
    named.update()
    assert small.store().meta("tag_folder") == "乙"
    small.update()
    assert small.store().meta("tag_folder") == ""


def test_a_new_word_of_the_users_has_the_notes_that_hold_it_cut_again(small: SmallVault) -> None:
    small.write("a.md", "# 茶\n\n冲泡明前茶要温水。\n")
    small.write("b.md", "# 面包\n\n面团要发酵一个晚上。\n")
    small.update()
    small.write(".wengu/userdict.txt", "明前茶 5 n\n")
    report = small.update("changed")
    assert (report.changed, report.unchanged, report.embedded) == (1, 1, 0)
    with closing(small.store()) as store:
        (terms,) = (t for _, _, t in store.new_terms(0) if "明前茶" in t.split())
    assert "面团" not in terms
    assert small.update("changed").changed == 0
    (small.notes / ".wengu" / "userdict.txt").unlink()
    assert small.update("changed").changed == 1
