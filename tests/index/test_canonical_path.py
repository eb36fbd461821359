"""One folder has one name, however it is typed."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.canonical_path import canonical, spelling

NAMES = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1)


@given(NAMES, st.lists(NAMES))
def test_a_name_in_another_form_is_the_one_on_disk(name: str, others: list[str]) -> None:
    typed = normalize("NFD", name)
    found = spelling(typed, [*others, name], lambda each: each == name)
    assert found == (typed if typed in others else name)


@pytest.mark.parametrize("typed", ["cafés", "CAFÉS", normalize("NFD", "CaFés")])
def test_a_name_in_another_case_is_the_one_on_disk(typed: str) -> None:
    assert spelling(typed, ["Other", "Cafés", "笔记"], lambda each: True) == "Cafés"


def test_another_folder_of_a_like_name_is_not_meant() -> None:
    assert spelling("notes", ["Notes"], lambda each: False) == "notes"


def test_where_case_counts_a_path_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "Notes").mkdir()
    assert canonical(tmp_path / "Notes" / ".." / "Notes") == tmp_path.resolve() / "Notes"
    assert canonical(tmp_path / "gone" / "deeper") == tmp_path.resolve() / "gone" / "deeper"


def test_typed_in_another_case_a_vault_has_the_same_path(tmp_path: Path) -> None:
    (tmp_path / "Notes").mkdir()
    if not (tmp_path / "notes").exists():
        pytest.skip("this file system tells cases apart")
    assert canonical(tmp_path / "NOTES") == tmp_path.resolve() / "Notes"
