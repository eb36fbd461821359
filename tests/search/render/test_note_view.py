"""What stands beside a note while the notes change."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from copied_index import copied_index
from small_vault import SmallVault

from index.model.encoder import WordsOnly
from index.model.load import load as load_model
from index.settings import Settings, load
from index.update import update
from search.render import html, note_view
from search.render.note_view import NoteViewer, related
from search.snapshot import OpenIndex


def test_notes_written_after_a_snapshot_are_not_told_as_related(
    vault: Settings, tmp_path: Path
) -> None:
    settings = load(
        notes=shutil.copytree(vault.notes, tmp_path / "notes"),
        index=copied_index(vault.index_dir, tmp_path / "index"),
    )
    index = OpenIndex(settings)
    before = index.snapshot()
    note = before.catalogue.by_path["随笔/咖啡.md"]
    (settings.notes / "随笔/咖啡豆.md").write_text("# 咖啡豆\n\n手冲咖啡用的豆子。\n", "utf-8")
    update(settings, load_model(settings.model, settings.model_cache))
    now = index.snapshot()
    assert "随笔/咖啡豆.md" in {each.path for each in related(note, now, index)}
    caught_up = replace(before, engine=now.engine)  # as one in use may be while notes change
    assert "随笔/咖啡豆.md" not in {each.path for each in related(note, caught_up, index)}
    index.close()


def test_a_note_of_megabytes_is_shown_as_it_stands_with_what_is_stored_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = SmallVault(tmp_path, WordsOnly())
    vault.write("茶.md", "---\n地: 杭州\n---\n# 茶\n\n见[[水|泉水]]和[[井]]。\n\n#饮品\n")
    vault.write("水.md", "# 水\n")
    vault.update()
    viewer = NoteViewer(OpenIndex(vault.settings, vault.encoder))
    read = viewer.view("茶.md")
    monkeypatch.setattr(note_view, "MOST_CHARACTERS", 10)
    monkeypatch.setattr(html, "MOST_CHARACTERS", 10)
    stored = viewer.view("茶.md")
    assert "<pre" in stored.html and "见[[水|泉水]]和[[井]]。" in stored.html
    assert "---" not in stored.html
    assert stored == replace(read, html=stored.html, outline=())
