"""How likely the notes answer, from what was found."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answer.evidence.answerability import LEAST, Signs, confidence

GOOD = Signs(
    top=0.8, meaning=0.5, held=1.0, whole=True, words=4, said=1.0, named=1.0, sibling=False,
    english=False, notes=3000,
)  # fmt: skip
NOTHING = Signs(0.0, 0.0, 0.0, False, 2, 0.0, 0.0, False, False, 3000)
SIGNS = st.builds(
    Signs,
    st.floats(0, 1),
    st.floats(-1, 1),
    st.floats(0, 1),
    st.booleans(),
    st.integers(0, 8),
    st.floats(0, 1),
    st.floats(0, 1),
    st.booleans(),
    st.booleans(),
    st.integers(1, 10**6),
)


@given(SIGNS)
def test_it_is_a_probability(found: Signs) -> None:
    assert 0.0 < confidence(found) < 1.0


@given(SIGNS, st.sampled_from(["top", "meaning", "held", "said", "named"]), st.floats(0.01, 1))
def test_more_that_speaks_for_an_answer_raises_it(found: Signs, sign: str, more: float) -> None:
    assert confidence(replace(found, **{sign: getattr(found, sign) + more})) > confidence(found)


@given(SIGNS)
def test_a_sibling_or_a_missing_word_speaks_against_it(found: Signs) -> None:
    assert confidence(replace(found, sibling=True)) <= confidence(replace(found, sibling=False))
    assert confidence(replace(found, whole=False)) <= confidence(replace(found, whole=True))


def test_good_evidence_is_answered_and_none_is_not() -> None:
    assert confidence(GOOD) > 0.9
    assert confidence(NOTHING) < LEAST


def test_of_a_short_question_a_missing_word_weighs_more() -> None:
    missing = replace(GOOD, top=0.5, meaning=0.4, held=0.5, whole=False)
    assert confidence(replace(missing, words=2)) < LEAST < confidence(replace(missing, words=8))


def test_a_sibling_of_what_is_asked_is_not_enough() -> None:
    assert confidence(replace(GOOD, top=0.6, meaning=0.4, words=2, sibling=True)) < LEAST


@pytest.mark.parametrize("sign", ["top", "meaning", "held", "said", "named"])
def test_no_single_sign_decides(sign: str) -> None:
    assert confidence(replace(NOTHING, **{sign: 1.0})) < 0.5


def test_of_few_notes_words_that_are_there_say_more() -> None:
    found = replace(GOOD, top=0.2, meaning=0.3, words=1)
    assert confidence(replace(found, notes=20)) > confidence(replace(found, notes=2000))
    assert confidence(replace(NOTHING, notes=20)) == confidence(replace(NOTHING, notes=2000))
