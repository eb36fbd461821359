"""A quantised model is kept only if it agrees with the original."""

from pathlib import Path

import numpy as np
import pytest
from tiny_models import HIDDEN, bundle

from index.model.encoder import MODEL
from index.model.prepare.bert import build
from index.model.prepare.compress import QuantizationMismatch, quantize_checked
from index.model.prepare.quantize import FULL

TOKENS = [[0, 5, 6, 2], [0, 9, 12, 30, 7, 2]]


def test_a_model_that_agrees_is_saved_with_its_agreement(tmp_path: Path) -> None:
    found = quantize_checked(build(bundle()), tmp_path, TOKENS)
    assert found.levels == FULL and 0.99 < found.agreement < 1.0001
    assert (tmp_path / MODEL).is_file()


def test_a_model_unlike_its_original_is_refused(tmp_path: Path) -> None:
    other = np.eye(2, HIDDEN, dtype=np.float32)
    with pytest.raises(QuantizationMismatch, match="differs from the original"):
        quantize_checked(build(bundle()), tmp_path, TOKENS, other)


def test_vectors_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    broken = np.full((2, HIDDEN), np.nan, np.float32)
    with pytest.raises(QuantizationMismatch):
        quantize_checked(build(bundle()), tmp_path, TOKENS, broken)


def test_a_graph_that_fails_on_some_length_is_refused(tmp_path: Path) -> None:
    longer_than_its_positions = [[5] * 200]
    with pytest.raises(QuantizationMismatch, match="cannot be run"):
        quantize_checked(build(bundle()), tmp_path, longer_than_its_positions, np.eye(1, HIDDEN))
