"""Other sentence-transformers models: prepared like the default, or run as they are."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_models import LENGTH, LETTERS, sentence_transformer

from index.errors import WenguError
from index.model.encoder import OnnxEncoder
from index.model.load import load

pytest.importorskip("sentence_transformers", reason="the package is not installed")

TEXTS = ["abc def", "春夏秋冬", "a long text, longer than the rest: east, west.", "z " * 3 * LENGTH]
PROMPTS = {"query": "ask: ", "document": "tell: "}


def cosines(found: NDArray[np.float32], expected: Any) -> NDArray[np.float32]:
    rows: NDArray[np.float32] = (found * expected).sum(axis=-1)
    return rows


def open_original(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu")


@pytest.mark.parametrize("pooling", ["mean", "cls", "max", "lasttoken"])
def test_a_prepared_model_keeps_its_pooling_and_prompts(tmp_path: Path, pooling: str) -> None:
    folder = sentence_transformer(tmp_path, pooling, prompts=PROMPTS)
    encoder = load(str(folder), tmp_path / "cache")
    original = open_original(folder)
    assert isinstance(encoder, OnnxEncoder)
    passages = original.encode_document(TEXTS, normalize_embeddings=True)
    questions = original.encode_query(TEXTS, normalize_embeddings=True)
    assert cosines(encoder.passages(TEXTS), passages).mean() > 0.99
    assert cosines(np.stack([encoder.query(t) for t in TEXTS]), questions).mean() > 0.99
    assert cosines(encoder.passages(TEXTS), questions).mean() < 0.99


def test_vectors_have_length_one_though_the_model_leaves_them_as_they_are(tmp_path: Path) -> None:
    folder = sentence_transformer(tmp_path, normalize=False)
    vectors = load(str(folder), tmp_path / "cache").passages(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_prompt_by_default_is_used_for_both(tmp_path: Path) -> None:
    options = {"prompts": {"any": "say: "}, "default_prompt_name": "any"}
    encoder = load(str(sentence_transformer(tmp_path, **options)), tmp_path / "cache")
    np.testing.assert_array_equal(encoder.query("abc"), encoder.passages(["abc"])[0])
    assert encoder.max_tokens == LENGTH - 2 - encoder.count_tokens(["say: "])[0]


def test_the_prepared_folder_is_used_again_without_the_original(tmp_path: Path) -> None:
    folder = sentence_transformer(tmp_path)
    load(str(folder), tmp_path / "cache")
    said: list[str] = []
    load(str(folder), tmp_path / "cache", said.append)
    assert said == []


def test_a_changed_model_is_prepared_again_under_another_fingerprint(tmp_path: Path) -> None:
    folder = sentence_transformer(tmp_path)
    before = load(str(folder), tmp_path / "cache").fingerprint
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-400:] = bytes(400)
    weights.write_bytes(data)
    state = weights.stat()
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))
    assert load(str(folder), tmp_path / "cache").fingerprint != before


def test_the_same_model_elsewhere_has_the_same_fingerprint(tmp_path: Path) -> None:
    one = sentence_transformer(tmp_path / "a")
    other = sentence_transformer(tmp_path / "b")
    prints = [load(str(folder), tmp_path / "cache").fingerprint for folder in (one, other)]
    assert prints[0] == prints[1]


def test_other_prompts_or_pooling_have_another_fingerprint(tmp_path: Path) -> None:
    folders = [
        sentence_transformer(tmp_path / "a"),
        sentence_transformer(tmp_path / "b", "cls"),
        sentence_transformer(tmp_path / "c", prompts=PROMPTS),
    ]
    assert len({load(str(folder), tmp_path / "cache").fingerprint for folder in folders}) == 3


@pytest.fixture
def unprepared(tmp_path: Path) -> Path:
    """A model that averages fixed vectors of words: nothing that the exporter can follow."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    tokenizer = Tokenizer(WordLevel({"?": 0} | {c: i + 1 for i, c in enumerate(LETTERS)}, "?"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    parts = [StaticEmbedding(tokenizer, embedding_dim=24)]
    model = SentenceTransformer(modules=parts, device="cpu", prompts=PROMPTS)
    model.save(str(tmp_path / "static"))
    return tmp_path / "static"


def test_a_model_that_cannot_be_exported_runs_as_it_is(unprepared: Path, tmp_path: Path) -> None:
    said: list[str] = []
    encoder = load(str(unprepared), tmp_path / "cache", said.append)
    original = open_original(unprepared)
    texts = ["abc", "春", "x y"]
    expected = original.encode_document(texts, normalize_embeddings=True)
    np.testing.assert_allclose(encoder.passages(texts), expected, atol=1e-5)
    question = original.encode_query("abc", normalize_embeddings=True)
    np.testing.assert_allclose(encoder.query("abc"), question, atol=1e-5)
    assert encoder.count_tokens(["abc", ""]) == [3, 0]
    assert any("sentence-transformers" in line for line in said)


def test_the_attempt_to_export_is_made_once(unprepared: Path, tmp_path: Path) -> None:
    load(str(unprepared), tmp_path / "cache")
    said: list[str] = []
    load(str(unprepared), tmp_path / "cache", said.append)
    assert said == []


def test_pooling_that_leaves_the_prompt_out_is_not_exported(tmp_path: Path) -> None:
    folder = sentence_transformer(tmp_path, prompts=PROMPTS)
    settings = folder / "1_Pooling" / "config.json"
    text = settings.read_text("utf-8")
    assert '"include_prompt": true' in text
    settings.write_text(text.replace('"include_prompt": true', '"include_prompt": false'))
    encoder = load(str(folder), tmp_path / "cache")
    expected = open_original(folder).encode_document(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(encoder.passages(TEXTS), expected, atol=1e-5)


def test_a_name_that_nobody_knows_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(WenguError, match="cannot be opened"):
        load("nobody/no-such-model", tmp_path / "cache")
    assert not any((tmp_path / "cache").iterdir())


def test_where_torch_needs_a_process_of_its_own_it_is_never_loaded_here(
    unprepared: Path, tmp_path: Path
) -> None:
    """Of two models one is exported there, and one runs there."""
    traced = sentence_transformer(tmp_path / "traced")
    expected = tmp_path / "expected.npy"
    np.save(expected, open_original(unprepared).encode_query("abc", normalize_embeddings=True))
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "import numpy as np\n"
        "from index.model import torch_encoder\n"
        "from index.model.load import load\n"
        "torch_encoder.APART = True\n"
        "cache, expected, *folders = map(Path, sys.argv[1:])\n"
        "said = []\n"
        "models = [load(str(folder), cache, said.append) for folder in folders]\n"
        "assert any(line.startswith('Preparing the model') for line in said), said\n"
        "kinds = [type(model).__name__ for model in models]\n"
        "assert kinds == ['OnnxEncoder', 'RemoteTorchEncoder'], kinds\n"
        "np.testing.assert_allclose(models[1].query('abc'), np.load(expected), atol=1e-5)\n"
        "assert models[1].passages(['a', 'b']).shape == (2, models[1].dimensions)\n"
        "assert models[1].count_tokens(['abc']) == [3] and models[1].max_tokens > 0\n"
        "assert 'torch' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "cache", expected, traced, unprepared],
        capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
