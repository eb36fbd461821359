"""What is taken away from vectors before they are compared."""

import numpy as np
import pytest

from index.model.encoder import Encoder
from index.model.load import load
from index.settings import Settings
from index.vectors import centering

ORIGIN = np.zeros(384, dtype=np.float32)


@pytest.fixture(scope="module")
def encoder(vault: Settings) -> Encoder:
    return load(vault.model, vault.model_cache)


@pytest.fixture(scope="module")
def general(encoder: Encoder) -> dict[str, centering.Vector]:
    return centering.reference_means(encoder)


@pytest.fixture(scope="module")
def centres(encoder: Encoder, general: dict[str, centering.Vector]) -> dict[str, centering.Vector]:
    titles = ["手冲咖啡的水温", "咖啡豆怎么烘焙"] * 20
    return centering.query_means(encoder, titles, general)


def nearness(encoder: Encoder, middle: centering.Vector, first: str, second: str) -> float:
    one, two = (encoder.query(text) - middle for text in (first, second))
    return float(one @ two / np.linalg.norm(one) / np.linalg.norm(two))


def test_without_its_centre_a_question_is_nearer_to_its_own_subject(
    encoder: Encoder, centres: dict[str, centering.Vector]
) -> None:
    same = "How does a steam engine work?", "What drives a steam engine?"
    other = "How does a steam engine work?", "When was the Silk Road closed?"
    raw = nearness(encoder, ORIGIN, *same) - nearness(encoder, ORIGIN, *other)
    moved = nearness(encoder, centres["en"], *same) - nearness(encoder, centres["en"], *other)
    assert moved > 2 * raw


def test_titles_move_the_centres_of_both_languages_the_same_way(
    general: dict[str, centering.Vector], centres: dict[str, centering.Vector]
) -> None:
    shift = {name: centres[name] - general[name] for name in ("zh", "en")}
    assert np.allclose(shift["zh"], shift["en"], atol=1e-6)
    assert np.linalg.norm(shift["zh"]) > 0.05


def test_a_few_notes_on_one_subject_keep_the_subject(
    encoder: Encoder, general: dict[str, centering.Vector]
) -> None:
    vectors = encoder.passages(["手冲咖啡的水温是九十二度。", "咖啡粉与水的比例是一比十五。"])
    middle = centering.passage_mean(vectors, general)
    own = vectors.mean(axis=0)
    assert np.linalg.norm(own - middle) > 10 * np.linalg.norm(own - vectors.mean(axis=0))


def test_a_large_vault_loses_its_own_mean_alone(general: dict[str, centering.Vector]) -> None:
    vectors = np.ones((centering.SAMPLE, 384), dtype=np.float32)
    assert np.allclose(centering.passage_mean(vectors, general), 1)
