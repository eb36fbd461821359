"""BM25 and substrings over a small vault."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import WenguError
from index.lexical.keyword_index import Lexical
from index.lexical.keyword_writer import gram_text
from index.settings import Settings
from index.store.reader import Reader
from index.text.terms import grams, letters


@pytest.fixture(scope="module")
def store(vault: Settings) -> Iterator[Reader]:
    reader = Reader.open(vault.store_file)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def lexical(vault: Settings) -> Lexical:
    return Lexical(vault.keyword_dir)


def titles(store: Reader, passages: list[tuple[int, float]]) -> list[str]:
    names = {note.id: note.title for note in store.notes()}
    notes = store.notes_of([passage for passage, _ in passages])
    return [names[notes[passage]] for passage, _ in passages]


def test_a_word_finds_its_passages_and_no_others(lexical: Lexical, store: Reader) -> None:
    assert set(titles(store, lexical.search([[("咖啡", 1.0)]], 10))) == {"手冲咖啡"}


def test_of_words_that_mean_the_same_the_best_counts(lexical: Lexical, store: Reader) -> None:
    alone = lexical.search([[("咖啡", 1.0)]], 1)
    both = lexical.search([[("咖啡", 1.0), ("手冲", 0.5)]], 1)
    assert both == alone


def test_words_that_belong_together_must_all_be_there(lexical: Lexical) -> None:
    assert lexical.search([[("手冲 咖啡", 1.0)]], 10)
    assert lexical.search([[("手冲 网络", 1.0)]], 10) == []


def test_a_search_within_notes_scores_as_the_open_one(lexical: Lexical, store: Reader) -> None:
    clauses = [[("网络", 1.0)], [("评级", 1.0)]]
    whole = dict(lexical.search(clauses, 100))
    one = next(note.id for note in store.notes() if note.title == "星河 2 系统卡")
    inside = dict(lexical.search(clauses, 100, [one]))
    assert inside
    assert inside.keys() < whole.keys()
    assert all(whole[passage] == pytest.approx(score) for passage, score in inside.items())
    assert lexical.scores(clauses, list(inside)) == pytest.approx(inside)


@pytest.mark.parametrize("typed", ["冲咖", "水温九十", "92", "ewin", "W", "杯", "；说明："])
def test_every_substring_of_a_note_finds_it_and_nothing_else(
    lexical: Lexical, store: Reader, typed: str
) -> None:
    held = {note.id for note in store.notes() if letters(typed) in letters(store.text(note.id))}
    assert {note for note, _ in lexical.notes_containing(typed, 100)} == held


@given(st.text())
def test_the_letters_of_a_note_stand_there_in_pairs(text: str) -> None:
    assert gram_text(text) == " ".join(grams(text))


def test_what_is_no_letter_finds_nothing(lexical: Lexical) -> None:
    assert lexical.notes_containing("。！", 10) == []
    assert lexical.search([], 10) == []


def test_rarity_falls_with_frequency(lexical: Lexical) -> None:
    assert lexical.idf(0) > lexical.idf(1) > lexical.idf(5) >= 0
    assert lexical.frequency("咖啡") >= 1
    assert lexical.frequency("没有这个词") == 0


def test_a_broken_index_is_made_anew_and_catches_up(
    lexical: Lexical, store: Reader, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("lexical")
    (folder / "passages").mkdir()
    (folder / "passages" / "meta.json").write_text("no index")
    (folder / "generation").write_text("3")
    fresh = Lexical(folder)
    with fresh.writing(store) as writing:
        writing.publish()
    assert fresh.generation == store.generation
    clauses = [[("评级", 1.0)]]
    assert dict(fresh.search(clauses, 10)) == pytest.approx(dict(lexical.search(clauses, 10)))


def test_an_index_that_cannot_be_begun_is_one_line_that_says_what_to_do(
    store: Reader, tmp_path: Path
) -> None:
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (48, kept[1]))
    try:
        with (
            pytest.raises(WenguError, match="make room there"),
            Lexical(tmp_path).writing(store),
        ):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
