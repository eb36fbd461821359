import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from copied_index import copied_index

from index.settings import Settings, load
from index.store import connection
from search.diagnostics.doctor import run_checks


@pytest.fixture
def copied(vault: Settings, tmp_path: Path) -> Settings:
    notes = shutil.copytree(vault.notes, tmp_path / "notes", symlinks=True)
    index = copied_index(vault.index_dir, tmp_path / "index")
    return load(notes=notes, index=index)


def problems(settings: Settings) -> str:
    findings = run_checks(settings)
    assert all(finding.fix for finding in findings)
    return "; ".join(finding.problem for finding in findings)


def test_a_whole_index_gives_no_finding(copied: Settings) -> None:
    assert run_checks(copied) == []


@pytest.mark.parametrize("name", ["index.py", "search.py", "web/__init__.py"])
def test_a_module_of_ones_own_that_hides_a_package_is_found(
    name: str, copied: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "programs" / name
    own.parent.mkdir(parents=True)
    own.write_text("mine = True\n", "utf-8")
    monkeypatch.chdir(tmp_path / "programs")
    assert f"{own} hides" in problems(copied)


def test_a_folder_of_notes_called_as_a_package_hides_nothing(
    copied: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "search").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run_checks(copied) == []


def test_notes_that_were_edited_are_found(copied: Settings) -> None:
    (copied.notes / "新.md").write_text("新", "utf-8")
    (copied.notes / "随笔" / "咖啡.md").unlink()
    assert "1 notes are new, 0 changed and 1 gone" in problems(copied)


def test_a_touched_note_counts_as_the_same(copied: Settings) -> None:
    (copied.notes / "随笔" / "咖啡.md").touch()
    assert run_checks(copied) == []


def test_missing_vectors_are_found(copied: Settings) -> None:
    (copied.vector_file).unlink()
    assert "no vectors" in problems(copied)


def test_passages_without_a_vector_are_found(copied: Settings) -> None:
    with sqlite3.connect(copied.store_file) as store:
        store.execute("DELETE FROM vectors")
    assert "not found by meaning" in problems(copied)


def test_a_broken_store_is_found(copied: Settings) -> None:
    path = copied.store_file
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "broken" in problems(copied)


def test_a_locked_store_is_not_to_be_rebuilt(
    copied: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    with closing(sqlite3.connect(copied.store_file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        (finding,) = run_checks(copied)
    assert "locked" in finding.problem and "rebuild" not in finding.fix


def test_an_index_of_another_model_is_found(copied: Settings) -> None:
    with sqlite3.connect(copied.store_file) as store:
        store.execute("UPDATE meta SET value = 'another' WHERE key = 'model'")
    assert "another model" in problems(copied)


def test_an_unknown_model_is_found(copied: Settings) -> None:
    assert "no-such-model" in problems(
        load(notes=copied.notes, index=copied.index, model="no-such-model")
    )


def test_nothing_indexed_is_found(copied: Settings, tmp_path: Path) -> None:
    assert "nothing is indexed" in problems(load(notes=copied.notes, index=tmp_path / "none"))
