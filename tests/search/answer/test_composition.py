"""A plain answer: the best unit first, then what it leaves open."""

from hypothesis import given
from hypothesis import strategies as st

from index.store.records import StoredPassage
from search.answer.composition import MOST, ROOM, SHARE, Choice, choose, whole
from search.answer.evidence.spans import Unit
from search.ranking.reading import ReadPassage, Sentence


def choice(text: str, logit: float, words: str = "") -> Choice:
    unit = Unit(1, 1, 0, len(text), text, ())
    return Choice(unit, logit, frozenset((words or text).split()))


def in_passage(text: str, quote: str, *, step: bool = False) -> tuple[Choice, ReadPassage]:
    start = text.index(quote)
    unit = Unit(1, 1, 100 + start, 100 + start + len(quote), quote, (), is_step=step)
    passage = StoredPassage(1, 1, 100, 100 + len(text), (), "text", text)
    sentences, at = [], 0
    for part in text.replace("。", "。\0").split("\0"):
        if part.strip():
            sentences.append(Sentence(100 + at, 100 + at + len(part), 0.0))
        at += len(part)
    return Choice(unit, 1.0, frozenset()), ReadPassage(passage, 1.0, 0.5, 1.0, tuple(sentences))


def test_the_best_unit_stands_first_and_much_worse_ones_nowhere() -> None:
    best, near, far = choice("a b", 3.0), choice("c d", 2.5), choice("e f", 2.9 - SHARE)
    assert choose([best, near, far]) == [best, near]


def test_a_unit_with_no_word_of_its_own_is_left_out() -> None:
    best, same = choice("tea at ninety", 3.0), choice("at ninety", 2.9)
    assert choose([best, same]) == [best]


@given(st.lists(st.integers(1, 600), min_size=1, max_size=12))
def test_quotes_fit_into_their_room_and_there_is_always_one(sizes: list[int]) -> None:
    choices = [choice("x" * size, 1.0, f"w{place}") for place, size in enumerate(sizes)]
    chosen = choose(choices)
    assert chosen[0] == choices[0] and len(chosen) <= MOST
    assert len(chosen) == 1 or sum(len(each.unit.text) for each in chosen) <= ROOM


def test_a_step_is_quoted_with_all_steps_of_its_list() -> None:
    text = "先看这里。\n\n1. 拧松螺丝。\n2. 取下盖子。\n   轻一点。\n3. 换电池。\n\n完了。"
    each, passage = in_passage(text, "取下盖子。", step=True)
    assert whole(each, [passage]).text == "1. 拧松螺丝。\n2. 取下盖子。\n   轻一点。\n3. 换电池。"


def test_a_sentence_that_refers_back_is_quoted_with_what_it_refers_to() -> None:
    text = "这把壶是祖母的。它是景德镇的。"
    each, passage = in_passage(text, "它是景德镇的。")
    assert whole(each, [passage]).text == text


def test_a_sentence_that_stands_by_itself_is_quoted_alone() -> None:
    each, passage = in_passage("这把壶是祖母的。景德镇产的瓷很薄。", "景德镇产的瓷很薄。")
    assert whole(each, [passage]) == each.unit


def test_lines_with_labels_of_their_own_are_quoted_apart() -> None:
    text = "老葛：怕蜂\n阿蔓：爱喝姜茶\n"
    first, second = "老葛：怕蜂", "阿蔓：爱喝姜茶"
    choices = [
        Choice(
            Unit(1, 1, text.index(line), text.index(line) + len(line), line, ()),
            logit,
            frozenset((line,)),
        )
        for line, logit in ((first, 3.0), (second, 0.0))
    ]
    assert [each.unit.text for each in choose(choices)] == [first]
