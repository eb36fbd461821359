"""What is said where no note fulfils what a question sets."""

from datetime import date

import pytest
from small_vault import SmallVault

from search.answerer import Answerer
from search.searcher import Searcher
from search.snapshot import OpenIndex

BELLS = {
    "Dawn": ("Orfeo", 120, "bronze"),
    "Noon": ("Orfeo", 340, "iron"),
    "Dusk": ("Vale", 90, "iron"),
}


@pytest.fixture
def answerer(small: SmallVault) -> Answerer:
    for name, (caster, weight, metal) in BELLS.items():
        head = f"caster: {caster}\nweight: {weight}\nmetal: {metal}\ntags: [tower]"
        small.write(f"bells/{name}.md", f"---\n{head}\n---\n# {name}\n\nIt rings.\n")
    for name, price in (("甲壶", 300), ("乙壶", 900)):
        small.write(f"壶/{name}.md", f"---\n产地: 宜阳\n售价: {price}\n---\n# {name}\n\n很圆。\n")
    small.write("todo.md", "- [ ] Oil the hinge 📅 2031-04-02\n- [x] Hang Dusk\n")
    small.update()
    return Answerer(small.searcher())


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Which bells weigh more than 500?", ["weight>500", "Noon", "weight: 340"]),
        ("Which bells have the metal Silver?", ["metal=Silver", "bronze", "iron"]),
        ("Which iron bells weigh under 50?", ["weight<50", "Dusk", "weight: 90"]),
        ("Which bronze bells are by Vale?", ["metal=bronze: 1 notes", "caster=Vale: 1 notes"]),
        ("售价超过 2000 的壶有哪些？", ["售价>2000", "乙壶", "售价: 900"]),
        ("产地是泸州的壶有哪些？", ["产地=泸州", "宜阳"]),
    ],
)
def test_a_condition_that_nothing_fulfils_is_said_with_what_is_nearest(
    question: str, says: list[str], answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert not answer.answerable
    assert [part for part in says if part not in answer.answer] == []


def test_the_condition_that_nothing_fulfils_is_shown_as_read(answerer: Answerer) -> None:
    understood = answerer.ask("Which bells weigh more than 500?").understood
    assert next((c["kind"], c["matched"]) for c in understood["conditions"]) == ("property", 0)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("Which bells weigh more than 500?", ["340"]),
        ("Which bells have the metal Silver?", ["iron", "bronze"]),
        ("产地是泸州的壶有哪些？", ["宜阳"]),
    ],
)
def test_a_search_shows_a_condition_that_nothing_fulfils_and_what_is_nearest(
    question: str, nearest: list[str], answerer: Answerer
) -> None:
    found = answerer._searcher.search(question)
    assert found.understood["unmet"]
    assert nearest in [each.get("nearest") for each in found.understood["conditions"]]
    assert found.results


@pytest.mark.parametrize("question", ["What is overdue?", "有哪些逾期的任务？"])
def test_no_task_that_is_overdue_is_an_answer_that_names_the_next_one(
    question: str, answerer: Answerer
) -> None:
    answer = answerer.ask(question)
    assert not answer.answerable
    assert [citation.quote for citation in answer.citations] == ["[ ] Oil the hinge 📅 2031-04-02"]


@pytest.mark.parametrize(
    ("question", "typed", "matched"),
    [
        ("What is overdue?", "due:..2031-04-04", 1),
        ("Which tasks are due in May 2031?", "due:2031-05-01..2031-05-31", 0),
    ],
)
def test_when_tasks_are_due_is_a_condition_that_can_be_typed(
    question: str, typed: str, matched: int, answerer: Answerer, small: SmallVault
) -> None:
    settings = small.settings.model_copy(update={"today": date(2031, 4, 5)})
    asked = Answerer(Searcher(settings, OpenIndex(settings, small.encoder)))
    understood = asked.ask(question).understood
    assert [(c["typed"], c["matched"]) for c in understood["conditions"]] == [(typed, matched)]
    assert asked.ask(understood["query"]).understood["conditions"][0]["typed"] == typed
    hinge = asked.ask("due:..2031-04-04")
    assert [citation.quote for citation in hinge.citations] == ["[ ] Oil the hinge 📅 2031-04-02"]


def test_what_was_decided_on_a_day_is_what_its_note_says(small: SmallVault) -> None:
    small.write("2026-03-09.md", "# 2026-03-09\n\nWe agreed on a new rope.\n\nGreased the wheel.\n")
    small.write("2026-03-11.md", "# 2026-03-11\n\nRain.\n")
    small.update()
    answer = Answerer(small.searcher()).ask("What did we decide on March 9, 2026?")
    assert next(citation.quote for citation in answer.citations) == "We agreed on a new rope."
