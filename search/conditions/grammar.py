"""The closed-class words of questions that select notes, in Chinese and English.

Only grammar: question words, superlatives and the measures that adjectives speak of, bounds,
negation, and words that say nothing of what is asked for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.text.terms import stem
from search.condition import Operator
from search.query.english import base_forms
from search.query.stopwords import CHINESE, ENGLISH


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


MEASURE = "[台个本篇条部家只款种张件位名辆间处首道份次门把棵瓶双项座]"
COUNT = _any(
    r"\bhow many\b",
    r"(?:^\W*|\b(?:what|what['’]s|is|are|me|count) )(?:the )?(?:total )?number of\b",
    rf"(?:一?共)?(?:有|记了?)?(?:多少|几){MEASURE}",
)  # fmt: skip
LIST = _any(
    r"\bwhich(?: ones?)?\b",
    r"\bwhat (?!(?:is|are|was|were|does|do|did|has|have|if|about|to|kind)\b)(?=\w)",
    r"\b(?:list|show|find|give)(?: me)?(?: all| every)?\b", r"^\W*(?:all|every)\b",
    rf"(?:都?有|是|都?是|为)?哪一?(?:些|几)?{MEASURE}?(?![里儿天年月日])",
    r"(?:都?有)(?:些)?什么", r"列[出举](?:一下)?|列一下",
)  # fmt: skip
SEVERAL = _any(
    r"\b(?:which|what)(?: [\w'’-]+){0,3} (?!is\b|was\b|does\b|has\b)\w+s\b",
    r"\b(?:list|all|every)\b", r"哪些|哪几|列[出举]|列一下|有什么",
)  # fmt: skip
"""A question for several things."""
NEGATION = _any(
    r"(?:(?<!差)不|没有|没|除了?|非|别)(?:是|在|属于|用|由|带|含|放在?|住在?|归|标)?[ ]*$",
    r"(?:\b(?:not|without|except(?: for)?|excluding|other than|no|non|isn['’]?t|aren['’]?t"
    r"|don['’]?t|doesn['’]?t|wasn['’]?t|weren['’]?t)\b)"
    r"(?:[ ]\w+)??(?:[ ](?:in|by|on|at|from|under|with|the|a|an|for|to|have|has|as|tagged))*[ -]*$",
)  # fmt: skip
OR = _any(r"^\W*(?:or|或者?|还是)\W*$")
EITHER = _any(r"\b(?:more|less|fewer|\w{2,}er)\b[^,?]*,[^,?]+\bor\b[^,?]+\W*$")
"""Which has more of something, this or that: it is asked of both, not of what is filed so."""
IS = _any(r"\s*(?:是|为|[:：=]|\b(?:is|are|was|were)\b)?\s*")
IS_SAID = re.compile(
    r"(?:\s*(?:是|为|[:：=])\s*|\s+(?:(?:is|are|was|were)\s+)?)"
    r"(?P<value>[\u3400-\u9fff]{1,10}?(?=的|[\W]|$)|(?<=\s)[A-Z][\w-]*(?: [A-Z][\w-]*)*)"
)
"""What a property is said to be, as far as it is a name."""
TAGGED = _any(r"\btag(?:s|ged)?\b(?: with| as)?|标签|标了|打了|#")
FILED = _any(r"\b(?:folder|directory)\b|文件夹|目录")

_ADJECTIVES = "贵长久短大小高矮低重轻快慢新旧老早晚近好差深厚薄"
_SUPERLATIVE = re.compile(
    rf"最(?P<zh>便宜|[多少{_ADJECTIVES}])"
    r"|\b(?P<word>most|least|fewest)\b|\b(?P<est>[a-z]{2,}est|best|worst)\b",
    re.IGNORECASE,
)
ANY_SUPERLATIVE = re.compile(
    r"最(?P<zh>[\u3400-\u9fff]{1,2}?)(?=的|\W|$)"
    r"|\bmost (?P<word>[a-z]{3,})\b|\b(?P<est>[a-z]{3,}est)\b",
    re.IGNORECASE,
)
"""Also of adjectives whose measure only the vault's keys tell: the sweetest, 最甜."""
_SCALES: tuple[tuple[str, str, str], ...] = (
    ("expensive pricy costly 贵", "cheap 便宜", "price cost 价 费 钱 金额"),
    ("long 长 久", "short 短", "length duration time 时长 长度 期 年限"),
    ("large big 大", "small little 小", "size area capacity volume 大小 面积 容量 尺寸"),
    ("tall high 高", "low 低 矮", "height level 高度 身高"),
    ("heavy 重", "light 轻", "weight 重量 体重"),
    ("fast quick 快", "slow 慢", "speed 速度"),
    ("new recent late young 新 晚 近", "old early 旧 老 早", "date 日期 时间"),
    ("good top 好", "bad 差", "rating score grade 评分 得分 分数 成绩"),
    ("deep 深", "shallow 浅", "depth 深度"),
    ("thick 厚", "thin 薄", "thickness page 厚度 页"),
)
_HOW_MUCH = re.compile(
    r"\bhow (?P<how>(?!many|much)[a-z]{3,})\b|多(?P<duo>[贵长久大高重快深厚])"
    r"|\b(?P<than>[a-z]{2,}er|(?<=more |less )[a-z]{3,})\b"
    rf"|更(?P<geng>便宜|[{_ADJECTIVES}])"
    r"|多少钱|几块钱"
    r"|\bhow much\b(?=.*\b(?:costs?|pa(?:y|id))\b|(?: money)?(?: is| are| was| were)\b)",
    re.IGNORECASE,
)
"""How much of something is asked; by the last of them of money."""
_MANY, _FEW = frozenset({"most", "多"}), frozenset({"least", "fewest", "少"})
_ENGLISH_PLAIN = """
    list thing item one entry file total altogether number count record recorded currently now
    please kept have has had got there other mine tag tagged label labelled folder directory
    under both either each also too saved noted named called marked filed written
"""
_PLAIN = frozenset(_ENGLISH_PLAIN.split())
_PLAIN_CHINESE = """
    列出 列一下 列举 一共 总共 全部 所有 现在 目前 属于 带有 带 标签 文件夹 目录 的话
    东西 条目 里头 之中 之间 当中 以外 之外 同时 并 且 又 既 我 记 记下 存 存了 有关
    关于 目录下 里 含有 包含 是 为 共
"""
_CHINESE_PLAIN = frozenset(_PLAIN_CHINESE.split())
_CHARACTERS = frozenset(
    "的了吗呢是有在和与或及也都还里中上下内外之于被把给我你"
    "其各哪些个几多少么什而且又并共所以该这那用由"
)


@dataclass(frozen=True, slots=True)
class Superlative:
    """The most or the least of something."""

    op: Operator
    start: int
    end: int
    measures: tuple[str, ...]
    """What the adjective measures, by its nouns; none for the most and the least of a noun."""

    @property
    def of_dates(self) -> bool:
        """Whether it is a matter of time."""
        return "date" in self.measures


def superlative(text: str) -> Superlative | None:
    """The first superlative of a question."""
    for match in _SUPERLATIVE.finditer(text):
        said = (match["zh"] or match["word"] or match["est"]).lower()
        if match["word"]:
            following = re.match(r"\s+([a-z]+)", text[match.end() :], re.IGNORECASE)
            found = _scale([following[1].lower()]) if following else None
            if found and following:
                op, measures = found
                op = op if said == "most" else _other(op)
                return Superlative(op, match.start(), match.end() + following.end(), measures)
        if said in _MANY or said in _FEW:
            op = "max" if said in _MANY else "min"
            return Superlative(op, match.start(), match.end(), ())
        if found := _scale([said, *base_forms(said)]):
            return Superlative(found[0], match.start(), match.end(), found[1])
    return None


def has_measure(word: str) -> bool:
    """Whether it is known what an adjective measures, or it is most or least."""
    return word in _MANY | _FEW or _scale([word, *base_forms(word)]) is not None


def _other(op: Operator) -> Operator:
    return "min" if op == "max" else "max"


def _scale(words: list[str]) -> tuple[Operator, tuple[str, ...]] | None:
    for much, little, measures in _SCALES:
        for word in words:
            if word in much.split():
                return "max", tuple(measures.split())
            if word in little.split():
                return "min", tuple(measures.split())
    return None


def measures_of(text: str) -> Iterator[tuple[str, ...]]:
    """What comparatives of a text measure: of "cheaper than 30" prices."""
    for match in re.finditer(
        r"\b([a-z]{2,}er) than\b|([贵长短大小高低重轻快慢早晚])于", text, re.IGNORECASE
    ):
        word = (match[1] or match[2]).lower()
        if found := _scale([word, *base_forms(word)]):
            yield found[1]


def measures(names: Iterable[str], nouns: Sequence[str]) -> bool:
    """Whether one of a property's names is one of these nouns, in part at least."""
    return any(
        noun in (name, *re.split(r"[\W_]+", name)) if noun.isascii() else noun in name
        for name in map(str.lower, names)
        for noun in nouns
    )


def measures_asked(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a question wants measured, and its words that say so: how heavy, 多重, 更贵."""
    for match in _HOW_MUCH.finditer(text):
        said = (match["how"] or match["duo"] or match["than"] or match["geng"] or "").lower()
        found = _scale([said, *base_forms(said)]) if said else _scale(["cheap"])
        if found:
            yield match[0], found[1]


def is_plain(word: str) -> bool:
    """Whether a word says nothing of what is asked for."""
    if word.isascii():
        return not {word, stem(word)}.isdisjoint(ENGLISH | _PLAIN)
    return word in CHINESE or word in _CHINESE_PLAIN or _CHARACTERS.issuperset(word)
