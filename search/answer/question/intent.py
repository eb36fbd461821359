"""Tells what kind of answer a question wants, by a small grammar of Chinese and English."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.store.records import StoredNote
from index.text.language import Language, language
from index.text.terms import terms
from search.query.stopwords import ENGLISH
from search.result import Kind

_LONGEST_NAME = 60
"""Characters of a property's value that may be whose note it is."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("timeline", _any(
        r"\b(?:changed?|evolv\w*|progress\w*|climb\w*|histor\w*|timeline|over time)\b",
        r"\bover the years\b", r"\bwalk me through\b",
        r"\b(?:across|each|every) (?:\w+ ){0,4}"
        r"(?:versions?|releases?|generations?|editions?|cards?)\b",
        r"\bfrom .{2,60}\bto\b.{2,60}\b(?:how|what)\b",
        r"\bhow did .{3,80}\b(?:go|move|grow|rise|fall)\b",
        r"变化|怎么变|变了|演变|演进|历程|时间线|时间顺序|沿革|历代|各版|各个?版本|换过好?几|一路",
        r"先后|前后(?:数字|两|几|分别)|从.{1,30}到.{1,40}(?:分别|怎么|多少|如何|各|走到)|反过来",
    )),
    ("howto", _any(r"哪几步|一步步|分几步|\bsteps?\b")),
    ("definition", _any(r"\bdefin\w+", r"\bmeaning of\b|什么是|定义|含义|什么意思",
        r"\b(?:stands?|short) for\b|\babbreviat\w*|缩写|简称|全称",)),
    ("compare", _any(
        r"\b(?:compar\w*|differ\w*|versus|vs\.?|contrast\w*|opposite ways|trade-?offs?)\b",
        r"\bwhich (?:is|one is|was) \w+er\b", r"\bbetween .{2,60} and\b",
        r"\bwhich\b[^,]*\b(?:more|less|\w+er)\b[^,]*,.+\bor\b",
        r"\bthe same(?: \w+){0,2}\?",
        r"\bdivision of labou?r\b",
        r"对比|比较|区别|差别|差异|差多少|不同|相比|有何异同|不一样|哪[个种款台座家本].{0,6}更|谁更|分开|各要|各是|两边|一回事",
        r"一样吗|相同吗|是否相同",
    )),
    ("list", _any(
        r"\bwhich (?:of )?(?:my|the|our) \w+s\b", r"\blist\b",
        r"^\W*which (?:\w+ )?\w+s (?:are|were|have|had|got|use|need|run|support|cost)\b",
        r"\bwhich \w+ (?:\w+ )?(?:posts|notes|tools|projects|articles|papers|profiles)\b",
        r"\bwhat (?:\w+ ){0,3}(?:have|did) i (?:save|file|collect|bookmark|note)",
        r"\bwhich (?:\w+[- ]){1,4}(?:do|have|did) i\b", r"\b(?:all|every) (?:of )?(?:my|the) \w+",
        r"哪些|哪几|有什么.{0,8}(?:项目|工具|笔记|文章)|列出|列一下|清单|盘点|都有谁|几份|几篇",
        r"收了.{0,12}[几哪]",
    )),
    ("howto", _any(
        r"\bhow (?:do|can|should|would) (?:i|we|you|one)\b", r"\bhow to\b", r"\bset ?up\b",
        r"怎么(?:做|办|弄|装|用|配|设|写|解决|修|开|处理|避免|安装|配置|彻底)|如何|步骤|怎样才|教程",
        r"要怎么|得怎么",
    )),
    ("opinion", _any(
        r"\b(?:opinions?|thinks?|thought|views?|believ\w*|argu\w+|complain\w*|critici\w+|worr\w+)\b",
        r"\bhave against\b",
        r"怎么看|看法|观点|认为|觉得|评价|吐槽|买账|担心|主张|怎么想|态度|立场|回应",
    )),
    ("definition", _any(
        r"^\W*what (?:is|are) (?:an? )?(?:(?!\b(?:of|for|in|the|my)\b)[\w\s.-]){1,40}\W*$",
        r"^\W*what does .{1,40} mean\W*$",
        r"^[^的]{1,30}是什么(?:东西)?[？?]?\s*$|指的?是什么|怎么理解|概念",
    )),
)  # fmt: skip
_NUMBER = _any(
    r"\bhow (?:many|much|long|big|large|often|expensive|fast|far|old)\b",
    r"\bwhat (?:factor|percent\w*|share)\b",
    r"\b(?:cost|pric(?:e|es|ing)|length|size|weight|score|scores|numbers?|speed-?up|percent\w*|factor|rate)\b",
    r"[数容重用产销流电]量|长度|尺寸|分辨率|定价|多少|几[个条份篇次倍年天步种款]|多[大久长高快贵远]|比例|占比|百分|价格|数字|准确率|延迟",
)  # fmt: skip
_DATE = _any(
    r"\bwhen\b", r"\bwhat (?:date|day|month|year)\b", r"\bwhich (?:day|month|year)\b",
    r"什么时候|何时|哪[一]?[天年月]|几[年月号日]|日期|时间",
)  # fmt: skip
_ASKING = _any(
    r"[哪那这][一]?[天年月家条篇本些个种位版代次]|多少|什么|怎么[看想说样]?|是谁|谁的|是否|有没有|请问|到底|一共|总共"
    r"|具体|分别|各自|一样|不同|里面|词条|笔记|我的|其中|之间|以后|之后|时候|时间|日期|[多几]久|吗|呢",
    r"变[化了]?|演[变进]|历程|历代|各个?版|对比|比较|区别|差别|差异|相比|列出|如何|步骤|看法|观点|认为|觉得|评价"
    r"|态度|定义|含义|意思|概念|指的|缩写|简称|全称",
    r"\b(?:chang(?:e|ed|es)|evolv\w+|versions?|compar\w+|differ\w*|between|steps?|lists?|opinions?"
    r"|think\w*|thought|views?|believ\w+|defin\w+|mean\w*|record(?:ed)?|notes?|which|latest|current(?:ly)?|year|date)\b",
    r"\b(?:stands?|short) for\b|\babbreviat\w*",
)  # fmt: skip
"""What only makes a question one, whatever its subject."""


_ENTRIES = _any(
    r"词条|术语表", r"\b(?:concept|glossary) (?:entry|entries|notes?)\b", r"\bmy glossary\b",
    r"\b(?:the|that|my) entry\b|\bmy entries\b",
)  # fmt: skip
_ELSEWHERE = _any(r"关联|链接|挂在", r"\blink(?:s|ed)?\b|\brelated\b")
_NAME = re.compile(r"[A-Za-z0-9](?:[.+-]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood."""

    text: str
    lang: Language
    kind: Kind
    wants_number: bool
    wants_date: bool


def understand(text: str) -> Question:
    """Language, kind and what a question asks for."""
    return Question(
        text=text,
        lang=language(text),
        kind=next((kind for kind, pattern in _KINDS if pattern.search(text)), "fact"),
        wants_number=bool(_NUMBER.search(text)),
        wants_date=bool(_DATE.search(text)),
    )


def asks_entries(text: str) -> bool:
    """Whether it is the notes on concepts that are asked, and nothing that they link to."""
    return bool(_ENTRIES.search(text)) and not _ELSEWHERE.search(text)


def substance(text: str) -> str:
    """A question less the words that only make it one, whatever its subject."""
    return _ASKING.sub(" ", text)


def names(question: Question, things: Iterable[str] = ()) -> frozenset[str]:
    """Terms of what the question names: known things, and whatever is written as a name.

    In a Chinese question anything in Latin letters is a name; in an English one what has a
    capital within the sentence, or a digit.
    """
    found = {term for thing in things for term in terms(thing)}
    for match in _NAME.finditer(question.text):
        written = match[0]
        capital = match.start() > 0 and any(c.isupper() for c in written)
        if question.lang == "zh" or capital or any(c.isdigit() for c in written):
            found.update(terms(written))
    return frozenset(found - ENGLISH)


def voice(question: Question, note: StoredNote) -> frozenset[str]:
    """Of the names in a question about opinions those of a note's title and properties."""
    if question.kind != "opinion":
        return frozenset()
    values = (value for entry in note.properties for value in entry.values)
    own = (text for text in (note.title, *values) if len(text) <= _LONGEST_NAME)
    return names(question) & frozenset(term for text in own for term in terms(text))
