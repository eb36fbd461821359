"""The reader: question and passage read together."""

import pytest

from index.model.load import load_reader
from index.model.passage_reader import MOST_TOKENS, PassageReader
from index.settings import Settings

KETTLE = (
    "水壶是去年在苏州买的。",
    "泡这款乌龙，水要烧到九十五度。",
    "杯子放在厨房的第二个抽屉里。",
)
CAMP = (
    "The camp site lies by the river.",
    "We paid 40 euros a night for the two tents.",
    "Breakfast is served from eight.",
)


@pytest.fixture(scope="module")
def reader() -> PassageReader:
    return load_reader(Settings().model_cache)


@pytest.mark.parametrize(
    ("question", "sentences", "right"),
    [
        ("泡乌龙茶水温多少？", KETTLE, 1),
        ("Where did I put the cups?", KETTLE, 2),
        ("What did a night at the camp site cost?", CAMP, 1),
        ("几点开始吃早饭？", CAMP, 2),
    ],
)
def test_the_sentence_that_answers_scores_best_in_either_language(
    reader: PassageReader, question: str, sentences: tuple[str, ...], right: int
) -> None:
    scores = reader.read(question, [("", sentences)])[0].sentences
    assert max(range(len(scores)), key=scores.__getitem__) == right


def test_a_passage_that_answers_scores_above_one_that_does_not(reader: PassageReader) -> None:
    about_tea, about_camp = reader.read("泡乌龙茶水温多少？", [("", KETTLE), ("", CAMP)])
    assert about_tea.passage > about_camp.passage


def test_what_is_read_does_not_depend_on_its_neighbours(reader: PassageReader) -> None:
    alone = reader.read("泡乌龙茶水温多少？", [("", KETTLE)])[0]
    assert reader.read("泡乌龙茶水温多少？", [("", CAMP), ("", KETTLE)])[1] == alone


def test_sentences_beyond_the_limit_score_below_all_others(reader: PassageReader) -> None:
    many = ["水要烧到九十五度。"] * MOST_TOKENS
    scores = reader.read("水温？", [("", many)])[0].sentences
    assert len(scores) == len(many) and scores[0] > float("-inf") == scores[-1]


def test_a_passage_without_sentences_is_read_by_its_headings(reader: PassageReader) -> None:
    found = reader.read("水温？", [("乌龙茶", ())])[0]
    assert found.sentences == () and found.passage < 0
