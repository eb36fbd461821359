"""How likely the notes answer, from what was found."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import Lexical
from index.settings import Settings
from index.sync import LEXICAL
from search.answer.confidence import LEAST, Signs, confidence, signs
from search.answer.evidence import Words
from search.answer.question import understand

GOOD = Signs(top=0.8, meaning=0.5, held=1.0, elsewhere=0, nowhere=0, english=False)
SIGNS = st.builds(
    Signs,
    st.floats(0, 1),
    st.floats(-1, 1),
    st.floats(0, 1),
    st.integers(0, 4),
    st.integers(0, 4),
    st.booleans(),
)


@settings(deadline=None)
@given(SIGNS)
def test_it_is_a_probability(found: Signs) -> None:
    assert 0.0 < confidence(found) < 1.0


@settings(deadline=None)
@given(SIGNS, st.sampled_from(["top", "meaning", "held"]), st.floats(0.01, 1))
def test_more_that_speaks_for_an_answer_raises_it(found: Signs, sign: str, more: float) -> None:
    assert confidence(replace(found, **{sign: getattr(found, sign) + more})) > confidence(found)


@settings(deadline=None)
@given(SIGNS, st.sampled_from(["elsewhere", "nowhere"]))
def test_names_that_are_missing_never_raise_it(found: Signs, sign: str) -> None:
    assert confidence(replace(found, **{sign: getattr(found, sign) + 1})) <= confidence(found)


def test_good_evidence_is_answered_and_none_is_not() -> None:
    assert confidence(GOOD) > 0.9
    assert confidence(Signs(0.0, 0.0, 0.0, 0, 0, False)) < LEAST
    assert confidence(Signs(0.3, 0.3, 0.3, 0, 2, False)) < LEAST


@pytest.fixture(scope="module")
def lexical(sample: Settings) -> Iterator[Lexical]:
    yield Lexical(sample.index_dir / LEXICAL)


NOTES = [("Kiln：烧陶的炉子", "Kiln 最高烧到 1300 度，用的是 Python 写的 SQLite 程序。"),
         ("Wheel", "拉坯机。"), ("glaze", "釉料。")]  # fmt: skip


def found(text: str, lexical: Lexical, *clauses: dict[str, float]) -> Signs:
    words = Words(clauses, sum(max(clause.values()) for clause in clauses))
    return signs(understand(text), words, lexical, 0.7, 0.4, NOTES)


def test_a_name_that_no_note_holds_counts_as_nowhere(lexical: Lexical) -> None:
    clauses = ({"python": 1.0}, {"zorblax": 1.0})
    of_sample = found("Which tool does Python need?", lexical, clauses[0])
    unknown = found("Which tool do Python and Zorblax need?", lexical, *clauses)
    assert (of_sample.nowhere, of_sample.elsewhere) == (0, 0)
    assert (unknown.nowhere, unknown.elsewhere) == (1, 1)


def test_names_that_notes_write_in_their_own_letters_are_no_sign(lexical: Lexical) -> None:
    alone = found("Which tool does Zorblax need?", lexical, {"zorblax": 1.0})
    assert (alone.nowhere, alone.elsewhere) == (0, 0)


def test_a_name_outside_the_best_notes_counts_as_elsewhere(lexical: Lexical) -> None:
    away = found("Does the kiln run Ghostty?", lexical, {"ghostty": 1.0})
    assert (away.elsewhere, away.nowhere) == (1, 0)


def test_a_word_that_may_be_translated_is_no_name(lexical: Lexical) -> None:
    kept = found("How hot is the Zorblax?", lexical, {"zorblax": 1.0, "炉子": 0.6})
    assert kept.nowhere == 0


def test_any_latin_word_in_a_chinese_question_is_a_name(lexical: Lexical) -> None:
    assert found("zorblax 能烧到几度？", lexical, {"zorblax": 1.0}).nowhere == 1
    assert found("how hot does zorblax get?", lexical, {"zorblax": 1.0}).nowhere == 0


def test_what_is_held_is_counted_beside_the_title(lexical: Lexical) -> None:
    assert found("?", lexical, {"kiln": 5.0}, {"1300": 3.0}, {"锡": 1.0}).held == 0.75
    assert found("?", lexical, {"kiln": 5.0}).held == 1.0
