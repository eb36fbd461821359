"""Whatever was done to the notes, and whenever the index followed, it ends the same."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import embeddings_server
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from small_vault import Remembering, SmallVault

from index.model.embeddings_endpoint import connect
from search.catalogue.catalogue import Catalogue, load
from search.result import Hit, Mode
from search.searcher import Searcher

EXAMPLES = int(os.environ.get("WENGU_HISTORIES", "6"))
"""Series of edits that are tried."""
FOLDERS = ("深", "深/浅", "茶")
NAMES = ("a.md", "b.md", "深/a.md", "深/乙.md", "深/浅/乙.md", "茶/c.md")
BODIES = (
    "# 绿茶\n\n绿茶的水温是八十度。见 [[乙]]。\n",
    "# 手冲\n\n手冲咖啡的水温是九十二度。#饮品\n",
    "# 面包\n\n面团要发酵一个晚上。\n\n## 烤\n\n- [[a]]；关联理由：前提；说明：先烧水。\n",
    "---\ntitle: Tea\ndate: 2024-05-01\ntags: [饮品]\n---\nWater for green tea is not boiling.\n",
    "# 绿茶\n\n绿茶的水温是八十度。\n\n## 手冲\n\n手冲咖啡的水温是九十二度。见 [[b]] 与 [[c]]。\n",
    "",
)
QUERIES = ("水温", "面团发酵多久", "green tea", "烤", "tag:饮品")
MODES: tuple[Mode, ...] = ("hybrid", "keyword", "semantic")
Found = dict[tuple[str, Mode], list[Hit]]


def found(searcher: Searcher) -> Found:
    """Everything that is answered: the passages in their order, with text, score and signals."""
    return {
        (query, mode): list(searcher.search(query, mode=mode, k=100).results)
        for query in QUERIES
        for mode in MODES
    }


def links(vault: SmallVault) -> tuple[list[tuple[str, str, str | None]], str]:
    """What each link of each note means, and the folder of tags."""
    store = vault.store()
    paths = {note.id: note.path for note in store.notes()}
    means = sorted((paths[k.source_id], k.target, k.target_path) for k in store.links())
    folder = store.meta("tag_folder")
    store.close()
    return means, folder


class Histories(RuleBasedStateMachine):
    """A vault that is edited, and followed at times by an update, a search or a new model."""

    models: tuple[Remembering, Remembering]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.vault = SmallVault(self.folder / "followed", self.models[0])
        self.vault.write("stays.md", "# 不变\n\n这一篇从不改动。\n")
        self.running = self.vault.searcher()
        self.followed: Catalogue | None = None

    @rule(name=st.sampled_from(NAMES), body=st.sampled_from(BODIES))
    def write(self, name: str, body: str) -> None:
        self.vault.write(name, body)

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def copy(self, name: str, other: str) -> None:
        place = self.vault.notes / name
        if place.exists() and other != name:
            self.vault.write(other, place.read_bytes())

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def rename(self, name: str, other: str) -> None:
        place, target = self.vault.notes / name, self.vault.notes / other
        if place.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            place.replace(target)

    @rule(name=st.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        (self.vault.notes / name).unlink(missing_ok=True)

    @rule(folder=st.sampled_from(FOLDERS), to=st.sampled_from(("别处", "深/浅/别处")))
    def move_folder(self, folder: str, to: str) -> None:
        place, target = self.vault.notes / folder, self.vault.notes / to
        if place.is_dir() and not target.exists() and not target.is_relative_to(place):
            target.parent.mkdir(parents=True, exist_ok=True)
            place.rename(target)

    @rule(number=st.sampled_from((0, 1)))
    def change_model(self, number: int) -> None:
        self.vault.encoder = self.models[number]

    @rule()
    def restart(self) -> None:
        self.running = self.vault.searcher()

    @rule()
    def update(self) -> None:
        self.vault.update()
        store = self.vault.store()
        anew = load(store)
        self.followed = load(store, self.followed)
        store.close()
        assert self.followed == anew
        assert [*self.followed.notes] == [*anew.notes]
        assert [*self.followed.links] == [*anew.links]

    @rule()
    def rebuild(self) -> None:
        self.vault.update("rebuild")

    @rule()
    def search(self) -> None:
        self.vault.update()
        self.running.search("水温")

    def teardown(self) -> None:
        self.vault.update()
        fresh = SmallVault(self.folder / "fresh", self.vault.encoder)
        shutil.copytree(self.vault.notes, fresh.notes, dirs_exist_ok=True)
        fresh.update()
        assert links(self.vault) == links(fresh)
        expected = found(fresh.searcher())
        assert found(self.vault.searcher()) == expected
        if self.running.index.encoder().name == self.vault.encoder.name:
            assert found(self.running) == expected
        shutil.rmtree(self.folder)


@pytest.fixture
def models(encoder: Remembering) -> Iterator[tuple[Remembering, Remembering]]:
    with embeddings_server.running() as server:
        yield encoder, Remembering(lambda: connect(f"{server.url}#other"))


def test_any_series_of_edits_restarts_and_models_ends_as_a_fresh_build(
    models: tuple[Remembering, Remembering], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.update._TAKEN_IN", 2)
    Histories.models = models
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
