"""Of a long note as much is looked through as there is time for; its passages are all found."""

from pathlib import Path

import pytest
from small_vault import SmallVault

from index.errors import TookTooLong
from index.model.encoder import WordsOnly
from search.answer.evidence import note_texts
from search.answer.evidence.note_texts import NoteTexts
from search.answerer import Answerer
from search.deadline import Deadline, within
from search.snapshot import OpenIndex

FILLING = "".join(f"第{number}天的早上下了一点小雨，下午又晴了。\n\n" for number in range(60))
NOTE = (
    f"# 灯塔日志\n\n- 灯罩：黄铜\n\n{FILLING}灯塔的门漆成了蓝色。\n\n%% 灯塔的门其实是红色。 %%\n"
)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallVault:
    monkeypatch.setattr(note_texts, "_BEGINNING", 300)
    vault = SmallVault(tmp_path, WordsOnly())
    vault.write("灯塔日志.md", NOTE)
    vault.update()
    return vault


def test_the_beginning_of_a_note_ends_with_a_line(vault: SmallVault) -> None:
    texts = NoteTexts(OpenIndex(vault.settings, vault.encoder))
    (note,) = vault.store().notes()
    beginning = texts.beginning(note.id)
    assert texts.whole(note.id) == NOTE
    assert NOTE.startswith(beginning) and beginning.endswith("\n")
    assert 250 < len(beginning) <= 300
    assert all(passage.end <= 300 for passage in texts.passages(note.id))


def test_what_stands_far_down_a_long_note_is_quoted_and_its_comments_are_not(
    vault: SmallVault,
) -> None:
    answer = Answerer(vault.searcher()).ask("灯塔的门漆成蓝色了吗？")
    assert [one.quote for one in answer.citations] == ["灯塔的门漆成了蓝色。"]
    (citation,) = answer.citations
    assert NOTE[citation.start : citation.end] == citation.quote


def test_a_question_without_time_reads_no_more_notes(vault: SmallVault) -> None:
    texts = NoteTexts(OpenIndex(vault.settings, vault.encoder))
    deadline = Deadline(60)
    with within(deadline):
        deadline.leave()
        with pytest.raises(TookTooLong):
            texts.whole(1)
