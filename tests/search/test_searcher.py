"""Searching the sample notes with the real model, in each store."""

from pathlib import Path

import pytest

from index.errors import BadRequest
from index.settings import Settings
from search.diagnostics.evaluate import evaluate
from search.query.query_syntax import parse
from search.ranking.fusion import SIGNALS
from search.result import Filters, SearchResult
from search.searcher import Searcher

QUESTIONS = Path(__file__).parents[1] / "questions" / "sample.jsonl"


@pytest.fixture(scope="module")
def searcher(stored_sample: Settings) -> Searcher:
    return Searcher(stored_sample)


def titles(found: SearchResult) -> list[str]:
    return [hit.title for hit in found.results]


def test_a_question_in_either_language_finds_the_versions(searcher: Searcher) -> None:
    for question in ("How did cybersecurity ratings change across Codex versions?",
                     "各版 Codex 的网络安全评级怎么变的？"):  # fmt: skip
        first = titles(searcher.search(question, group="note"))[:4]
        assert sum("Codex" in title and "系统卡" in title for title in first) == 3


def test_an_english_word_finds_chinese_notes_by_its_translation(searcher: Searcher) -> None:
    assert searcher.without("translation").search("encryption", mode="keyword").results == ()
    found = searcher.search("encryption", mode="keyword", group="note", k=3)
    assert titles(found)[0].startswith("HTTP")
    assert "加密" in found.results[0].text


def test_a_chinese_word_finds_english_notes_by_its_translation(searcher: Searcher) -> None:
    assert searcher.without("translation").search("同义词", mode="keyword").results == ()
    found = searcher.search("同义词", mode="keyword", group="note", k=3)
    assert titles(found)[0].startswith("Hybrid search")
    assert "synonyms" in found.results[0].text


def test_translations_are_marked_in_the_passage(searcher: Searcher) -> None:
    hit = searcher.search("encryption", mode="keyword", k=1).results[0]
    assert ("加密", True) in hit.segments
    assert "".join(piece for piece, _ in hit.segments) == hit.text


def test_simplified_questions_find_traditional_notes(searcher: Searcher) -> None:
    found = searcher.search("倒排索引与全文检索：搜寻为什么快", group="note", k=2)
    assert any("倒排索引與全文檢索" in title for title in titles(found))


def test_every_passage_is_the_text_of_its_note(searcher: Searcher, sample: Settings) -> None:
    for mode in ("hybrid", "keyword", "semantic"):
        for hit in searcher.search("为什么 Python 需要 GIL", mode=mode, k=20).results:
            text = (sample.notes / hit.path).read_bytes().decode("utf-8")
            assert text[hit.start : hit.end] == hit.text


def test_a_question_that_names_a_property_finds_all_that_have_it(searcher: Searcher) -> None:
    catalogue = searcher.index.snapshot().catalogue
    rust = {
        note.path
        for note in catalogue.notes.values()
        for entry in note.properties
        if entry.key == "主要语言" and "Rust" in entry.values
    }
    assert len(rust) > 2
    for question in ("有哪些工具是拿 Rust 写的？", "Which of my tools are written in Rust?"):
        found = searcher.search(question, group="note", k=10)
        assert rust <= {hit.path for hit in found.results}
        assert found.results[0].signals["property"] > 0


@pytest.mark.parametrize("typed", ["停止为", "GIL", "_PATH", "CSV", "复习"])
def test_in_keyword_mode_all_notes_with_the_typed_text_are_found(
    searcher: Searcher, typed: str
) -> None:
    from index.text.terms import letters

    state, store = searcher.index.snapshot(), searcher.index.store
    held = {
        note.path
        for note in state.catalogue.notes.values()
        if letters(typed) in letters(store.text(note.id))
    }
    found = searcher.search(typed, mode="keyword", group="note", k=1000)
    assert {hit.path for hit in found.results[: len(held)]} == held


def test_a_phrase_stands_in_every_note_found_and_an_excluded_word_in_none(
    searcher: Searcher,
) -> None:
    store, state = searcher.index.store, searcher.index.snapshot()
    texts = {note.path: store.text(note.id) for note in state.catalogue.notes.values()}
    phrase = searcher.search('"全局解释器锁"', k=50).results
    assert phrase
    assert all("全局解释器锁" in texts[hit.path] for hit in phrase)
    assert "全局解释器锁" in phrase[0].text
    without = searcher.search("Codex -系统卡", k=50).results
    assert all("系统卡" not in texts[hit.path] for hit in without)


def test_filters_alone_list_the_notes_that_pass(searcher: Searcher) -> None:
    found = searcher.search("prop:主要语言=Rust", group="note", k=50)
    assert len(found.results) > 2
    assert all("Rust" in (searcher.index.snapshot().catalogue.notes[
        searcher.index.snapshot().catalogue.by_path[hit.path]
    ].properties.__repr__()) for hit in found.results)  # fmt: skip
    dates = [hit.date or "" for hit in found.results]
    assert dates == sorted(dates, reverse=True)


def test_a_passage_scores_the_same_within_a_few_notes_as_in_all(searcher: Searcher) -> None:
    state = searcher.index.snapshot()
    query = parse("各版 Codex 的网络安全评级怎么变的？")
    wanted = searcher.asked(query, state)
    whole = {each.passage_id: each.score for each in searcher.rank(wanted, state, None)}
    some = frozenset(n.id for n in state.catalogue.notes.values() if "Codex" in n.title)
    inside = searcher.rank(wanted, state, some)
    assert {each.passage_id for each in inside} == set(
        searcher.index.store.passage_ids(sorted(some))
    )
    for each in inside:
        if each.passage_id in whole:
            assert each.score == pytest.approx(whole[each.passage_id], abs=1e-4)


def test_a_folder_that_is_not_there_leaves_nothing(searcher: Searcher) -> None:
    assert searcher.search("Python", filters=Filters(folders=("没有",))).results == ()


def test_a_value_that_an_operator_cannot_take_is_an_error(searcher: Searcher) -> None:
    with pytest.raises(BadRequest, match="date"):
        searcher.search("after:soon")


def test_a_word_before_a_colon_that_is_no_operator_is_text(searcher: Searcher) -> None:
    assert searcher.search("error:全局解释器锁", k=3).results


def test_signals_say_what_each_part_gave_and_add_up_to_the_order(searcher: Searcher) -> None:
    found = searcher.search("Codex 系统卡的网络安全评级", k=20).results
    assert set().union(*(hit.signals for hit in found)) <= SIGNALS
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_the_questions_on_the_sample_notes_find_their_notes(stored_sample: Settings) -> None:
    measured = evaluate(stored_sample, QUESTIONS, failures=True, answers=False)
    assert measured.groups["zh"]["recall@10"] == 1.0
    assert (measured.groups["en"]["recall@10"] or 0) > 0.97
    assert (measured.groups["en"]["ndcg@10"] or 0) > 0.9
    assert (measured.groups["zh"]["ndcg@10"] or 0) > 0.93
    assert "recall@10" in measured.table()
