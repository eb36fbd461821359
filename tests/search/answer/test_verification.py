"""Quotes are checked against the notes as they are when the answer leaves."""

from pathlib import Path

import pytest

from index.settings import Settings, load
from search.answer.citations import quoted
from search.answer.verification import checked, confirmed
from search.result import Answer, Citation, Row

NOTES = {
    "tea.md": "# Tea\n\nWater at eighty degrees.\n\nThree minutes are enough.\n",
    "bread.md": "# Bread\n\nIt rests overnight.\n\n```sh\noven --at 230\nwait 45m\n```\n",
}
QUOTES = (
    ("tea.md", "Water at eighty degrees."),
    ("tea.md", "Three minutes are enough."),
    ("bread.md", "It rests overnight."),
    ("bread.md", "```sh\noven --at 230\nwait 45m\n```"),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return load(notes=tmp_path, index=tmp_path / ".index")


def cited() -> tuple[Citation, ...]:
    return tuple(
        Citation(n, path, path[:-3].title(), (), quote, at := NOTES[path].index(quote),
                 at + len(quote))
        for n, (path, quote) in enumerate(QUOTES, 1)
    )  # fmt: skip


def listed() -> Answer:
    one, two, three, code = (quoted(c.quote, c.id) for c in cited())
    text = f"**Tea**\n\n- {one}\n- {two}\n\n**Bread**\n\n- {three}\n\n{code}\n"
    return Answer("?", "en", "fact", True, 0.9, text, citations=cited())


def in_rows() -> Answer:
    one, two, three, _ = (quoted(c.quote, c.id) for c in cited())
    rows = (Row("Tea", None, f"{one} {two}", (1, 2)), Row("Bread", None, three, (3,)))
    text = "Tea: Water at eighty degrees. [1] → Bread: It rests overnight. [3]"
    return Answer("?", "en", "compare", True, 0.9, text, rows, cited()[:3])


def edit(settings: Settings, path: str, old: str, new: str) -> None:
    file = settings.notes / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_untouched_notes_leave_the_answer_as_it_is(settings: Settings) -> None:
    assert checked(settings, listed()) == listed()
    assert checked(settings, in_rows()) == in_rows()


def test_the_offsets_follow_a_quote_that_moved(settings: Settings) -> None:
    edit(settings, "tea.md", "# Tea", "---\ntags: [leaf]\n---\n# Tea 🍵")
    answer = checked(settings, listed())
    text = (settings.notes / "tea.md").read_text("utf-8")
    assert answer.answer == listed().answer
    assert [text[c.start : c.end] for c in answer.citations[:2]] == [q for _, q in QUOTES[:2]]
    assert answer.citations[0].start > listed().citations[0].start


def test_a_quote_that_is_gone_is_dropped(settings: Settings) -> None:
    edit(settings, "tea.md", "eighty", "ninety")
    answer = checked(settings, listed())
    assert [c.id for c in answer.citations] == [2, 3, 4]
    assert "eighty" not in answer.answer
    assert "Three minutes are enough. [2]" in answer.answer


def test_code_that_is_gone_is_dropped_whole(settings: Settings) -> None:
    edit(settings, "bread.md", "230", "250")
    answer = checked(settings, listed())
    assert [c.id for c in answer.citations] == [1, 2, 3]
    assert "```" not in answer.answer
    assert "oven" not in answer.answer


def test_a_deleted_note_goes_with_its_title(settings: Settings) -> None:
    (settings.notes / "bread.md").unlink()
    answer = checked(settings, listed())
    assert {c.path for c in answer.citations} == {"tea.md"}
    assert "Bread" not in answer.answer
    assert answer.answer.startswith("**Tea**")


def test_a_row_keeps_the_quotes_that_still_stand(settings: Settings) -> None:
    edit(settings, "tea.md", "eighty", "ninety")
    tea, bread = checked(settings, in_rows()).rows
    assert (tea.text, tea.citations) == ("Three minutes are enough. [2]", (2,))
    assert bread == in_rows().rows[1]


def test_a_row_without_quotes_says_that_its_note_changed(settings: Settings) -> None:
    (settings.notes / "bread.md").unlink()
    answer = checked(settings, in_rows())
    assert answer.answerable
    assert answer.rows[1].citations == ()
    assert "changed after they were indexed" in answer.rows[1].text
    assert answer.answer == "2 compared:"


def test_when_nothing_stands_the_answer_says_that_the_notes_changed(settings: Settings) -> None:
    for name in NOTES:
        (settings.notes / name).write_text("Something else altogether.\n", "utf-8")
    answer = checked(settings, listed())
    assert (answer.answerable, answer.kind, answer.citations) == (False, "none", ())
    assert "changed after they were indexed" in answer.answer


def test_a_note_that_became_unreadable_confirms_nothing(settings: Settings) -> None:
    (settings.notes / "tea.md").write_bytes(b"\x00\xff\x00\xfe" * 9)
    assert confirmed(settings, cited()[0]) is None


def test_an_answer_without_quotes_needs_no_check(settings: Settings) -> None:
    none = Answer("?", "en", "none", False, 0.1, "The notes do not answer this.")
    assert checked(settings, none) == none
