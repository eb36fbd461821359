import pytest
from small_vault import SmallVault

from index.settings import Settings
from search.answerer import Answerer
from search.catalogue.examples import examples
from search.searcher import Searcher


def asked(searcher: Searcher) -> tuple[str, ...]:
    return examples(searcher.index.snapshot().catalogue)


@pytest.fixture
def tools(small: SmallVault) -> SmallVault:
    for name, licence in (("Alder", "MIT"), ("Birch", "MIT"), ("Cedar", "MIT"), ("Dill", "GPL")):
        small.write(
            f"tools/{name}.md",
            f"---\nlicence: {licence}\n---\n# {name}\n\n{name} is a small tool for the garden.\n",
        )
    small.write("tools/Elm 1.md", "---\ndate: 2024-01-01\n---\n# Elm 1\n\nElm 1 cuts twigs.\n")
    small.write(
        "tools/Elm 2.md",
        "---\ndate: 2025-01-01\n---\n# Elm 2\n\nElm 2 cuts branches.\n\n"
        "## 相关文档\n\n- [[Elm 1]]；关联理由：版本演进；说明：more power.\n",
    )
    small.update()
    return small


def test_there_is_one_of_each_kind_that_the_notes_can_answer(tools: SmallVault) -> None:
    assert asked(tools.searcher()) == (
        "How does “Elm 1” differ from “Elm 2”?",
        "Which notes have the licence MIT?",
        "What is “Elm 2” about?",
    )


def test_each_is_answered(tools: SmallVault) -> None:
    searcher = tools.searcher()
    answerer = Answerer(searcher)
    for question in asked(searcher):
        assert answerer.ask(question).answerable, question


def test_each_is_answered_from_the_sample_notes(sample: Settings) -> None:
    searcher = Searcher(sample)
    answerer, questions = Answerer(searcher), asked(searcher)
    assert len(questions) == 5
    for question in questions:
        assert answerer.ask(question).answerable, question
