"""A vault of short notes whose index is compared with a fresh one."""

import shutil
from pathlib import Path

import pytest
from small_vault import SmallVault

from search.result import Mode

SUBJECTS = ("绿茶", "咖啡", "面包", "围棋", "地铁", "书法", "火山", "疫苗", "量子", "爵士")
QUERIES = ("绿茶的要点", "what is jazz", "第三条", "火山")
MODES: tuple[Mode, ...] = ("hybrid", "keyword", "semantic")


def fill(vault: SmallVault) -> None:
    for n, subject in enumerate(SUBJECTS):
        other = SUBJECTS[n - 1]
        vault.write(
            f"{n % 3}/{subject}.md",
            f"# {subject}\n\n{subject}的要点有三条。\n\n## 第三条\n\n别忘了[[{other}]]。\n",
        )


def found(vault: SmallVault) -> dict[tuple[str, Mode], dict[tuple[str, str], float]]:
    searcher = vault.searcher()
    return {
        (query, mode): {(hit.path, hit.text): hit.score for hit in hits.results}
        for query in QUERIES
        for mode in MODES
        for hits in [searcher.search(query, mode=mode, k=100)]
    }


def same_as_fresh(vault: SmallVault, folder: Path) -> None:
    fresh = SmallVault(folder, vault.encoder)
    shutil.copytree(vault.notes, fresh.notes, dirs_exist_ok=True)
    fresh.update()
    same(vault, fresh)


def same(vault: SmallVault, other: SmallVault) -> None:
    expected = found(other)
    for asked, hits in found(vault).items():
        assert hits == pytest.approx(expected[asked], abs=1e-3), asked
    assert links(vault) == links(other)


def links(vault: SmallVault) -> set[tuple[str, str | None]]:
    store = vault.store()
    names = {note.id: note.path for note in store.notes()}
    pairs = {(names[link.source_id], link.target_path) for link in store.links()}
    store.close()
    return pairs
