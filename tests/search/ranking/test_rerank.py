"""The first results seen again by a real, though tiny, cross-encoder."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_vault import SmallVault
from tiny_models import LETTERS, cross_encoder

from index.errors import WenguError
from index.model import torch_encoder
from index.passages.embedding_text import heading_context
from index.settings import Settings
from search.answer.evidence.finder import Gatherer
from search.answer.question.intent import understand
from search.cli.main import run
from search.query.query_syntax import parse
from search.ranking.rerank import FIRST, Reranker
from search.result import Hit
from search.searcher import Searcher

pytest.importorskip("sentence_transformers", reason="the package is not installed")

QUESTION = "东西南北 a b c"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross_encoder(tmp_path_factory.mktemp("reranker") / "model")


@pytest.fixture
def many(small: SmallVault) -> SmallVault:
    """More notes than are looked at again, some of them with several passages."""
    random = np.random.default_rng(3)
    for number in range(FIRST + 6):
        words = [" ".join(random.choice(list(LETTERS), 5)) for _ in range(1 + number % 3)]
        text = "\n\n".join(f"## {word[0]}\n\n东西南北 {word}。" for word in words)
        small.write(f"{number}.md", f"# {words[0]}\n\n{text}\n")
    small.update()
    return small


def searchers(vault: SmallVault, folder: Path) -> tuple[Searcher, Searcher]:
    """The plain search, and the one with the reranker, over the same index; neither reads."""
    plain = vault.settings.model_copy(update={"reader": False})
    again = plain.model_copy(update={"rerank": str(folder)})
    return SmallVault.searcher(_With(vault, plain)), SmallVault.searcher(_With(vault, again))


class _With(SmallVault):
    def __init__(self, vault: SmallVault, settings: Settings) -> None:
        self.notes, self.encoder, self.settings = vault.notes, vault.encoder, settings


def read_by(folder: Path, hits: list[Hit]) -> list[float]:
    """What the original model says of the question and each passage under its headings."""
    from sentence_transformers import CrossEncoder
    from torch.nn import Sigmoid

    pairs = [(QUESTION, heading_context(hit.title, hit.heading) + hit.text) for hit in hits]
    return [float(one) for one in CrossEncoder(str(folder)).predict(pairs, activation_fn=Sigmoid())]


def test_the_first_passages_are_ordered_with_what_the_model_says(
    many: SmallVault, folder: Path
) -> None:
    plain, again = searchers(many, folder)
    before = list(plain.search(QUESTION, k=FIRST).results)
    scores = [hit.score + read for hit, read in zip(before, read_by(folder, before), strict=True)]
    after = again.search(QUESTION, k=FIRST).results
    np.testing.assert_allclose([hit.score for hit in after], sorted(scores)[::-1], atol=1e-3)
    assert {(hit.path, hit.start) for hit in after} == {(hit.path, hit.start) for hit in before}
    assert [hit.path for hit in after] != [hit.path for hit in before]


def test_only_the_first_are_looked_at_and_say_so(many: SmallVault, folder: Path) -> None:
    _, again = searchers(many, folder)
    hits = again.search(QUESTION, k=200).results
    assert len(hits) > FIRST
    assert sum("rerank" in hit.signals for hit in hits) == FIRST
    assert all(0 <= hit.signals.get("rerank", 0) <= 1 for hit in hits)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_notes_follow_their_best_passage_as_it_is_seen_now(many: SmallVault, folder: Path) -> None:
    plain, again = searchers(many, folder)
    before = {hit.path: hit.score for hit in plain.search(QUESTION, k=50, group="note").results}
    after = again.search(QUESTION, k=50, group="note").results
    assert [hit.score for hit in after] == sorted((hit.score for hit in after), reverse=True)
    for hit in after:
        gained = hit.signals.get("rerank", 0.0)
        assert hit.score == pytest.approx(before[hit.path] + gained, abs=1e-3)


def test_keyword_search_keeps_to_the_words_and_a_signal_off_is_off(
    many: SmallVault, folder: Path
) -> None:
    plain, again = searchers(many, folder)
    for one, other in (
        (plain.search(QUESTION, mode="keyword"), again.search(QUESTION, mode="keyword")),
        (plain.search(QUESTION), again.without("rerank").search(QUESTION)),
    ):
        assert replace(one, took_ms=0) == replace(other, took_ms=0)


def test_an_answer_is_looked_for_where_the_model_points(many: SmallVault, folder: Path) -> None:
    tops = []
    for searcher in searchers(many, folder):
        query, state = parse(QUESTION), searcher.index.snapshot()
        gatherer = Gatherer(searcher, state, query, understand(query.text))
        ranked = gatherer.ranked(10)
        found = searcher.search(QUESTION, group="note").results
        assert [state.catalogue.notes[note].path for note in ranked] == [h.path for h in found]
        assert max(ranked.values()) == 1
        tops.append(gatherer.signs(ranked, [], ()).top)
    assert 0 < tops[1] <= tops[0] + 1e-4  # whether the notes answer is not for it to say


def test_nothing_is_asked_of_the_model_where_nothing_is_asked(small: SmallVault) -> None:
    small.write("a.md", "# A\n\n#tag\n")
    small.update()
    _, again = searchers(small, Path("no/such/model"))
    assert again.search("tag:tag").results[0].path == "a.md"
    assert Reranker("no/such/model").scores("a", []) == []


def test_a_model_that_is_not_there_is_told_in_one_line(
    vault: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = ["--notes", str(vault.notes), "--index", str(vault.index_dir)]
    status = run(["search", "评级", *place, "--rerank", str(tmp_path / "none")])
    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert "--rerank" in told.err and told.err.count("\n") == 1


def test_a_model_of_several_classes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WenguError, match="3 classes"):
        Reranker(str(cross_encoder(tmp_path, labels=3))).scores("a", ["b"])


@pytest.mark.parametrize("command", ["search", "ask"])
def test_the_command_line_takes_a_reranker(
    vault: Settings, folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--notes", str(vault.notes), "--index", str(vault.index_dir)]
    assert run([command, "网络安全评级", *place, "--rerank", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    if command == "search":
        assert all("rerank" in hit["signals"] for hit in told["results"])
    else:
        assert told["citations"]


def test_in_a_process_of_its_own_the_model_says_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["a b", "东西", "c"]
    here = Reranker(str(folder)).scores(QUESTION, texts)
    monkeypatch.setattr(torch_encoder, "APART", True)
    assert Reranker(str(folder)).scores(QUESTION, texts) == pytest.approx(here, abs=1e-6)
    with pytest.raises(WenguError, match="cannot be opened"):
        Reranker(str(folder / "none")).scores("a", ["b"])
