"""Scores worked out for passages at hand, against those of the keyword index."""

from contextlib import closing

import pytest

from index.lexical.keyword_index import Clause, Lexical
from index.settings import Settings
from index.store.reader import Reader
from search.store.milvus.term_statistics import Scale

SCALE = Scale({"水": 2.0, "温": 1.0, "茶": 4.0}, 4.0)


@pytest.mark.parametrize(
    "clauses",
    [
        [[("网络", 1.0)]],
        [[("模型", 1.0)], [("训练", 1.0)], [("没有", 1.0)]],
        [[("network", 1.0), ("网络", 0.6), ("网络 安全", 0.8)]],
    ],
)
def test_passages_score_as_in_the_keyword_index(sample: Settings, clauses: list[Clause]) -> None:
    """But for lengths, which Tantivy keeps in one byte."""
    lexical = Lexical(sample.keyword_dir)
    with closing(Reader.open(sample.store_file)) as store:
        terms = {passage: words for passage, _, words in store.new_terms(0)}
    parts = {part for clause in clauses for each, _ in clause for part in each.split()}
    rarities = {part: lexical.idf(lexical.frequency(part)) for part in parts}
    scale = Scale(rarities, sum(len(words.split()) for words in terms.values()) / len(terms))
    found = {passage: scale.score(clauses, words) for passage, words in terms.items()}
    expected = dict(lexical.search(clauses, len(terms)))
    assert expected
    assert {passage for passage, score in found.items() if score} == set(expected)
    for passage, score in expected.items():
        assert found[passage] == pytest.approx(score, rel=0.07)


def test_of_words_that_mean_the_same_the_best_counts() -> None:
    one = SCALE.score([[("茶", 1.0)]], "茶 水 温 水")
    assert SCALE.score([[("茶", 1.0), ("水", 0.1)]], "茶 水 温 水") == one


def test_words_that_belong_together_must_all_be_there_and_count_as_one() -> None:
    assert SCALE.score([[("茶 没有", 1.0)]], "茶 水") == 0
    both = SCALE.score([[("茶 水", 1.0)]], "茶 水")
    apart = SCALE.score([[("茶", 1.0)], [("水", 1.0)]], "茶 水")
    assert both == pytest.approx(apart / 2)


def test_what_stands_often_in_a_short_passage_scores_more() -> None:
    tea: list[Clause] = [[("茶", 1.0)]]
    long = "茶 " + "水 " * 9
    assert SCALE.score(tea, "茶 茶 水") > SCALE.score(tea, "茶 水 水") > SCALE.score(tea, long)
