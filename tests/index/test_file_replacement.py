"""Replacing and removing files on a system that refuses while they are open."""

from pathlib import Path

import pytest

from index import file_replacement
from index.file_replacement import InUse, remove, replace
from index.vectors import vector_file


class OpenElsewhere:
    """Refuses as Windows does, so many times, to have a file replaced or deleted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.left = times
        for name in ("replace", "unlink"):
            monkeypatch.setattr(Path, name, self._refusing(getattr(Path, name)))
        monkeypatch.setattr(file_replacement, "PAUSES", (0.0,) * 5)

    def _refusing(self, real: object) -> object:
        def action(path: Path, *others: Path) -> object:
            if self.left:
                self.left -= 1
                refused = PermissionError(13, "open elsewhere", str(path))
                refused.winerror = 32  # type: ignore[attr-defined]
                raise refused
            return real(path, *others)  # type: ignore[operator]

        return action


def test_a_file_that_is_open_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faiss = pytest.importorskip("faiss")
    vector_file.write(tmp_path / "v", {"generation": 1}, faiss.IndexFlatIP(2))
    OpenElsewhere(monkeypatch, 3)
    vector_file.write(tmp_path / "v", {"generation": 2}, faiss.IndexFlatIP(2))
    assert vector_file.check(tmp_path / "v") == {"generation": 2}


def test_a_file_that_stays_open_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    OpenElsewhere(monkeypatch, 99)
    with pytest.raises(InUse, match="old is open in another program; stop"):
        replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "old"


def test_what_is_removed_may_be_a_folder_or_gone(tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    remove(tmp_path / "folder")
    remove(tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []


def test_other_refusals_are_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_replacement, "PAUSES", (3600.0,))
    with pytest.raises(FileNotFoundError):
        replace(tmp_path / "missing", tmp_path / "target")
