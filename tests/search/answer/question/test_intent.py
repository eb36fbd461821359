"""What kind of answer a question wants, in both languages."""

import pytest

from search.answer.question.intent import asks_entries, understand
from search.result import Kind

KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("timeline", (
        "How has the price of the Ember router changed?",
        "Which disk does each release of Lumen need?",
        "Walk me through the milestones of the harbour project",
        "历代相机的重量怎么变的？",
        "这份路线图从春季到秋季走到哪了，各阶段分别怎样？",
        "价格一路涨到了哪里",
    )),
    ("compare", (
        "Compare the two tents",
        "Do both maps show the same rivers?",
        "What is the difference between pour-over and espresso?",
        "铸铁锅和不锈钢锅有什么区别？",
        "两种茶的水温一样吗？",
    )),
    ("list", (
        "Which of my recipes need an oven?",
        "Which gardening posts did I save?",
        "What tools have I collected?",
        "我收藏过哪些做面包的方子？",
        "列出用铜做的壶",
    )),
    ("definition", (
        "What is a sourdough starter?",
        "What does autolyse mean?",
        "How is hydration defined in baking?",
        "什么是波兰酵头？",
        "“回甘”是什么意思？",
        "回甘是什么？",
    )),
    ("howto", (
        "How do I sharpen a plane iron?",
        "How to set up the tent alone",
        "酵母怎么用？",
        "如何给自行车换胎？",
        "磨刀分几步？",
    )),
    ("opinion", (
        "What does the baker think of rye?",
        "What are her views on instant yeast?",
        "老师傅怎么看速溶咖啡？",
        "他对电动磨豆机的态度",
    )),
    ("fact", (
        "Who built the lighthouse?",
        "What does the lamp burn?",
        "How many eggs go into the cake?",
        "灯塔是谁建的？",
        "这袋面粉多少钱？",
        "",
    )),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in KINDS for text in texts]
)
def test_the_kind_is_read_from_how_it_is_asked(kind: Kind, text: str) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("How many eggs go into the cake?", True),
        ("What did the oven cost?", True),
        ("炉子多少钱？", True),
        ("有几个鸡蛋？", True),
        ("Who built the lighthouse?", False),
        ("灯塔是谁建的？", False),
    ],
)
def test_a_question_may_want_a_number(text: str, wanted: bool) -> None:
    assert understand(text).wants_number is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("When was the lighthouse built?", True),
        ("Which year did it burn?", True),
        ("灯塔哪年建的？", True),
        ("什么时候完工？", True),
        ("Who built the lighthouse?", False),
        ("灯塔是谁建的？", False),
    ],
)
def test_a_question_may_want_a_date(text: str, wanted: bool) -> None:
    assert understand(text).wants_date is wanted


def test_the_language_is_that_of_most_words() -> None:
    assert understand("Lighthouse 是谁建的？").lang == "zh"
    assert understand("Who wrote the book 灯塔?").lang == "en"


def test_case_says_nothing_about_the_kind() -> None:
    assert understand("COMPARE THE TENTS").kind == understand("compare the tents").kind == "compare"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("智能体在我的词条里是怎么定义的？", True),
        ("What does my entry on agents say?", True),
        ("哪篇博客关联了这个词条？", False),
        ("Which posts does the entry on agents link to?", False),
        ("什么是智能体？", False),
    ],
)
def test_questions_about_the_vault_s_own_entries_are_known(text: str, asked: bool) -> None:
    assert asks_entries(text) is asked
