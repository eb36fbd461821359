"""Rows of a comparison and the sentence over them."""

from collections.abc import Sequence

from weighing import note, weighed

from index.store.records import StoredNote
from search.answer.citations import Citations
from search.answer.evidence.scoring import Weighed
from search.answer.evidence.term_weights import Words
from search.answer.question.families import Thing
from search.answer.table_rows import Found, change, date, ordered, rows
from search.result import Row

NOTES: dict[int, StoredNote] = {
    each.id: each
    for each in (note(1, "Lumen 2", "2024-05"), note(2, "Lumen 10", "2024-05"),
                 note(3, "Lumen 1", "2023-01-02"), note(4, "Lumen 11"), note(5, "Lumen 9"))
}  # fmt: skip
ASPECT = Words(({"电池": 1.0},), 1.0)


def found(number: int, version: int = 0, *units: Weighed, settled: bool = False) -> Found:
    return Found(Thing(f"L{version}", frozenset({number}), (version,)), units, settled)


def made(*given: Found, lang: str = "en") -> tuple[Sequence[Row], Citations]:
    citations = Citations(NOTES)
    return rows(given, NOTES, citations, "zh" if lang == "zh" else "en"), citations


def test_rows_are_ordered_by_date_and_what_has_none_stands_before_the_next_version() -> None:
    given = [found(4, 11), found(2, 10), found(5, 9), found(1, 2), found(3, 1)]
    assert [each.thing.name for each in ordered(given, NOTES)] == ["L1", "L2", "L9", "L10", "L11"]


def test_the_date_is_that_of_the_note_quoted() -> None:
    thing = Thing("L", frozenset({1, 3}))
    assert date(Found(thing, [weighed("它用电池。", note=1)]), NOTES) == "2024-05"
    assert date(Found(thing, []), NOTES) == "2023-01-02"
    assert date(Found(Thing("L", frozenset({4})), []), NOTES) is None


def test_a_row_quotes_with_its_mark() -> None:
    (row,), citations = made(found(1, 2, weighed("它用电池。", note=1, start=9)))
    assert row == Row("L2", "2024-05", "它用电池。 [1]", (1,))
    assert [(c.path, c.start, c.quote) for c in citations.given] == [("1.md", 9, "它用电池。")]


def test_a_thing_without_evidence_says_so() -> None:
    assert made(found(1, 2))[0] == (Row("L2", "2024-05", "No note states it.", ()),)
    assert made(found(1, 2), lang="zh")[0][0].text == "笔记里没有写到。"


def test_a_weaker_second_sentence_is_quoted_only_where_all_is_settled() -> None:
    units = (weighed("它用电池。", 2.0), weighed("外壳是铝做的。", 1.0, start=20))
    assert made(found(1, 2, *units))[0][0].citations == (1,)
    assert made(found(1, 2, *units, settled=True))[0][0].citations == (1, 2)


def test_the_best_is_quoted_even_where_it_is_too_long() -> None:
    long = "它用电池，" * 120
    assert made(found(1, 2, weighed(long)))[0][0].text == f"{long} [1]"


def test_the_sentence_over_the_table_only_quotes() -> None:
    table, _ = made(
        found(3, 1, weighed("它用两节电池。", note=3)), found(4, 5),
        found(1, 2, weighed("改用太阳能。", note=1)),
    )  # fmt: skip
    said = change(table, ASPECT, "en")
    assert said == "L1 (2023-01-02): 它用两节电池。 [1] → L2 (2024-05): 改用太阳能。 [2]"


def test_of_a_long_quote_the_clause_about_the_aspect_stands_over_the_table() -> None:
    long = "它" + "可以连着亮上好几个晚上" * 9 + "，用的是两节电池，外壳是铝做的。"
    later = weighed("改用太阳能。", note=1)
    table, _ = made(found(3, 1, weighed(long, note=3)), found(1, 2, later))
    assert change(table, ASPECT, "zh").startswith("L1 (2023-01-02)：用的是两节电池 [1] → ")


def test_code_is_not_quoted_over_the_table() -> None:
    code = weighed("```sh\nlamp --on\n```", note=3)
    table, _ = made(found(3, 1, code), found(1, 2, weighed("改用太阳能。", note=1)))
    assert table[0].citations == (1,)
    assert change(table, ASPECT, "en") == "2 compared:"


def test_with_one_statement_nothing_changed() -> None:
    table, _ = made(found(3, 1, weighed("它用两节电池。", note=3)), found(4, 5))
    assert change(table, ASPECT, "en") == "2 compared:"
