"""Whether a text can tell what a question wants to know."""

import pytest

from index.text.terms import fold, terms
from search.answer.siblings.asked_aspect import is_beyond
from search.answer.siblings.scope import Asked
from search.query.stopwords import meaningful

GATE = "Codes Gate: 4711#"
CREW = "船员 姓名 舱位 老葛 3-11"


def beyond(question: str, held: str) -> bool:
    own = meaningful(terms(question))
    asked = Asked(fold(question), frozenset(own), tuple(frozenset((term,)) for term in own))
    return is_beyond(asked, question, held)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What colour is the gate?", GATE),
        ("How wide is the gate?", GATE),
        ("When was the gate built?", GATE),
        ("What is the gate's weight?", GATE),
        ("老葛的生日是哪天？", CREW),
        ("老葛的籍贯是哪里？", CREW),
    ],
)
def test_what_is_named_beside_the_thing_must_stand_in_the_text(question: str, held: str) -> None:
    assert beyond(question, held)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What is the code of the gate?", GATE),
        ("What opens the gate?", GATE),
        ("Where is the gate?", GATE),
        ("老葛住在哪个舱位？", CREW),
        ("When does the ferry leave?", "Ferry leaves on Tuesdays"),
    ],
)
def test_a_verb_or_what_stands_there_may_be_told(question: str, held: str) -> None:
    assert not beyond(question, held)
