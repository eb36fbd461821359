"""What becomes of vectors when the store around them cannot be used any more."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from compared_vaults import SUBJECTS, fill, same_as_fresh
from small_vault import Remembering, SmallVault

from index.errors import Busy
from index.store import connection, recovery
from index.store.writer import Store

MODEL = "model"


def change(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement, values)


@pytest.fixture
def indexed(small: SmallVault) -> SmallVault:
    fill(small)
    small.update()
    return small


def test_a_store_of_another_version_keeps_its_vectors(indexed: SmallVault, tmp_path: Path) -> None:
    place = indexed.settings.store_file
    change(place, "UPDATE meta SET value = '0' WHERE key = 'schema'")
    assert indexed.update().embedded == 0
    same_as_fresh(indexed, tmp_path / "fresh")
    assert [path.name for path in place.parent.glob("*.before*")] == []


def test_a_broken_page_costs_no_vectors_that_stand_on_others(
    indexed: SmallVault, tmp_path: Path
) -> None:
    place = indexed.settings.store_file
    with closing(sqlite3.connect(place)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = bytearray(place.read_bytes())
    data[(page - 1) * size : page * size] = b"\xa5" * size
    place.write_bytes(data)
    assert indexed.update().embedded == 0
    same_as_fresh(indexed, tmp_path / "fresh")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with three vectors, put aside."""
    path = tmp_path / "store"
    store = Store.create(path)
    with store.writing() as generation:
        store.add_vectors(MODEL, [b"a", b"b", b"c"], np.eye(3, 8, dtype=np.float32), generation)
    store.close()
    return path


def kept(path: Path) -> dict[bytes, list[float]]:
    return {
        content: vector.tolist()
        for _, contents, vectors in recovery.salvaged_vectors(path)
        for content, vector in zip(contents, vectors, strict=True)
    }


@pytest.mark.parametrize("damage", [b"", b"\1\2\3", b"\xa5" * 16, bytes(16)])
def test_what_is_no_vector_of_unit_length_is_made_again(path: Path, damage: bytes) -> None:
    change(path, "UPDATE vectors SET vector = ? WHERE content = ?", damage, b"b")
    recovery.quarantine(path)
    assert kept(path) == {b"a": np.eye(1, 8)[0].tolist(), b"c": np.eye(1, 8, 2)[0].tolist()}


def test_what_no_program_can_read_is_given_up(path: Path) -> None:
    path.write_bytes(b"garbage" * 999)
    recovery.quarantine(path)
    assert kept(path) == {}


def test_a_rescue_that_was_cut_off_is_finished_by_the_next_start(path: Path) -> None:
    recovery.quarantine(path)
    path.touch()  # as far as the last start came
    store = Store.create(path)
    assert not (path.parent / "store.before").exists()
    store.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM vectors").fetchone() == (3,)


def test_vectors_of_other_models_are_kept_too(indexed: SmallVault, encoder: Remembering) -> None:
    place = indexed.settings.store_file
    change(place, "INSERT INTO vectors SELECT content, 'other', generation, vector FROM vectors")
    change(place, "UPDATE meta SET value = '0' WHERE key = 'schema'")
    indexed.update()
    with closing(sqlite3.connect(place)) as db:
        counts = db.execute("SELECT count(*) FROM vectors GROUP BY model").fetchall()
    assert len(counts) == 2
    assert counts[0] == counts[1]


def test_each_vector_is_taken_over_once(path: Path) -> None:
    recovery.quarantine(path)
    contents = [content for _, some, _ in recovery.salvaged_vectors(path) for content in some]
    assert sorted(contents) == [b"a", b"b", b"c"]


def test_a_store_that_another_program_keeps_locked_is_waited_for_and_left_alone(
    indexed: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    with closing(sqlite3.connect(indexed.settings.store_file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for use in (indexed.update, lambda: indexed.paths("绿茶")):
            with pytest.raises(Busy, match="locked"):
                use()
    assert indexed.update().unchanged == len(SUBJECTS)
    assert indexed.paths("绿茶")
