"""Milvus Lite as the store: what is published there, and who may read and write it."""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from milvus_lite.adapter.grpc.server import start_server_in_thread
from small_vault import Remembering, SmallVault

from index.errors import Busy, NotFound, NotReady, WenguError
from index.milvus import publish, schema
from index.milvus.address import address
from index.milvus.client import Milvus
from index.progress import Progress
from index.settings import Settings
from index.update import update
from search.answerer import Answerer
from search.diagnostics.doctor import run_checks
from search.diagnostics.status import vault_status
from search.render.note_view import NoteViewer
from search.result import Filters, Hit
from search.searcher import Searcher
from search.snapshot import OpenIndex
from search.store.milvus import filter_expressions, store

TEA = """---
tags: [饮品/茶]
---
# 绿茶

泡绿茶的水温是八十度。

- [[咖啡]]；关联理由：同类；说明：都是热饮。
"""
COFFEE = "# 咖啡\n\n手冲咖啡的水温是九十二度。\n"
BREAD = "# 面包\n\n面团发酵一夜。\n"
QUESTIONS = ("水温是多少", "发酵", "hot drinks", "八十度", "绿茶")


@pytest.fixture
def served(small: SmallVault, tmp_path: Path) -> SmallVault:
    """Three notes, published."""
    small.settings = small.settings.model_copy(update={"store": f"milvus+{tmp_path / 'v.db'}"})
    small.write("饮品/茶.md", TEA)
    small.write("饮品/咖啡.md", COFFEE)
    small.write("面包.md", BREAD)
    small.update()
    return small


def results(searcher: Searcher, question: str, **how: object) -> list[Hit]:
    return list(searcher.search(question, k=50, **how).results)  # type: ignore[arg-type]


def same(vault: SmallVault) -> None:
    """What Milvus finds is what the files of the same index give."""
    files = vault.settings.model_copy(update={"store": None})
    here = Searcher(files, OpenIndex(files, vault.encoder))
    there = vault.searcher()
    for question in QUESTIONS:
        expected, found = results(here, question), results(there, question)
        assert [(hit.path, hit.start, hit.text) for hit in found] == [
            (hit.path, hit.start, hit.text) for hit in expected
        ]
        assert [hit.score for hit in found] == pytest.approx(
            [hit.score for hit in expected], abs=0.02
        )
    assert set(there.index.snapshot().catalogue.by_path) == set(
        here.index.snapshot().catalogue.by_path
    )


def rewrite(vault: SmallVault) -> None:
    vault.write("饮品/茶.md", TEA.replace("八十", "七十五"))


def rename(vault: SmallVault) -> None:
    (vault.notes / "面包.md").rename(vault.notes / "烘焙.md")


def remove(vault: SmallVault) -> None:
    (vault.notes / "饮品" / "咖啡.md").unlink()


def add(vault: SmallVault) -> None:
    vault.write("水.md", "# 水\n\n水在一百度沸腾，见 [[绿茶]]。\n")


@pytest.mark.parametrize("edit", [rewrite, rename, remove, add])
def test_after_an_edit_milvus_finds_what_the_files_give(
    served: SmallVault, edit: Callable[[SmallVault], None]
) -> None:
    same(served)
    edit(served)
    served.update()
    same(served)


def test_what_did_not_change_is_not_written_again(
    served: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = served.searcher().index.store.generation
    written: list[str] = []
    upsert = Milvus.upsert
    monkeypatch.setattr(Milvus, "upsert", lambda *told: (written.append(told[1]), upsert(*told))[1])
    served.update()
    assert {name.rpartition("_")[2] for name in written} == {"state"}
    assert served.searcher().index.store.generation == before


def test_a_publication_that_was_cut_off_is_completed_by_the_next(
    served: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.phase == "publishing":
            raise Stop

    monkeypatch.setattr(publish, "_NOTES", 1)
    generation = served.searcher().index.store.generation
    rename(served)
    rewrite(served)
    with pytest.raises(Stop):
        update(served.settings, served.encoder, progress=stop)
    assert served.searcher().index.store.generation == generation
    served.update()
    same(served)


def test_two_indexes_never_write_the_same_vault(
    served: SmallVault, tmp_path: Path, encoder: Remembering
) -> None:
    other = SmallVault(tmp_path / "other", encoder, store=served.settings.store)
    other.write("水.md", "# 水\n\n水在一百度沸腾。\n")
    with pytest.raises(Busy, match="written by another index"):
        other.update()
    assert served.paths("水温")
    other.update("rebuild")
    assert other.paths("水") == ["水.md"]
    with pytest.raises(Busy):
        served.update()


def test_vaults_share_a_database_under_different_names(
    served: SmallVault, tmp_path: Path, encoder: Remembering
) -> None:
    other = SmallVault(tmp_path / "other", encoder, store=f"{served.settings.store}#second")
    other.write("水.md", "# 水\n\n水在一百度沸腾。\n")
    other.update()
    assert other.paths("水") == ["水.md"]
    assert "水.md" not in served.paths("水")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of Milvus Lite behind a port, as a cluster would be."""
    running, db, port = start_server_in_thread(str(tmp_path / "data"), "127.0.0.1", 0)
    yield f"milvus+http://127.0.0.1:{port}"
    running.stop(0)
    db.close()


def test_servers_without_an_index_of_their_own_share_one_store(
    server: str, tmp_path: Path, encoder: Remembering
) -> None:
    writer = SmallVault(tmp_path / "writer", encoder, store=server)
    readers = [SmallVault(tmp_path / name, encoder, store=server) for name in ("a", "b")]
    searchers = [reader.searcher() for reader in readers]
    with pytest.raises(NotReady):
        searchers[0].search("水温")
    writer.write("茶.md", TEA)
    writer.update()
    for searcher in searchers:
        (hit,) = results(searcher, "水温", group="note")
        assert "八十度" in hit.text
        assert (
            searcher.index.store.text(searcher.index.snapshot().catalogue.by_path["茶.md"]) == TEA
        )
    writer.write("茶.md", TEA.replace("八十", "七十五"))
    writer.update()
    assert all("七十五度" in results(each, "水温")[0].text for each in searchers)
    assert not any(reader.settings.index_dir.exists() for reader in readers)


def test_a_server_without_the_notes_answers_and_shows_them_as_they_were_indexed(
    served: SmallVault, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    apart = served.settings.model_copy(
        update={"notes": tmp_path / "empty", "index": tmp_path / "none", "update": False}
    )
    index = OpenIndex(apart, served.encoder)
    answer = Answerer(Searcher(apart, index)).ask("泡绿茶的水温是多少？")
    assert [(c.path, "八十度" in c.quote) for c in answer.citations[:1]] == [("饮品/茶.md", True)]
    assert "八十度" in NoteViewer(index).view("饮品/茶.md").html
    with pytest.raises(NotFound):  # where the notes are at hand, a file that is gone is gone
        here = OpenIndex(apart.model_copy(update={"update": True}), served.encoder)
        NoteViewer(here).view("饮品/茶.md")


def test_another_model_gets_collections_of_its_own_and_the_oldest_go(served: SmallVault) -> None:
    def sets() -> set[str]:
        with closing(Milvus.open(address(str(served.settings.store)))) as db:
            names = db.client.list_collections()
            return {name.split("_")[1] for name in names if name.endswith("_passages")}

    class Other:
        """The same model under other names."""

        def __init__(self, name: str) -> None:
            self.name = self.fingerprint = name

        def __getattr__(self, name: str) -> object:
            return getattr(served.encoder, name)

    (first,) = sets()
    update(served.settings, Other("second"))  # type: ignore[arg-type]
    assert first in sets() and len(sets()) == 2
    update(served.settings, Other("third"))  # type: ignore[arg-type]
    assert first not in sets() and len(sets()) == 2


def test_long_notes_are_kept_in_parts(served: SmallVault) -> None:
    why = "都" * 300
    links = "\n".join(f"- [[某一篇 {n}]]；关联理由：同类；说明：{why}。" for n in range(30))
    text = "# 长\n\n" + "一二三四五六七八九。\n" * 740 + f"\n{links}\n"
    served.write("长.md", text)
    served.update()
    searcher = served.searcher()
    state = searcher.index.snapshot()
    note = state.catalogue.by_path["长.md"]
    assert searcher.index.store.text(note) == text
    assert len([link for link in searcher.index.store.links() if link.source_id == note]) == 30
    at = 8000  # where a part ends
    assert note in dict(state.lexical.notes_containing(text[at - 8 : at + 8], 10))


def test_threads_share_a_connection(served: SmallVault) -> None:
    searcher = served.searcher()
    alone = [[hit.text for hit in results(searcher, question)] for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(results, searcher, question) for question in QUESTIONS * 4]
        together = [[hit.text for hit in each.result()] for each in asked]
    assert together == alone * 4


@pytest.mark.parametrize(
    "narrowed",
    [
        Filters(tags=("编程",)),
        Filters(folders=("博客",)),
        Filters(after="2025-06"),
        Filters(before="2025"),
        Filters(after="2025", before="2025-12"),
        Filters(properties=(("主要语言", "rust"),)),
        Filters(title="系统卡"),
        Filters(title="100%"),
        Filters(properties=(("没有", '"'),)),
    ],
)
def test_filters_in_the_engine_leave_what_the_catalogue_leaves(
    stored_sample: Settings, narrowed: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same test for both stores: one filters by itself, the other by ids."""
    monkeypatch.setattr(filter_expressions, "_FEW", 0)
    monkeypatch.setattr(store, "_FEW", 0)
    searcher = Searcher(stored_sample)
    catalogue = searcher.index.snapshot().catalogue
    expected = {catalogue.notes[note].path for note in catalogue.within(narrowed) or ()}
    found = {
        hit.path
        for hit in results(searcher, "怎么", filters=narrowed, group="note", mode="semantic")
    }
    assert found == expected or (len(found) == 50 and found < expected)


def test_status_and_doctor_name_the_store(served: SmallVault) -> None:
    told = vault_status(served.settings)
    assert told.store == f"{served.settings.store}#wengu"
    assert (told.facts.indexed, told.facts.passages) == (3, told.facts.embedded)
    assert [f.problem for f in run_checks(served.settings) if "store" in f.problem] == []
    empty = served.settings.model_copy(update={"store": f"{served.settings.store}#empty"})
    (finding,) = (f for f in run_checks(empty) if "#empty" in f.problem)
    assert "nothing is published" in finding.problem and "wengu index" in finding.fix


def test_without_the_extra_the_error_says_how_to_install_it(
    served: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(WenguError, match=r"pip install 'wengu\[milvus\]'"):
        served.update()


def test_a_server_that_is_not_there_is_an_error_of_one_line(small: SmallVault) -> None:
    nowhere = small.settings.model_copy(update={"store": "milvus+http://me:secret@127.0.0.1:9"})
    with pytest.raises(WenguError) as error:
        Searcher(nowhere, OpenIndex(nowhere, small.encoder)).search("茶")
    assert "127.0.0.1:9" in str(error.value)
    assert "secret" not in str(error.value) and "\n" not in str(error.value)


def test_warnings_of_files_are_told_of_very_many_the_first(tmp_path: Path) -> None:
    from index.store.records import Problem

    with closing(Milvus.open(address(f"milvus+{tmp_path / 'w.db'}"))) as db:
        many = [Problem(f"{number}.md", "读不出" * 20, True) for number in range(2000)]
        schema.set_problems(db, many)
        told = schema.problems(db)
    assert 0 < len(told) < 2000 and told == many[: len(told)]
    assert len(json.dumps([p.message for p in told])) < schema.LONGEST
