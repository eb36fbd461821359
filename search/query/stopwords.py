"""Lists words that say how a question is asked, not what about; folded, as terms are.

A general grammar of Chinese and English questions. In a vault that is mostly Chinese an
English "how" is rarer than any subject, so frequency alone cannot tell.
"""

_ENGLISH = """
    a about across actually after all also am an and any anything are around as at be been before
    being both but by can could did do does doing done during each either else ever every for from
    get give given go got had has have he her here him his how i if in into is it its just like
    many may me might mine more most much my need no not note of off on one only or other our out
    over own please say said same she should since so some something still such tell than that the
    their them then there these they thing this those through to too under up upon us use used
    using very was way we were what when where whether which while who whom whose why will with
    within without would yet you your write wrote written down there's what's i'd i'm i've let
    keep kept make made put come came show find found know want roughly s t d m re ve ll don didn
    doesn isn aren wa wasn doe ha hi itse thi
"""
ENGLISH = frozenset(_ENGLISH.split())
_CHINESE = """
    的 了 吗 呢 吧 啊 呀 么 嘛 是 在 和 与 跟 及 或 而 但 就 都 也 还 又 很 太 最 把 被 给 让 从
    到 对 向 往 于 以 为 因 由 将 会 能 要 想 可 可以 能够 应该 需要 有 没有 没 不 不是 是不是
    有没有 什么 怎么 怎样 怎么样 如何 为什么 为何 哪 哪个 哪些 哪里 哪儿 哪几 哪篇 哪位 谁 几 几个
    几份 多少 多久 多长 多大 多高 何时 什么样 什么时候 时候 我 我们 你 你们 他 她 它 他们 它们
    大家 自己 人家 这 那 这个 那个 这些 那些 这里 那里 这样 那样 这么 那么 其 某 每 各 各自 分别
    一个 一种 一下 一些 一 个 种 里 里面 中 上 下 前 后 之 地 得 着 过 去 来 说 讲 说说 告诉 请
    请问 帮 看看 关于 有关 以及 还有 还是 或者 并且 而且 然后 所以 因为 如果 虽然 到底 究竟 具体
    大概 大约 左右 差不多 一共 总共 里头 其中 记 记录 记过 写 写过 提到 提过 笔记 收 收了 收藏 叫
    做 用 算 才 再 只 只有 靠 拿 像 比如 例如 等 等等 什 要 啥 咋 咱 几篇 几次 那家 有家 有人 有次
"""
CHINESE = frozenset(_CHINESE.split())


def is_stopword(word: str) -> bool:
    """Whether a folded word is only grammar, in either language."""
    return word in ENGLISH or word in CHINESE


def content(terms: list[str]) -> list[str]:
    """The terms less those that are only grammar."""
    return [term for term in terms if not is_stopword(term)]


def meaningful(terms: list[str]) -> list[str]:
    """The terms less the question's own words; all of them when nothing would be left."""
    return content(terms) or terms
