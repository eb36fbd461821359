"""What speaks for a note beyond its text, and how far."""

from types import MappingProxyType

import pytest

from index.settings import Settings
from search.catalogue.catalogue import Catalogue
from search.catalogue.mentions import mentions
from search.query.keywords import Keywords
from search.ranking.boosts import exact_first, link_boosts, metadata_boosts, newest
from search.ranking.fusion import SIGNALS
from search.ranking.grouping import (
    WHOLE_NOTE,
    ScoredNote,
    ScoredPassage,
    boosted,
    by_note,
    passages,
)
from search.snapshot import OpenIndex

EMPTY: MappingProxyType[str, float] = MappingProxyType({})


@pytest.fixture(scope="module")
def catalogue(sample: Settings) -> Catalogue:
    return OpenIndex(sample).snapshot().catalogue


def asked(**worth: float) -> Keywords:
    return Keywords([[(term, 1.0)] for term in worth], sum(worth.values()), worth)


def noted(note: int, *scores: float) -> list[ScoredPassage]:
    return [
        ScoredPassage(100 * note + n, note, score, {"keyword": score})
        for n, score in enumerate(scores)
    ]


def test_a_property_counts_by_its_share_in_the_question(catalogue: Catalogue) -> None:
    found = mentions("Rust", catalogue.fields)
    whole = metadata_boosts(found, asked(rust=5.0), len(catalogue.notes), SIGNALS)
    part = metadata_boosts(found, asked(rust=5.0, 搜索=15.0), len(catalogue.notes), SIGNALS)
    assert whole
    for note, boosts in part.items():
        assert boosts["property"] == pytest.approx(whole[note]["property"] / 2)


def test_boosts_are_capped(catalogue: Catalogue) -> None:
    question = " ".join(["Rust Python OpenAI Agent 检索 SQLite"] * 3)
    found = mentions(question, catalogue.fields)
    boosts = metadata_boosts(found, asked(rust=1.0), len(catalogue.notes), SIGNALS)
    for each in boosts.values():
        assert each.get("tag", 0.0) <= 0.02
        assert each.get("property", 0.0) <= 0.6


def test_a_signal_that_is_off_gives_nothing(catalogue: Catalogue) -> None:
    found = mentions("Rust", catalogue.fields)
    off = SIGNALS - {"property", "tag"}
    assert metadata_boosts(found, asked(rust=1.0), len(catalogue.notes), off) == {}


def test_links_of_the_strongest_notes_count_and_others_do_not(catalogue: Catalogue) -> None:
    ids = sorted(catalogue.notes)
    source = next(n for n in ids if catalogue.links_out.get(n))
    rest = [n for n in ids if n != source]
    first = by_note(
        [s for n, each in enumerate([source, *rest]) for s in noted(each, 1 - n / 99)], {}
    )
    last = by_note(
        [s for n, each in enumerate([*rest, source]) for s in noted(each, 1 - n / 99)], {}
    )
    targets = {target for target, _ in catalogue.links_out[source]}
    assert targets <= set(link_boosts(first, catalogue))
    assert all(0 <= each["link"] <= 0.05 for each in link_boosts(first, catalogue).values())
    strongest = {each.note_id for each in last[:3]}
    reached = {t for n in strongest for t, _ in catalogue.links_out.get(n, ())}
    assert set(link_boosts(last, catalogue)) == reached


def test_what_stands_as_typed_comes_first_found_by_words_or_not() -> None:
    notes = by_note([*noted(1, 0.9), *noted(2, 0.1)], {})
    ranked = exact_first(notes, [3, 2], None)
    assert [each.note_id for each in ranked] == [2, 3, 1]
    assert ranked[1].passages[0].passage_id == WHOLE_NOTE
    assert [each.note_id for each in exact_first(notes, [3, 2], frozenset({1, 2}))] == [2, 1]


def test_without_a_question_the_newest_notes_come_first(catalogue: Catalogue) -> None:
    dates = [catalogue.notes[n.note_id].date or "" for n in newest(catalogue, catalogue.notes)]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(catalogue.notes)


def test_further_passages_of_a_note_add_a_little() -> None:
    ranked = by_note([*noted(1, 0.5, 0.5, 0.5, 0.5), *noted(2, 0.5), *noted(3, 0.6)], {})
    assert [each.note_id for each in ranked] == [3, 1, 2]
    assert ranked[1].score == pytest.approx(0.575)


def test_one_note_does_not_fill_the_list() -> None:
    ranked = by_note([*noted(1, 0.9, 0.8, 0.7, 0.6, 0.5), *noted(2, 0.1)], {})
    assert [each.note_id for each in passages(ranked, 5)] == [1, 1, 1, 2, 1]


def test_a_boost_moves_a_note_and_is_shown_with_its_passages() -> None:
    notes = boosted(by_note([*noted(1, 0.5), *noted(2, 0.4)], {}), {2: {"link": 0.2}})
    assert [each.note_id for each in notes] == [2, 1]
    shown = notes[0].shown(notes[0].passages[0])
    assert shown.signals == {"keyword": 0.4, "link": 0.2}
    assert shown.score == pytest.approx(0.6)
    assert isinstance(notes[0], ScoredNote)
