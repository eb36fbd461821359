"""Centres: the part that all vectors of a kind share, to be taken away before comparing.

Embeddings crowd into a narrow cone (Mu and Viswanath, "All-but-the-Top", 2018), and part of
what they share says only in which language a text is. Without it a question in English
finds Chinese passages as well as a question in Chinese does. Passages lose their own mean;
a question loses the mean of questions in its language on such subjects.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.journal import Vectors
from index.store import Store

Vector = NDArray[np.float32]


class Named(Protocol):
    """What keeps values by name, as every store does."""

    def meta(self, key: str, default: str = "") -> str: ...


VERSION = 3
"""Raised when centres are measured otherwise, so that kept ones are measured again."""
SAMPLE = 512
"""Passages that stand for all: their mean is 0.02 from that of 41,000, and ranks alike. One edit
in forty of such a vault moves it."""
TITLES = 120
"""Titles that stand for all: twice as many move the centre no further."""
_PRIOR = 50
"""General passages that a vault's own mean is mixed with, so that a handful of notes on one
subject does not lose the subject; fewer, the nearer the vault comes to a full sample."""
_TITLES_PRIOR = 10
"""Titles of other vaults that the shift is mixed with: a handful says little."""
_TIMES = 4
"""Forms in which each general topic is asked about."""
_TOPICS = {
    "zh": "光合作用 蒸汽机 爵士乐 罗马帝国 疫苗 通货膨胀 国际象棋 火山 莎士比亚 互联网 咖啡"
    " 板块运动 民主选举 围棋 地铁 太阳能 书法 免疫系统 丝绸之路 数据库 马拉松"
    " 汇率 建筑设计 量子力学",
    "en": "photosynthesis|the steam engine|jazz|the Roman Empire|vaccines|inflation|chess|"
    "volcanoes|Shakespeare|the Internet|coffee|plate tectonics|elections|football|the subway|"
    "solar power|calligraphy|the immune system|the Silk Road|databases|marathons|exchange rates|"
    "architecture|quantum mechanics",
}
_SHORT = {
    "zh": ("{}是什么？", "{}是怎么运作的？", "{}是谁在什么时候提出的？", "为什么{}很重要？",
           "{}这些年有什么变化？", "{}有哪些种类，各有什么区别？", "我该怎么开始了解{}？",
           "{}的费用大概是多少？"),
    "en": ("What is {}?", "How does {} work?", "Who came up with {}, and when?",
           "Why does {} matter?", "How did {} change over the years?",
           "Which kinds of {} are there, and how do they differ?", "How do I get started with {}?",
           "Roughly how much does {} cost?"),
}  # fmt: skip
_LONG = {
    "zh": ("我记得有人写过{}，里面说的具体数字是多少，后来又怎么变的？",
           "关于{}，我的笔记里双方各自怎么说，最大的分歧在哪？",
           "那个讲{}的项目，默认设置是什么，想换成别的要改哪里、有什么代价？",
           "{}前后有过几个版本，分别是什么时候出的，每一版改了什么？",
           "有没有哪篇讲过{}为什么失败，最后是怎么解决的，花了多久？",
           "把我收藏的跟{}有关的几篇列一下，每篇一句话说说它的主要观点。",
           "{}跟别的做法比到底好在哪，有没有人不同意，理由是什么？",
           "照着{}的说明一步步做，第一步要装什么，出错了去哪里看日志？"),
    "en": ("I remember someone wrote about {}. What were the exact numbers, and how did they"
           " change later?",
           "On {}, what do the two sides in my notes each say, and where do they disagree most?",
           "For that project about {}, what is the default, what do I have to change to use"
           " something else, and at what cost?",
           "How many versions of {} were there, when did each come out, and what did each one"
           " change?",
           "Is there a note on why {} failed, how it was solved in the end and how long that took?",
           "List what I have saved about {}, with one line on the main point of each.",
           "What makes {} better than the alternatives, and does anyone disagree and why?",
           "Following the instructions for {}, what do I install first and where do I look when it"
           " fails?"),
}  # fmt: skip
_STATEMENTS = {
    "zh": ("{}的历史可以追溯到很久以前，后来逐渐发展成今天的样子。",
           "关于{}，有几个要点需要注意。"),
    "en": ("{} has a long history and took its present form step by step.",
           "There are several points to note about {}."),
}  # fmt: skip


def general(encoder: Encoder) -> dict[str, Vector]:
    """What texts on general subjects share, whatever the vault: a constant of the model.

    ``passages``, and for each language all its questions and the ``short`` ones alone.
    """
    texts = [
        form.format(topic)
        for language, topics in _topics().items()
        for topic in topics
        for form in _STATEMENTS[language]
    ]
    means = {"passages": encoder.passages(texts).mean(axis=0, dtype=np.float32)}
    for language, topics in _topics().items():
        short = _mean(encoder, _filled(_SHORT[language], topics, _TIMES))
        long = _mean(encoder, _filled(_LONG[language], topics, _TIMES))
        means |= {f"short {language}": short, language: (short + long) / 2}
    return means


def question_centres(
    encoder: Encoder, titles: Sequence[str], known: Mapping[str, Vector]
) -> dict[str, Vector]:
    """The mean of questions for each language, shape (dimensions,).

    General questions (``known``) say what a language shares; the titles of a vault (some
    of them do) say what its subjects share: by how much short questions on them differ from
    the same questions on general subjects, in the titles' own language, so that a vault in
    one language moves questions in the other as well.
    """
    centres = {language: known[language] for language in _topics()}
    for language in _topics():
        own = [title for title in titles if _is_chinese(title) == (language == "zh")]
        if own:
            shift = _mean(encoder, _filled(_SHORT[language], own, 1)) - known[f"short {language}"]
            share = len(own) / (len(titles) + _TITLES_PRIOR)
            centres = {name: centre + share * shift for name, centre in centres.items()}
    return {name: centre.astype(np.float32) for name, centre in centres.items()}


def _filled(forms: Sequence[str], subjects: Sequence[str], times: int) -> list[str]:
    """Each subject in some of the forms, all forms about equally often."""
    return [
        forms[(place * times + turn) % len(forms)].format(subject)
        for place, subject in enumerate(subjects)
        for turn in range(times)
    ]


def _mean(encoder: Encoder, questions: Sequence[str]) -> Vector:
    vectors = np.stack([encoder.query(question) for question in questions])
    mean: Vector = vectors.mean(axis=0).astype(np.float32)
    return mean


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def passage_centre(sample: Vectors, known: Mapping[str, Vector]) -> Vector:
    """The mean of some passages' vectors, (n, dimensions), mixed with the general one."""
    prior = _PRIOR * max(0.0, 1 - len(sample) / SAMPLE)
    total = sample.sum(axis=0, dtype=np.float64) + prior * known["passages"]
    mean: Vector = (total / (len(sample) + prior)).astype(np.float32)
    return mean


def _topics() -> dict[str, list[str]]:
    return {"zh": _TOPICS["zh"].split(), "en": _TOPICS["en"].split("|")}


def save(store: Store, model: str, name: str, centre: Vector) -> None:
    """Keep a centre with the index; ``name`` is ``passages`` or a language."""
    store.set_meta(f"centre:{model}:{name}", base64.b85encode(centre.tobytes()).decode())


def load(store: Named, model: str, name: str) -> Vector | None:
    """A centre kept with the index, shape (dimensions,); None before the first vectors."""
    text = store.meta(f"centre:{model}:{name}")
    return np.frombuffer(base64.b85decode(text), dtype=np.float32) if text else None
