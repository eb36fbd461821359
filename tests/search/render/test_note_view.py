"""What stands beside a note while the notes change."""

import shutil
from dataclasses import replace
from pathlib import Path

from copied_index import copied_index

from index.model.load import load as load_model
from index.settings import Settings, load
from index.update import update
from search.render.note_view import related
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
