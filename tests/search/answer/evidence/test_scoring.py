"""How units are weighed by their words, and which of them are worth reading."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from weighing import weighed

from search.answer.evidence.scoring import Candidate, Room, read, sifted
from search.answer.evidence.term_weights import Words
from search.answer.question.intent import understand

ASKED = understand("How heavy is the tent of Orla?")
WORDS = Words(({"heavy": 1.0}, {"tent": 1.0}, {"orla": 1.0}), 3.0)
PLENTY = Room(1000, 1000)
TENT, STOVE, DOG = "The tent is heavy.", "The stove is small.", "Orla has a dog."


def candidate(text: str, note: int = 1, score: float = 1.0, **more: frozenset[str]) -> Candidate:
    one = weighed(text, note=note)
    return Candidate(one.unit, "Camping", 0.5, 0, score, one.terms, **more)


def kept(candidates: Sequence[Candidate], room: Room = PLENTY, *known: str) -> list[str]:
    found = sifted(ASKED, WORDS, candidates, 1.0, room, frozenset(known))
    return [each.unit.text for _, each in found]


def test_what_holds_more_of_the_words_comes_first() -> None:
    assert kept([candidate(STOVE), candidate(TENT)]) == [TENT, STOVE]


def test_the_better_note_comes_first_where_the_words_are_as_many() -> None:
    assert kept([candidate(TENT, 1, 0.5), candidate(TENT + "!", 2, 1.0)]) == [TENT + "!", TENT]


def test_no_more_is_read_than_there_is_room_for() -> None:
    units = [candidate(TENT, 1), candidate(STOVE, 1), candidate(DOG, 2)]
    assert kept(units, Room(45, 45)) == [TENT]
    assert set(kept(units, Room(1000, 45))) == {TENT, DOG}


def test_a_name_that_says_which_note_hardly_says_which_sentence() -> None:
    sentences = [candidate("Orla has a heavy dog."), candidate("The tent is heavy, says he.")]
    assert kept(sentences, PLENTY)[0] == kept(sentences, PLENTY, "orla")[1]


def test_a_note_speaks_for_its_author_in_every_sentence() -> None:
    own = candidate(TENT, 1, voice=frozenset({"orla"}))
    other = candidate("The tent is heavy today.", 2)
    assert kept([other, own])[0] == TENT


def test_a_title_is_read_before_a_sentence_where_notes_are_to_be_told_apart() -> None:
    heard: list[str] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        heard.extend(texts)
        return np.ones((len(texts), 2), np.float32)

    group = sifted(ASKED, WORDS, [candidate(TENT)], 1.0, PLENTY)
    vector = np.array([0.5, 0.0], np.float32)
    (found,) = read([group], [vector], encode, titled=True)
    read([group], [vector], encode)
    assert heard == [f"Camping\n{TENT}", TENT]
    assert found[0].meaning == 0.5
