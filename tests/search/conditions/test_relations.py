"""Questions that ask which notes stand so to another one."""

import pytest
from selections import selected
from small_vault import SmallVault

from search.answerer import Answerer
from search.searcher import Searcher

RULES = {
    "BR-02 Smoke first.md": "# BR-02 Smoke first\n\nSmoke the entrance.\n",
    "BR-09 Water spray.md": "# BR-09 Water spray\n\nreplaces:: [[BR-02 Smoke first]]\n\n"
    "based-on:: [[Mite study]]\n",
    "Mite study.md": "# Mite study\n\n- [[Heat note]]；关联理由：支持；说明：same data\n",
    "Heat note.md": "# Heat note\n\nSmoke raises the heat.\n",
    "旧练法.md": "# 旧练法\n\n每天一小时。\n",
    "月夜练法.md": "# 月夜练法\n\n先慢后快。\n\n取代:: [[旧练法]]\n",
    "夜雨.md": "# 夜雨\n\n- [[长堤]]；关联理由：续篇；说明：同一条街\n",
    "长堤.md": "# 长堤\n\n一条街。\n",
    "揉弦札记.md": "# 揉弦札记\n\n- [[月夜练法]]；关联理由：引用；说明：同一位老师\n",
}


@pytest.fixture
def vault(small: SmallVault) -> Searcher:
    for path, text in RULES.items():
        small.write(path, text)
    small.update()
    return small.searcher()


OLDER, NEWER = "BR-02 Smoke first", "BR-09 Water spray"


@pytest.mark.parametrize(
    ("question", "query", "title"),
    [
        ("Which rule replaces BR-02?", f'link:"replaces={OLDER}"', NEWER),
        ("What was BR-02 replaced by?", f'link:"replaces={OLDER}"', NEWER),
        ("What does BR-09 replace?", f'linked:"replaces={NEWER}"', OLDER),
        ("Which rules were replaced by BR-09?", f'linked:"replaces={NEWER}"', OLDER),
        ("What is BR-09 based on?", f'linked:"based-on={NEWER}"', "Mite study"),
        ("What supports the Heat note?", 'link:"支持=Heat note"', "Mite study"),
        ("Which notes link to the Heat note?", 'link:"Heat note"', "Mite study"),
        ("哪个练法取代了旧练法？", "link:取代=旧练法", "月夜练法"),
        ("旧练法被什么取代了？", "link:取代=旧练法", "月夜练法"),
        ("月夜练法取代了什么？", "linked:取代=月夜练法", "旧练法"),
        ("哪些是被月夜练法取代的？", "linked:取代=月夜练法", "旧练法"),
        ("夜雨是哪本书的续篇？", "linked:续篇=夜雨", "长堤"),
        ("哪些笔记引用了月夜练法？", "link:引用=月夜练法", "揉弦札记"),
        ("揉弦札记引用了哪篇笔记？", "linked:引用=揉弦札记", "月夜练法"),
    ],
)
def test_who_does_it_to_whom_is_told_by_word_order_and_voice(
    question: str, query: str, title: str, vault: Searcher
) -> None:
    assert selected(question, vault) == (query, {title})


@pytest.mark.parametrize(
    "question",
    [
        "Does BR-09 replace BR-02?",
        "Why does BR-09 replace smoke in hot summers?",
        "What does the Mite study replace?",
        "旧练法每天要多久？",
    ],
)
def test_a_question_that_asks_something_else_is_left_alone(question: str, vault: Searcher) -> None:
    assert selected(question, vault) is None


@pytest.mark.parametrize("question", ["What does BR-02 replace?", "旧练法取代了什么？"])
def test_what_is_only_linked_the_other_way_round_is_said_to_be_so_to_nothing(
    question: str, vault: Searcher
) -> None:
    answer = Answerer(vault).ask(question)
    (condition,) = answer.understood["conditions"]
    assert not answer.answerable
    assert condition["matched"] == 0
    assert condition["nearest"] == [NEWER if question.isascii() else "月夜练法"]


def test_the_line_that_links_is_quoted(vault: Searcher) -> None:
    answer = Answerer(vault).ask("What does BR-09 replace?")
    (row,) = answer.rows
    (quote,) = answer.citations
    assert (row.subject, quote.path) == (OLDER, "BR-09 Water spray.md")
    assert quote.quote == "replaces:: [[BR-02 Smoke first]]"


def test_of_a_note_that_links_very_often_the_first_lines_are_quoted(
    vault: Searcher, small: SmallVault
) -> None:
    small.write("Map.md", "# Map\n\n" + "- see [[Heat note]]\n" * 30)
    small.update()
    answer = Answerer(vault).ask("Which notes link to the Heat note?")
    (lines,) = (row.citations for row in answer.rows if row.subject == "Map")
    assert 10 < len(lines) < 20


def test_what_is_understood_reads_the_same_when_it_is_typed(vault: Searcher) -> None:
    for question in ("What was BR-02 replaced by?", "月夜练法取代了什么？"):
        query, titles = selected(question, vault) or ("", set())
        assert selected(query, vault) == (query, titles)
