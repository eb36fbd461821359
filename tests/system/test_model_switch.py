"""Vectors of several models in one index: changing the model back costs nothing."""

from pathlib import Path

import pytest
from tiny_models import sentence_transformer

from index.progress import Report
from index.settings import Settings, load
from search.result import Hit
from search.searcher import Searcher
from search.service.updates import IndexUpdater
from search.store.models import Models

pytest.importorskip("sentence_transformers", reason="the package is not installed")

INSTRUCTION = {"query": "a task: ", "document": ""}
"""Prompts as instructed models have them: the question's is long, the passage's empty."""
WORDS = ["abc", "def", "春夏", "秋冬", "ghi", "jkl", "东西", "mno", "pqr", "南北", "stu", "vwx"]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A model of each kind of pooling, the last token's with an instruction."""
    folder = tmp_path_factory.mktemp("models")
    plain = {p: sentence_transformer(folder / p, p) for p in ("mean", "cls", "max")}
    last = sentence_transformer(folder / "last", "lasttoken", prompts=INSTRUCTION)
    return {**plain, "lasttoken": last}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prepared")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number, word in enumerate(WORDS):
        text = "\n\n".join(f"## {other}\n\n{word} {other}." for other in WORDS[number % 3 :: 3])
        (folder / f"{number}.md").write_text(f"# {word}\n\n{text}\n", "utf-8")
    return folder


def indexed(notes: Path, cache: Path, model: Path | str) -> tuple[Report, Settings]:
    """What an update with this model did."""
    settings = load(notes=notes, index=notes.parent / "index", models=cache, model=str(model))
    return IndexUpdater(settings, Models(settings.model_cache))("all", _unheard), settings


def nearest(settings: Settings, question: str = "abc 春") -> list[Hit]:
    found = Searcher(settings).search(question, mode="semantic", k=50)
    assert found.embedded == 1
    return list(found.results)


def _unheard(_: object) -> None:
    pass


@pytest.mark.parametrize("pooling", ["cls", "max", "lasttoken"])
def test_going_to_another_model_and_back_embeds_nothing_twice(
    notes: Path, cache: Path, models: dict[str, Path], pooling: str
) -> None:
    first, settings = indexed(notes, cache, models["mean"])
    before = nearest(settings)
    assert first.embedded > 0
    other, settings = indexed(notes, cache, models[pooling])
    between = nearest(settings)
    assert other.embedded > 0
    assert [hit.score for hit in between] != [hit.score for hit in before]
    for model, results in ((models["mean"], before), (models[pooling], between)):
        again, settings = indexed(notes, cache, model)
        assert again.embedded == 0
        assert nearest(settings) == results


def test_what_is_written_meanwhile_is_all_that_the_first_model_has_to_read(
    notes: Path, cache: Path, models: dict[str, Path]
) -> None:
    indexed(notes, cache, models["mean"])
    indexed(notes, cache, models["lasttoken"])
    (notes / "new.md").write_text("# xyz\n\nxyz 东南.\n", "utf-8")
    assert indexed(notes, cache, models["lasttoken"])[0].embedded == 1
    back, settings = indexed(notes, cache, models["mean"])
    assert back.embedded == 1
    assert "new.md" in {hit.path for hit in nearest(settings, "xyz 东南")}


def test_models_that_share_everything_but_their_prompts_are_kept_apart(
    tmp_path: Path, notes: Path, cache: Path
) -> None:
    without = sentence_transformer(tmp_path / "a", "lasttoken")
    instructed = sentence_transformer(tmp_path / "b", "lasttoken", prompts=INSTRUCTION)
    indexed(notes, cache, without)
    assert indexed(notes, cache, instructed)[0].embedded > 0
    assert indexed(notes, cache, without)[0].embedded == 0
