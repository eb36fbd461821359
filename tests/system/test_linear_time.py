"""Reading a note, and asking of it, takes time in proportion to its length.

What counts is the processor's time of this thread, so that a busy machine changes nothing.
"""

import gc
import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from repeated_marks import MARKS, PIECES, nested_lists, repeated

from index.ingest.time_limit import TooSlow, time_limit
from index.markdown.parse import parse
from index.passages.split import split
from index.text.bilingual import bilingual_terms
from index.text.terms import fold, terms
from search.answer.siblings.note_records import records
from search.answer.siblings.scope import Asked, scope
from search.answer.siblings.sibling_names import SiblingNames
from search.answer.siblings.strangers import stranger

CHARACTERS = 40_000
QUICK = 1.0
"""Seconds within which twice as much is read whatever the proportion; a scanner that looks
at everything again for each mark takes ten and more."""


def count(texts: Sequence[str]) -> list[int]:
    return [len(text) // 3 + 1 for text in texts]


def seconds(text: str) -> float:
    """What the processor takes to read a text as a note is read."""
    gc.collect()
    began = time.thread_time()
    note = parse("a.md", text)
    passages = split(note, count, 254)
    for passage in passages:
        terms(passage.text)
    list(bilingual_terms(text))
    return time.thread_time() - began


QUESTION = "What is the colour of the A 3 lamp, a b c 2025-01-01 中?"


def seconds_asked(text: str) -> float:
    """What the processor takes to see in a note what is said of the thing that is asked."""
    own = terms(QUESTION)
    asked = Asked(fold(QUESTION), frozenset(own), tuple(frozenset((each,)) for each in own))
    names = SiblingNames(["A"])
    records.cache_clear()
    gc.collect()
    began = time.thread_time()
    kept = scope(asked, {1: text}, {1: "A"}, names)
    kept.visible(1, text)
    for at in range(0, len(text), 100):
        kept.leaves(1, at, at + 100)
    stranger(asked, QUESTION, {1: text}, {1: "A"}, names, lambda name: False)
    return time.thread_time() - began


def assert_linear(one: str, two: str, taken: Callable[[str], float] = seconds) -> None:
    """The best of three: other work on the machine may slow one, never speed it up."""
    ratios = []
    for _ in range(3):
        whole = taken(two)
        if whole < QUICK:
            return
        ratios.append(whole / taken(one))
        if ratios[-1] <= 2.5:
            return
    raise AssertionError(f"twice the text takes {min(ratios):.1f} times as long: {one[:40]!r}")


@given(first=st.lists(st.sampled_from(MARKS), max_size=2), piece=PIECES)
@settings(max_examples=20)
@example(first=[], piece=["%%"])
@example(first=[], piece=["%%", "a", "%%", ">"])
@example(first=[], piece=["<!--", "-->"])
@example(first=["[[a]]"], piece=["<!--", " "])
@example(first=["[[a]]"], piece=["(", "a:: b"])
@example(first=[], piece=["- ", "[[a]]", "；关联理由：", "\n"])
def test_openers_and_closers_of_every_kind(first: list[str], piece: list[str]) -> None:
    assert_linear(repeated(first, piece, CHARACTERS), repeated(first, piece, 2 * CHARACTERS))


@given(first=st.lists(st.sampled_from(MARKS), max_size=2), piece=PIECES)
@settings(max_examples=5)
@example(first=[], piece=["## a\n", "b\n"])
@example(first=[], piece=["- a: b\n"])
@example(first=["- a: b\n"] * 9000, piece=["- b: c\n"])
@example(first=["| x | a |\n", "|---|---|\n"], piece=["| a3 | b |\n", "| b | a |\n"])
@example(first=[], piece=["<!--", "a\n"])
@example(first=[], piece=["%%", "a", "%%", "\n"])
def test_records_of_every_kind_are_told_apart(first: list[str], piece: list[str]) -> None:
    one, two = (repeated(first, piece, number * CHARACTERS) for number in (1, 2))
    assert_linear(one, two, seconds_asked)


def test_as_many_relations_as_links() -> None:
    lines = [f"- [[a]]；关联理由：r{number}\n" for number in range(6000)]
    assert_linear("".join(lines[:3000]), "".join(lines))


def test_nested_lists() -> None:
    assert_linear(nested_lists(CHARACTERS), nested_lists(2 * CHARACTERS))


def test_the_note_that_once_took_for_ever_is_read() -> None:
    with time_limit(120):
        seconds("%" * 100_000)


def test_what_is_not_linear_would_be_noticed() -> None:
    def slow(text: str) -> int:
        return sum(len(text[at:]) for at in range(len(text)))

    with pytest.raises(TooSlow), time_limit(0.2):
        slow("%" * 3_000_000)
