"""A search on the command line never shows what the notes no longer say."""

from pathlib import Path

import pytest

from search.cli.main import run


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "fern.md").write_text("# Fern\n\nThe fern stands in the hall.\n", "utf-8")
    (tmp_path / "notes" / "moss.md").write_text("# Moss\n\nThe moss grows outside.\n", "utf-8")
    where = str(tmp_path / "notes"), "--index", str(tmp_path / "index")
    assert run(["index", *where]) == 0
    return ["--notes", *where]


def test_a_few_changes_are_taken_in_and_told_in_one_line(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes" / "fern.md").write_text("# Fern\n\nThe fern is in the attic.\n", "utf-8")
    (tmp_path / "notes" / "moss.md").unlink()
    capsys.readouterr()
    assert run(["search", "fern", *options]) == 0
    told = capsys.readouterr()
    assert "is updated: 0 new, 1 changed, 1 gone" in told.err
    assert "attic" in told.out and "hall" not in told.out
    assert run(["ask", "Where is the fern?", *options]) == 0
    assert "behind" not in capsys.readouterr().err


def test_where_the_index_may_not_be_written_it_is_said_to_be_behind(
    options: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WENGU_UPDATE", "false")
    (tmp_path / "notes" / "moss.md").unlink()
    capsys.readouterr()
    assert run(["search", "moss", *options]) == 0
    assert "is behind the notes: 0 new, 0 changed, 1 gone; run: wengu index" in (
        capsys.readouterr().err
    )
