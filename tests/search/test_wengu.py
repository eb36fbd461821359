"""The notes as a Python program has them: no server, and nothing loaded before it is needed."""

import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from model_server import running, says

from index.settings import Settings
from search import Filters, Wengu, WenguError


def library(vault: Settings) -> Wengu:
    return Wengu(vault.notes, index=vault.index_dir)


def test_a_question_is_answered_with_quotes_that_stand_in_the_notes(vault: Settings) -> None:
    with library(vault) as notes:
        answer = notes.ask("模型一的网络安全评级是什么？")
    assert answer.answerable and answer.citations
    for cited in answer.citations:
        text = (vault.notes / cited.path).read_text("utf-8")
        assert text[cited.start : cited.end] == cited.quote


def test_a_search_takes_what_the_api_takes(vault: Settings) -> None:
    notes = library(vault)
    found = notes.search("评级", k=5, group="note", filters=Filters(tags=("安全/网络",)))
    assert [hit.path for hit in found.results] == ["博客/模型一.md"]
    assert notes.search("评级", mode="keyword", k=1).results[0].rank == 1


def test_a_folder_without_an_index_is_indexed_by_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "茶.md").write_text("# 茶\n\n水温八十度。\n", "utf-8")
    notes = Wengu(str(tmp_path / "notes"), index=str(tmp_path / "index"))
    assert not (tmp_path / "index").exists()
    assert notes.search("水温").results[0].path == "茶.md"


def test_of_several_first_questions_one_indexes(vault: Settings, tmp_path: Path) -> None:
    notes = Wengu(vault.notes, index=tmp_path / "index")
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: notes.search("评级").results, range(4)))
    assert found[0] and all(one == found[0] for one in found)


def test_an_update_takes_in_what_changed_and_tells_how_far_it_is(
    vault: Settings, tmp_path: Path
) -> None:
    folder = shutil.copytree(vault.notes, tmp_path / "notes")
    notes = Wengu(folder, index=tmp_path / "index")
    phases: list[str] = []
    assert notes.update(progress=lambda now: phases.append(now.phase)).added == 4
    assert {"reading", "embedding"} <= set(phases)
    (folder / "新.md").write_text("# 新笔记\n\n彗星今夜经过。", "utf-8")
    assert notes.update().added == 1
    assert notes.search("彗星").results[0].path == "新.md"
    assert notes.update(rebuild=True).embedded == 0


def test_closed_files_are_opened_again_by_the_next_question(vault: Settings) -> None:
    notes = library(vault)
    before = notes.search("评级").results
    notes.close()
    notes.close()
    assert notes.search("评级").results == before


def test_threads_may_share_it_and_one_of_them_may_close_it(vault: Settings) -> None:
    notes = library(vault)
    found: list[int] = []

    def work() -> None:
        for _ in range(5):
            found.append(len(notes.search("评级").results))
            notes.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20 and len(set(found)) == 1


def test_a_language_model_words_answers_where_the_environment_names_one(
    vault: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(says("星河 1 的训练用了三周 [1]。")) as model:
        monkeypatch.setenv("WENGU_LLM_URL", model.url)
        monkeypatch.setenv("WENGU_LLM_MODEL", "some-model")
        answer = library(vault).ask("星河 1训练了多久？")
    assert answer.engine == "llm:some-model"
    assert answer.answer == "星河 1 的训练用了三周 [1]。"


def test_what_the_user_can_mend_is_a_wengu_error(tmp_path: Path, vault: Settings) -> None:
    with pytest.raises(WenguError, match="no folder of notes"):
        Wengu(tmp_path / "nowhere")
    with pytest.raises(WenguError, match="2025-12-18"):
        library(vault).search("after:soon")


def test_importing_it_loads_nothing_heavy_and_making_one_no_server(vault: Settings) -> None:
    heavy = {"numpy", "pydantic", "faiss", "tantivy", "onnxruntime", "fastapi", "typer", "torch"}
    work = f"""
import sys
from search import Wengu
print({heavy!r} & sys.modules.keys())
Wengu({str(vault.notes)!r}, index={str(vault.index_dir)!r}).ask("评级")
print({{"fastapi", "uvicorn", "typer", "torch"}} & sys.modules.keys())
"""
    done = subprocess.run(
        [sys.executable, "-c", work],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stdout.split() == ["set()", "set()"]
