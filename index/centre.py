"""Centres: the part that all vectors of a kind share, to be taken away before comparing.

Embeddings crowd into a narrow cone (Mu and Viswanath, "All-but-the-Top", 2018), and part of
what they share says only in which language a text is. Without it a question in English
finds Chinese passages as well as a question in Chinese does. Passages lose their own mean;
a question loses the mean of general questions in its language.
"""

import base64

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.reader import Reader
from index.store import Store

Vector = NDArray[np.float32]

_PRIOR = 50
"""General passages that a vault's own mean is mixed with, so that a handful of notes on one
subject does not lose the subject."""
_TOPICS = {
    "zh": "光合作用 蒸汽机 爵士乐 罗马帝国 疫苗 通货膨胀 国际象棋 火山 莎士比亚 互联网 咖啡"
    " 板块运动 民主选举 围棋 地铁 太阳能 书法 免疫系统 丝绸之路 数据库 马拉松"
    " 汇率 建筑设计 量子力学",
    "en": "photosynthesis|the steam engine|jazz|the Roman Empire|vaccines|inflation|chess|"
    "volcanoes|Shakespeare|the Internet|coffee|plate tectonics|elections|football|the subway|"
    "solar power|calligraphy|the immune system|the Silk Road|databases|marathons|exchange rates|"
    "architecture|quantum mechanics",
}
_QUESTIONS = {
    "zh": ("{}是什么？", "{}是怎么运作的？", "{}是谁在什么时候提出的？", "为什么{}很重要？",
           "{}这些年有什么变化？", "{}有哪些种类，各有什么区别？", "我该怎么开始了解{}？",
           "{}的费用大概是多少？"),
    "en": ("What is {}?", "How does {} work?", "Who came up with {}, and when?",
           "Why does {} matter?", "How did {} change over the years?",
           "Which kinds of {} are there, and how do they differ?", "How do I get started with {}?",
           "Roughly how much does {} cost?"),
}  # fmt: skip
_STATEMENTS = {
    "zh": ("{}的历史可以追溯到很久以前，后来逐渐发展成今天的样子。",
           "关于{}，有几个要点需要注意。"),
    "en": ("{} has a long history and took its present form step by step.",
           "There are several points to note about {}."),
}  # fmt: skip


def question_centres(encoder: Encoder) -> dict[str, Vector]:
    """The mean of general questions for each language, shape (dimensions,)."""
    centres = {}
    for language, topics in _topics().items():
        texts = [form.format(topic) for topic in topics for form in _QUESTIONS[language]]
        vectors = np.stack([encoder.query(text) for text in texts])
        centres[language] = vectors.mean(axis=0).astype(np.float32)
    return centres


def passage_centre(encoder: Encoder, total: Vector, count: int) -> Vector:
    """The mean of ``count`` passages that sum up to ``total``, mixed with the prior."""
    texts = [
        form.format(topic)
        for language, topics in _topics().items()
        for topic in topics
        for form in _STATEMENTS[language]
    ]
    prior = encoder.passages(texts).mean(axis=0)
    mean: Vector = (total + _PRIOR * prior) / (count + _PRIOR)
    return mean.astype(np.float32)


def _topics() -> dict[str, list[str]]:
    return {"zh": _TOPICS["zh"].split(), "en": _TOPICS["en"].split("|")}


def save(store: Store, model: str, name: str, centre: Vector) -> None:
    """Keep a centre with the index; ``name`` is ``passages`` or a language."""
    store.set_meta(f"centre:{model}:{name}", base64.b85encode(centre.tobytes()).decode())


def load(store: Reader, model: str, name: str) -> Vector | None:
    """A centre kept with the index, shape (dimensions,); None before the first vectors."""
    text = store.meta(f"centre:{model}:{name}")
    return np.frombuffer(base64.b85decode(text), dtype=np.float32) if text else None
