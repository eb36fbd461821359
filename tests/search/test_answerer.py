"""Answers from the sample notes with the real model: each kind, both languages."""

import re
from pathlib import Path

import pytest
from small_vault import Remembering, SmallVault

from index.settings import Settings
from search.answerer import Answerer
from search.diagnostics.evaluate import evaluate
from search.result import Answer, Filters, Kind
from search.searcher import Searcher
from search.snapshot import OpenIndex, Snapshot

QUESTIONS = Path(__file__).parents[1] / "questions" / "sample.jsonl"
CODEX = [
    ("GPT-5.1-Codex-Max", "2025-11-19"),
    ("GPT-5.2-Codex", "2025-12-18"),
    ("GPT-5.3-Codex", "2026-02-05"),
]
RATINGS = "How did cybersecurity ratings change across Codex versions?"


@pytest.fixture(scope="module")
def answerer(stored_sample: Settings, encoder: Remembering) -> Answerer:
    return Answerer(Searcher(stored_sample, OpenIndex(stored_sample, encoder)))


def said(answer: Answer) -> str:
    return "\n".join((answer.answer, *(row.text for row in answer.rows)))


def exact(answer: Answer, notes: Path) -> bool:
    """Whether every quote is a slice of its file and every mark has its quote."""
    slices = all(
        (notes / c.path).read_bytes().decode("utf-8")[c.start : c.end] == c.quote
        for c in answer.citations
    )
    known = {c.id for c in answer.citations}
    marks = {int(mark) for mark in re.findall(r" \[(\d+)\]", said(answer))}
    return slices and bool(known) and marks <= known


@pytest.mark.parametrize(
    ("question", "aspect", "others"),
    [
        (RATINGS, "网络安全", ("生物学", "自我改进")),
        ("各版 Codex 的网络安全评级怎么变的？", "网络安全", ("生物学", "自我改进")),
        ("How did the biology rating change across Codex versions?", "生物学", ("网络", "改进")),
        ("各版 Codex 的生物学评级怎么变的？", "生物学", ("网络", "自我改进")),
        ("How was AI self-improvement rated in each Codex version?", "AI 自我改进",
         ("生物学", "网络")),
        ("各版 Codex 的 AI 自我改进评级怎么变的？", "AI 自我改进", ("生物学", "网络")),
    ],
)  # fmt: skip
def test_a_rating_across_versions_is_one_row_a_version_and_nothing_else(
    question: str, aspect: str, others: tuple[str, ...], answerer: Answerer, sample: Settings
) -> None:
    answer = answerer.ask(question)
    assert answer.kind == "timeline"
    assert [(row.subject, row.date) for row in answer.rows] == CODEX
    for row in answer.rows:
        assert len(row.citations) == 1
        assert aspect in row.text
        assert not any(f"**{other}" in row.text for other in others)
    assert exact(answer, sample.notes)


def test_the_sentence_over_the_table_says_nothing_that_the_rows_do_not(answerer: Answerer) -> None:
    answer = answerer.ask("各版 Codex 的生物学评级怎么变的？")
    before, after = answer.answer.split(" → ")
    for side, row in ((before, answer.rows[0]), (after, answer.rows[-1])):
        quote = side.removeprefix(f"{row.subject} ({row.date})：")
        assert quote != side
        assert quote in row.text


@pytest.mark.parametrize(
    ("kind", "question", "facts"),
    [
        ("fact", "uv 是哪天首次发布的？", ["2024-02-15"]),
        ("fact", "When was uv first released?", ["2024-02-15"]),
        ("definition", "什么是提示词注入？", ["把指令藏进"]),
        ("definition", "What is a Zettelkasten?", ["只写一个想法"]),
        ("howto", "怎么用 git bisect 找出坏提交？", ["start", "bad", "reset"]),
        ("howto", "How do I find the commit that broke the program by bisecting?",
         ["start", "bad", "reset"]),
        ("opinion", "DHH 怎么看测试驱动开发？", ["教条"]),
        ("opinion", "What is Kent Beck's opinion on TDD being dead?", ["八个老毛病"]),
    ],
)  # fmt: skip
def test_a_plain_question_is_answered_by_quotes(
    kind: Kind, question: str, facts: list[str], answerer: Answerer, sample: Settings
) -> None:
    answer = answerer.ask(question)
    assert (answer.kind, answer.answerable, answer.rows) == (kind, True, ())
    places = [answer.answer.find(fact) for fact in facts]
    assert -1 not in places
    assert places == sorted(places)
    assert exact(answer, sample.notes)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("HTTP/1.1、HTTP/2、HTTP/3 压缩头部的办法有什么不同？",
         {"HTTP/1.1": "原样再发一遍", "HTTP/2": "HPACK", "HTTP/3": "QPACK"}),
        ("Do ripgrep and SQLite come under the same licence?",
         {"ripgrep": "MIT OR Unlicense", "SQLite": "Public Domain"}),
    ],
)  # fmt: skip
def test_a_comparison_has_a_row_for_each_thing_named(
    question: str, stated: dict[str, str], answerer: Answerer, sample: Settings
) -> None:
    answer = answerer.ask(question)
    assert answer.kind == "compare"
    assert {row.subject for row in answer.rows} == set(stated)
    assert all(stated[row.subject] in row.text for row in answer.rows)
    assert exact(answer, sample.notes)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("哪些工具的主要语言是 Rust？", {"Ruff", "Tantivy", "fd", "ripgrep", "uv"}),
        ("Which of my tools are under the MIT licence?",
         {"FAISS", "Ghostty", "Ruff", "Tantivy", "fd", "jieba", "ripgrep", "uv"}),
    ],
)  # fmt: skip
def test_a_list_is_complete_and_counted(
    question: str, titles: set[str], answerer: Answerer, sample: Settings
) -> None:
    answer = answerer.ask(question)
    assert answer.kind == "list"
    found = {row.subject.partition("：")[0] for row in answer.rows}
    assert found == titles
    assert str(len(answer.rows)) in answer.answer
    assert exact(answer, sample.notes)


@pytest.mark.parametrize(
    "question",
    [
        "Python 3.15 去掉了哪些模块？",
        "Who is the author of Tantivy?",
        "What did I write down about autoscaling in Kubernetes?",
        "fd 是哪一年首次发布的？",
        "GPT-5.3-Codex 的 API 每百万 token 收多少钱？",
    ],
)
def test_what_the_notes_do_not_say_is_not_answered(question: str, answerer: Answerer) -> None:
    answer = answerer.ask(question)
    assert (answer.kind, answer.answerable) == ("none", False)
    assert (answer.rows, answer.citations) == ((), ())
    assert answer.nearest
    assert answer.nearest[0][1] in answer.answer


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        (RATINGS, Filters(folders=("nowhere",))),
        (f"{RATINGS} path:nowhere", None),
        ("uv 是哪天首次发布的？", Filters(after="2099")),
    ],
)
def test_filters_that_hide_everything_are_named_as_the_reason(
    question: str, filters: Filters | None, answerer: Answerer
) -> None:
    answer = answerer.ask(question, filters)
    assert not answer.answerable
    assert any(word in answer.answer for word in ("filters", "筛选"))


def test_filters_keep_other_notes_out_of_the_answer(answerer: Answerer) -> None:
    answer = answerer.ask("What is a Zettelkasten?", Filters(folders=("03-图书",)))
    assert {c.path.split("/")[0] for c in answer.citations} <= {"03-图书"}


@pytest.fixture
def teas(small: SmallVault) -> Answerer:
    small.write("绿茶.md", "# 绿茶\n\n泡绿茶的水温是八十度。\n")
    small.write("红茶.md", "# 红茶\n\n泡红茶的水温是九十五度。\n")
    small.write("代码.md", "# 移动语义\n\nstd::move 把左值变成右值引用，让资源可以被移走。\n")
    small.update()
    return Answerer(small.searcher())


def test_excluded_words_keep_notes_out_of_the_answer(teas: Answerer) -> None:
    assert {c.path for c in teas.ask("茶的水温是多少？").citations} == {"绿茶.md", "红茶.md"}
    assert {c.path for c in teas.ask("茶的水温是多少？ -红茶").citations} == {"绿茶.md"}


def test_a_quoted_phrase_with_a_colon_is_no_operator(teas: Answerer) -> None:
    assert {c.path for c in teas.ask('"std::move" 做什么？').citations} == {"代码.md"}


def test_words_in_quotes_that_no_note_says_so_bar_no_answer(teas: Answerer) -> None:
    plain = teas.ask("我家绿茶的水温是多少？")
    quoted = teas.ask("“我家绿茶”的水温是多少？")
    assert plain.answerable
    assert [each.quote for each in quoted.citations] == [each.quote for each in plain.citations]


def test_an_answer_is_ranked_and_quoted_in_one_state(
    small: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write("绿茶.md", "# 绿茶\n\n泡绿茶的水温是八十度。\n")
    small.update()
    searcher = small.searcher()
    taken: list[int] = []
    snapshot = searcher.index.snapshot

    def counted() -> Snapshot:
        taken.append(len(taken))
        return snapshot()

    monkeypatch.setattr(searcher.index, "snapshot", counted)
    assert Answerer(searcher).ask("绿茶的水温是多少？").answerable
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("context", "question"),
    [(RATINGS, "and biology?"), ("各版 Codex 的网络安全评级怎么变的？", "那生物学呢？")],
)
def test_a_follow_up_keeps_the_things_of_the_question_before(
    context: str, question: str, answerer: Answerer, sample: Settings
) -> None:
    answer = answerer.ask(question, context=context)
    assert answer.question == question
    assert [(row.subject, row.date) for row in answer.rows] == CODEX
    assert all("生物学" in row.text and "网络安全" not in row.text for row in answer.rows)
    assert exact(answer, sample.notes)


@pytest.mark.parametrize("question", ["SQLite 的许可证是什么？", "What is SQLite's licence?"])
def test_a_property_is_found_under_another_name_of_what_it_is(
    question: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert answer.citations[0].quote == '开源协议: "Public Domain（公有领域）"'


def test_an_opinion_says_whose_it_is_and_when(answerer: Answerer) -> None:
    answer = answerer.ask("DHH 怎么看测试驱动开发？")
    assert answer.answer.startswith("**TDD 已死，测试长存 (2014-04-23)**")


@pytest.mark.parametrize(
    ("question", "said_so"),
    [("TDD 已死吗？", "观点相悖"), ("怎么看 TDD 已死这种观点？", "观点相悖"), ("uv 是什么？", "")],
)
def test_notes_that_are_linked_as_disagreeing_are_said_to(
    question: str, said_so: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert answer.answerable
    assert ("观点相悖" in answer.answer) is bool(said_so)


def test_no_address_or_name_is_quoted_that_nobody_asks_for(answerer: Answerer) -> None:
    quotes = [c.quote for c in answerer.ask("What is a Zettelkasten?").citations]
    assert quotes
    assert not any(quote.startswith(("aliases:", "来源:", "项目主页:")) for quote in quotes)


def test_the_same_quote_stands_once_in_a_plain_answer(answerer: Answerer) -> None:
    answer = answerer.ask("ripgrep 用什么语言写的？")
    assert answer.answer.count('主要语言: "Rust"') == 1


def test_a_note_edited_after_indexing_is_quoted_as_it_stands_now(small: SmallVault) -> None:
    tea = "# 绿茶\n\n绿茶要用八十度的水冲泡。\n"
    small.write("绿茶.md", tea)
    small.write("面包.md", "# 面包\n\n面团要在冰箱里放一夜。\n")
    small.update()
    answerer = Answerer(small.searcher())
    assert "八十度" in answerer.ask("绿茶要用多少度的水冲泡？").answer

    small.write("绿茶.md", tea.replace("# 绿茶", "# 绿茶\n\n写在前面的话。"))
    moved = answerer.ask("绿茶要用多少度的水冲泡？")
    assert "八十度" in moved.answer
    assert exact(moved, small.notes)

    small.write("绿茶.md", tea.replace("八十度", "九十度"))
    edited = answerer.ask("绿茶要用多少度的水冲泡？")
    assert "八十度" not in edited.answer
    assert not edited.answerable and "改动过" in edited.answer

    (small.notes / "绿茶.md").unlink()
    assert "八十度" not in answerer.ask("绿茶要用多少度的水冲泡？").answer


@pytest.fixture
def hut(small: SmallVault) -> Answerer:
    """Chinese notes about a hut."""
    small.write("供暖.md", "# 供暖\n\n木屋的炉子每晚烧六公斤柴。\n\n烟囱每年九月清扫一次。\n")
    small.write("供水.md", "# 供水\n\n泉水经过陶瓷滤芯。\n\n水箱能装四百升。\n")
    small.write("来客.md", "# 来客\n\n客房有四张床，被子在阁楼。\n")
    small.update()
    return Answerer(small.searcher())


def test_a_question_is_answered_from_notes_in_another_language(hut: Answerer) -> None:
    answer = hut.ask("How much wood does the stove of the cabin burn each night?")
    assert answer.answerable and answer.citations[0].quote.startswith("木屋的炉子每晚烧六公斤柴。")


def test_a_name_that_no_note_has_is_not_asked_of_notes_in_another_language(hut: Answerer) -> None:
    assert not hut.ask("How much wood does the stove at Skarvheim burn each night?").answerable


def test_the_parts_of_a_question_are_answered_in_its_order(hut: Answerer) -> None:
    answer = hut.ask("水箱能装多少升，烟囱什么时候清扫？")
    quotes = [citation.quote for citation in answer.citations]
    assert "水箱能装四百升。" in quotes[0] and "烟囱每年九月清扫一次。" in quotes[1]


def test_the_sample_questions_find_their_notes_and_are_answered_in_exact_quotes(
    sample: Settings,
) -> None:
    figures = evaluate(sample, QUESTIONS).groups["all"]
    assert (figures["recall@10"] or 0) >= 0.95
    assert (figures["ndcg@10"] or 0) >= 0.92
    assert (figures["facts"] or 0) >= 0.80
    assert (figures["complete"] or 0) >= 0.75
    assert (figures["abstain"] or 0) >= 0.80
    assert figures["cites_ok"] == 1.0


def test_an_author_s_own_note_speaks_for_the_author(small: SmallVault) -> None:
    small.write(
        "Pruning.md",
        "---\nauthor: Mira Holt\n---\n# Pruning in winter\n\nOld apple trees should be cut back"
        " hard, or not at all.\n\nThe tools hang in the shed.\n",
    )
    small.write(
        "Visit.md",
        "# Visit to the orchard\n\nMira Holt showed us around in March.\n\n"
        "Mira Holt has a dog called Bruno.\n",
    )
    small.update()
    answer = Answerer(small.searcher()).ask("What does Mira Holt think about old apple trees?")
    assert answer.kind == "opinion"
    assert answer.citations[0].quote.startswith("Old apple trees should be cut back hard")
    assert not any("author" in citation.quote for citation in answer.citations)


def test_each_thing_asked_in_one_question_is_answered(small: SmallVault) -> None:
    small.write(
        "Boiler.md",
        "# Boiler\n\nThe boiler was installed by Nordheat in the cellar of the house on a Monday.\n"
        "\nThe boiler of the house stands in the cellar beside the boiler of the neighbour.\n\n"
        "Its yearly service costs 140 euros.\n",
    )
    small.write("Car.md", "# Car\n\nThe car is serviced in May.\n")
    small.update()
    answer = Answerer(small.searcher()).ask(
        "Who installed the boiler in the cellar of the house, and what does its service cost?"
    )
    assert "Nordheat" in answer.answer
    assert "140 euros" in answer.answer


def test_what_is_asked_of_a_linked_note_is_answered_from_it(small: SmallVault) -> None:
    small.write(
        "Shelf.md",
        "# Shelf in the hall\n\nThe shelf in the hall was built by Anton.\n\n"
        "The shelf in the hall carries the atlas.\n\n- [[Drawing]]\n",
    )
    small.write("Drawing.md", "# Drawing\n\nThe boards are 24 mm thick.\n")
    small.write("Tea.md", "# Tea\n\nGreen tea wants 80 degrees.\n")
    small.update()
    answer = Answerer(small.searcher()).ask(
        "Who built the shelf in the hall? In the drawing that its note links to, "
        "how thick are the boards?"
    )
    assert "Anton" in answer.answer
    assert "24 mm" in answer.answer


@pytest.mark.parametrize(
    "question", ["复习的间隔，我的词条里怎么说？", "What does my entry say about agents in a loop?"]
)
def test_what_the_entries_say_is_answered_from_them(question: str, answerer: Answerer) -> None:
    answer = answerer.ask(question)
    assert answer.answerable
    assert {citation.path.split("/")[0] for citation in answer.citations} == {"00-元语"}
