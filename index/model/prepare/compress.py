"""Makes a float model the 8-bit one that is kept, if that still says the same.

Whether a prepared model still says what the original says.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from index.errors import WenguError
from index.model.encoder import MODEL, OnnxModel
from index.model.prepare.quantize import FULL, REDUCED, quantised, save
from index.model.prepare.smoothing import observe

MEAN_COSINE = 0.99
"""Below this a prepared model is not used."""

SAMPLES = (
    "今天下午三点开会，讨论下个季度的产品路线。",
    "The quick brown fox jumps over the lazy dog.",
    "读书笔记：记忆不是录像，每一次回想都会改写它。因此复述时要回到原文，核对当时写下的句子。",
    "def area(radius: float) -> float:\n    return math.pi * radius ** 2",
    "| 版本 | 日期 | 变化 |\n|---|---|---|\n| 2.1 | 2024-03-05 | 支持离线检索 |",
    "How do vaccines train the immune system, and why do some need a booster after a few years?",
    "臺灣的夜市以小吃聞名：蚵仔煎、臭豆腐、珍珠奶茶。",
    "- 买菜：番茄、鸡蛋、豆腐\n- 周五前交水电费\n- 给妈妈打电话",
    "Transformer 模型用 self-attention 计算每个 token 与其他 token 的关系，复杂度随长度平方增长。",
    "北京",
    "Rainfall in the basin fell by a third between 1990 and 2020, while the population doubled; "
    "farmers answered with drip irrigation, drought-tolerant millet and a market for water rights. "
    "The reservoir, built for floods that no longer come, now serves mostly as a lake for birds.",
    "春分之后，昼渐长而夜渐短。农谚说“春分麦起身，一刻值千金”，意思是这时麦子开始拔节，"
    "水肥若跟不上，一季的收成就耽误了。村里的老人记得，从前要看柳芽和燕子来定下种的日子，"
    "如今手机上的天气预报精确到小时，可他们仍旧习惯抬头看云。",
)
"""Everyday texts of a few kinds, languages and lengths."""


@dataclass(frozen=True, slots=True)
class Quantized:
    """How the kept model was quantised and how near it stays to the original."""

    levels: int
    agreement: float


class QuantizationMismatch(WenguError):
    """The quantised model's vectors are too far from the original's."""


def quantize_checked(
    model: onnx.ModelProto,
    folder: Path,
    tokens: Sequence[Sequence[int]],
    expected: NDArray[np.float32] | None = None,
) -> Quantized:
    """Save ``model`` quantised in ``folder`` and measure it on sample texts.

    ``expected`` holds the original's unit vectors, (texts, dimensions); without it the
    float model's own are taken. Raises Unlike where neither precision is near enough.
    """
    with _running():
        seen = observe(model, folder, tokens)
    measured = 0.0
    for levels in (FULL, REDUCED):
        save(quantised(model, levels, seen.divisors), folder / MODEL)
        with _running():
            found = OnnxModel(folder).vectors(tokens)
        measured = mean_cosine(found, seen.vectors if expected is None else expected)
        if measured >= MEAN_COSINE:
            return Quantized(levels, measured)
    raise QuantizationMismatch(
        f"The quantised model differs from the original (mean cosine {measured:.3f}, at least "
        f"{MEAN_COSINE} needed); update onnxruntime or choose another model."
    )


@contextmanager
def _running() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # the runtime raises bare kinds where a graph cannot be run
        raise QuantizationMismatch(
            f"The model cannot be run as a graph ({error}); choose another."
        ) from error


def mean_cosine(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Mean cosine of unit rows, (texts, dimensions) each; 0 where one is not a number."""
    return float(np.nan_to_num((found * expected).sum(axis=1)).mean())
