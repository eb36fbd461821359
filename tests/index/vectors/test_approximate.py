"""Vectors of a large vault: roughly first, then the likely ones closely."""

import numpy as np
import pytest
from small_vault import SmallVault

from index.store.change_feed import Vectors
from index.vectors import centering, exact, vector_file
from index.vectors.approximate import Approximate
from index.vectors.exact import Exact

WIDE, ROWS = 384, 6_000


def unit(rows: Vectors) -> Vectors:
    result: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return result


@pytest.fixture(scope="module")
def rows() -> Vectors:
    """Rows about two hundred subjects."""
    chance = np.random.default_rng(1)
    subjects = chance.normal(size=(200, WIDE))
    return unit(subjects[np.arange(ROWS) % 200] + chance.normal(size=(ROWS, WIDE)))


@pytest.fixture(scope="module")
def questions() -> Vectors:
    """Not drawn like the rows, as questions are not like passages."""
    return unit(np.random.default_rng(2).normal(size=(100, WIDE)))


@pytest.fixture
def both(rows: Vectors) -> tuple[Approximate, Exact]:
    ids = np.arange(ROWS) * 3 + 5
    found = Approximate.fitted(rows[:3000]), Exact.empty(WIDE)
    for each in found:
        each.extend(ids, rows)
    return found


def recall(both: tuple[Approximate, Exact], questions: Vectors) -> float:
    ours, all_ = ([dict(each.search(q, 200)[:10]) for q in questions] for each in both)
    return float(np.mean([len(a.keys() & b.keys()) / 10 for a, b in zip(ours, all_, strict=True)]))


def test_nearly_all_of_the_nearest_are_found(
    both: tuple[Approximate, Exact], questions: Vectors
) -> None:
    assert recall(both, questions) >= 0.98


def test_what_came_and_went_since_is_searched_as_it_stands(
    both: tuple[Approximate, Exact], rows: Vectors, questions: Vectors
) -> None:
    gone, new = np.arange(0, ROWS, 7) * 3 + 5, np.arange(500) * 3 + 6
    for each in both:
        each.replace(gone, new, rows[:500] + np.float32(0.01))
    ours, all_ = both
    assert len(ours) == len(all_)
    assert recall(both, questions) >= 0.98
    assert not set(gone.tolist()) & {i for q in questions for i, _ in ours.search(q, 200)}
    wanted = [*gone[:5].tolist(), *new[:5].tolist(), 8, 11, 10**9]
    expected = all_.scores(questions[0], wanted)
    assert ours.scores(questions[0], wanted) == pytest.approx(expected, abs=2e-3)


def test_more_is_looked_at_where_the_nearest_have_gone(
    both: tuple[Approximate, Exact], questions: Vectors
) -> None:
    ours, _ = both
    near = np.array([i for i, _ in ours.search(questions[0], 400)])
    ours.replace(near, near[:0], np.zeros((0, WIDE), np.float32))
    assert len(ours.search(questions[0], 200)) == 200


def test_a_search_among_some_gives_the_nearest_of_these(
    both: tuple[Approximate, Exact], questions: Vectors
) -> None:
    ours, all_ = both
    some = (np.arange(0, ROWS, 5) * 3 + 5).tolist()
    found, expected = (dict(each.search(questions[0], 50, some)) for each in (ours, all_))
    assert len(found.keys() & expected.keys()) >= 48


@pytest.mark.parametrize("wide", [6, 9])
def test_vectors_of_any_length_are_taken(wide: int) -> None:
    rows = unit(np.random.default_rng(3).normal(size=(500, wide)))
    ours = Approximate.fitted(rows)
    ours.extend(np.arange(500), rows)
    assert ours.search(rows[17], 1)[0][0] == 17


def test_a_vault_is_compared_roughly_from_a_size_on(
    small: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its index outlives the file, edits, and a vault that has become small again."""
    for number in range(60):
        small.write(f"{number}.md", f"# 茶 {number}\n\n第{number}种茶的水温是{number}度。\n")
    small.update()
    expected = small.paths("第七种茶", mode="semantic")[:3]
    monkeypatch.setattr(exact, "EXACT", 50)
    small.write("0.md", "# 咖啡\n\n咖啡的水温是九十二度。\n")
    small.update()
    header = vector_file.check(small.settings.vector_file)
    assert header is not None and header["kind"] == "approximate"
    assert set(small.paths("第七种茶", mode="semantic")[:10]) >= set(expected)
    small.write("1.md", "# 面包\n\n面团要发酵一个晚上。\n")
    small.update()
    assert small.paths("面团发酵多久", mode="semantic")[0] == "1.md"
    store = small.store()
    middle = centering.load(store, store.meta("model"), "passages")
    (small.settings.vector_file).write_bytes(b"garbage")
    assert small.paths("面团发酵多久", mode="semantic")[0] == "1.md"
    monkeypatch.undo()
    small.update()
    assert middle is not None
    header = vector_file.check(small.settings.vector_file)
    assert header is not None and header["kind"] == "exact"
    assert small.paths("第七种茶", mode="semantic")[:3] == expected
