"""The catalogue follows the notes: what has changed is taken in as if all were read anew."""

from pathlib import Path

import pytest
from small_vault import Remembering, SmallVault

from search.catalogue.catalogue import Catalogue, load


@pytest.fixture
def vault(tmp_path: Path, encoder: Remembering) -> SmallVault:
    vault = SmallVault(tmp_path, encoder)
    vault.write("a.md", "# 甲\n\n见 [[乙]] 与 [[丙]]。#茶\n")
    vault.write("深/丙.md", "---\n产地: 云南\n---\n# 丙\n\n见 [[a]]。\n")
    vault.update()
    return vault


def followed(vault: SmallVault, before: Catalogue) -> Catalogue:
    """The catalogue after an update, which must be the same as one that is read anew."""
    vault.update()
    store = vault.store()
    now, anew = load(store, before), load(store)
    store.close()
    assert now == anew
    return now


def first(vault: SmallVault) -> Catalogue:
    store = vault.store()
    known = load(store)
    store.close()
    return known


def out(known: Catalogue, path: str) -> list[str]:
    """The notes that one links to."""
    links = known.links_out.get(known.by_path[path], ())
    return [known.notes[target].path for target, _ in links]


def test_an_edited_note_takes_its_place_under_another_id(vault: SmallVault) -> None:
    before = first(vault)
    vault.write("深/丙.md", "---\n产地: 福建\n---\n# 丙\n\n见 [[a]]。#水\n")
    now = followed(vault, before)
    assert now.by_path["深/丙.md"] != before.by_path["深/丙.md"]
    assert out(now, "a.md") == ["深/丙.md"]
    assert now.notes[now.by_path["a.md"]] is before.notes[before.by_path["a.md"]]


def test_a_link_in_a_note_that_stays_follows_what_it_means(vault: SmallVault) -> None:
    vault.write("乙.md", "乙。\n")
    now = followed(vault, first(vault))
    assert out(now, "a.md") == ["乙.md", "深/丙.md"]
    (vault.notes / "乙.md").rename(vault.notes / "深/乙.md")
    now = followed(vault, now)
    assert out(now, "a.md") == ["深/乙.md", "深/丙.md"]


def test_what_a_deleted_note_said_is_gone(vault: SmallVault) -> None:
    (vault.notes / "a.md").unlink()
    now = followed(vault, first(vault))
    assert list(now.by_path) == ["深/丙.md"]
    assert not now.tagged
    assert not now.links_out


def test_a_note_may_lose_all_its_links(vault: SmallVault) -> None:
    vault.write("a.md", "# 甲\n\n没有了。\n")
    now = followed(vault, first(vault))
    assert out(now, "a.md") == []
    assert now.by_path["深/丙.md"] not in now.links_in
