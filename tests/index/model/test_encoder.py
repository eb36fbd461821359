"""Encoding with a small ONNX model, prepared as the real one is."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import HIDDEN, LENGTH, LETTERS, bundle

from index.errors import WenguError
from index.model.cache import Manifest
from index.model.encoder import MODEL, OnnxEncoder
from index.model.prepare.bert import build
from index.model.prepare.quantize import FULL, quantised, save
from index.model.prepare.tokenizer_file import save as save_tokenizer
from index.model.tokenizer import PIECES

TEXTS = st.lists(st.text(st.sampled_from(LETTERS + " "), max_size=60), max_size=6)
MANIFEST = Manifest("tiny", "", "print", "onnx", HIDDEN, LENGTH, "q ", "pp ", 1.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    save_tokenizer(bundle(), folder / PIECES)
    save(quantised(build(bundle()), FULL), folder / MODEL)
    return folder


@pytest.fixture(scope="module")
def encoder(folder: Path) -> OnnxEncoder:
    return OnnxEncoder(folder, MANIFEST)


@given(TEXTS)
def test_every_vector_has_length_one(encoder: OnnxEncoder, texts: list[str]) -> None:
    vectors = encoder.passages(texts)
    assert vectors.shape == (len(texts), HIDDEN) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@given(TEXTS)
def test_a_vector_does_not_depend_on_its_neighbours(encoder: OnnxEncoder,
                                                    texts: list[str]) -> None:  # fmt: skip
    together = encoder.passages(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_array_equal(encoder.passages([text])[0], vector)


def test_a_question_gets_another_prompt_than_a_passage(encoder: OnnxEncoder) -> None:
    assert not np.array_equal(encoder.query("ab"), encoder.passages(["ab"])[0])


def test_the_same_prompt_gives_the_same_vector(folder: Path) -> None:
    encoder = OnnxEncoder(folder, replace(MANIFEST, query_prompt="pp "))
    np.testing.assert_array_equal(encoder.query("ab"), encoder.passages(["ab"])[0])


def test_a_text_of_the_longest_length_is_read_to_its_end(encoder: OnnxEncoder) -> None:
    text = "c" * (encoder.max_tokens - 1)
    assert encoder.count_tokens([text]) == [encoder.max_tokens]
    assert not np.array_equal(*encoder.passages([text, text[:-1] + "d"]))


def test_what_is_beyond_the_longest_length_changes_nothing(encoder: OnnxEncoder) -> None:
    text = "c" * LENGTH
    np.testing.assert_array_equal(*encoder.passages([text, text + "d" * 50]))


def test_threads_may_share_an_encoder(encoder: OnnxEncoder) -> None:
    texts = [letter * 9 for letter in LETTERS]
    expected = encoder.passages(texts)
    found: list[bool] = []

    def work() -> None:
        found.append(np.array_equal(encoder.passages(texts), expected))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 4


def test_a_model_file_that_is_no_model_says_what_to_delete(folder: Path, tmp_path: Path) -> None:
    (tmp_path / PIECES).write_bytes((folder / PIECES).read_bytes())
    (tmp_path / MODEL).write_text("not a model")
    with pytest.raises(WenguError, match="delete that folder"):
        OnnxEncoder(tmp_path, MANIFEST)


def test_the_runtime_keeps_no_log_of_use_to_send_home(folder: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.model.encoder import OnnxModel;"
        "OnnxModel(Path(sys.argv[1])).vectors([[1, 2]])"
    )
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache")}
    usual = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH")}
    subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=usual | home)
    assert list(tmp_path.rglob("*")) == []
