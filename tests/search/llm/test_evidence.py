"""False statements are told from true ones: both in their own words, in both languages."""

import json
from functools import cache
from pathlib import Path

import pytest

from index.settings import load as settled
from index.text.terms import fold
from search.llm.amounts import quantities
from search.llm.evidence import Evidence, GroundingJudge
from search.llm.grounding import GroundingCheck
from search.llm.stated_dates import Date, dates
from search.query.dictionary import Dictionary, load

STATEMENTS = [
    json.loads(line)
    for line in Path(__file__).with_name("statements.jsonl").read_text("utf-8").splitlines()
]


@cache
def dictionary() -> Dictionary:
    return load(settled().model_cache)


def holds(quote: str, statement: str) -> bool:
    claims = GroundingCheck({1: Evidence.of(quote, "笔记", "")}, GroundingJudge(dictionary()))
    return claims.verified(f"{statement} [1]") is not None


def test_false_statements_are_dropped_and_true_ones_kept() -> None:
    passed = [s for s in STATEMENTS if not s["holds"] and holds(s["quote"], s["statement"])]
    dropped = [s for s in STATEMENTS if s["holds"] and not holds(s["quote"], s["statement"])]
    assert len(passed) <= 5, passed
    assert len(dropped) <= 5, dropped


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("两成五", "25%"),
        ("三分之二", "two thirds of"),
        ("快了一倍", "doubled"),
        ("18 公里", "18 kilometres"),
        ("2 hours", "120 分钟"),
        ("$3 billion", "30 亿美元"),
        ("不超过 4 克", "at most 4 g"),
        ("十倍", "tenfold"),
    ],
)
def test_the_same_amount_is_the_same_however_it_is_written(one: str, other: str) -> None:
    (first,), (last,) = (
        [each for each, _ in quantities(dates(fold(text))[1])] for text in (one, other)
    )
    assert (first.unit, first.amount, first.bound) == (last.unit, last.amount, last.bound)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1998 年 3 月 12 日", Date(1998, 3, 12)),
        ("on 12 March 1998", Date(1998, 3, 12)),
        ("1998-03-12", Date(1998, 3, 12)),
        ("二〇二五年三月", Date(2025, 3)),
        ("in May", Date(None, 5)),
        ("on Mondays", Date(weekday=0)),
        ("每周一", Date(weekday=0)),
    ],
)
def test_a_date_is_read_as_a_whole(text: str, date: Date) -> None:
    assert dates(fold(text))[0] == [date]
