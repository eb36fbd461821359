from pathlib import Path

import pytest
from pydantic import ValidationError

from index.errors import BadRequest
from index.settings import Settings, default_notes, load


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WENGU_{name.upper()}", raising=False)


def test_what_is_given_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGU_PORT", "9000")
    monkeypatch.setenv("WENGU_HOST", "::1")
    settings = load(notes=tmp_path, port=9001, host=None)
    assert (settings.port, settings.host) == (9001, "::1")


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no setting called prot"):
        load(notes=tmp_path, prot=1)


def test_a_bad_value_names_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGU_PORT", "many")
    with pytest.raises(BadRequest, match="WENGU_PORT"):
        load(notes=tmp_path)


def test_a_missing_folder_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no folder of notes") as caught:
        load(notes=tmp_path / "gone")
    assert "\n" not in str(caught.value)


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    settings = load(notes=tmp_path)
    with pytest.raises(ValidationError):
        settings.port = 1


def test_each_vault_has_its_own_index_folder(tmp_path: Path) -> None:
    (tmp_path / "a" / "notes").mkdir(parents=True)
    (tmp_path / "b" / "notes").mkdir(parents=True)
    first, second = (load(notes=tmp_path / name / "notes") for name in "ab")
    assert first.index_dir != second.index_dir
    assert first.index_dir == load(notes=tmp_path / "b" / ".." / "a" / "notes").index_dir


def test_the_index_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGU_INDEX", str(tmp_path / "elsewhere"))
    assert load(notes=tmp_path).index_dir == tmp_path / "elsewhere"


def test_date_keys_are_read_between_commas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGU_DATE_KEYS", "发表于, date")
    assert load(notes=tmp_path).date_keys == ("发表于", "date")


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    assert "hunter2" not in repr(load(notes=tmp_path, token="hunter2"))


def test_an_obsidian_vault_is_meant_when_one_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    assert default_notes() == tmp_path


def test_a_notes_folder_here_is_meant_before_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    assert default_notes() == tmp_path / "notes"


def test_every_setting_has_its_help_beside_it() -> None:
    assert all(field.description for field in Settings.model_fields.values())
