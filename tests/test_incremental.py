"""Whatever was done to the notes, and whenever the index followed, it ends the same."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_vault import Remembering, SmallVault

from search.result import Mode

NAMES = ("a.md", "b.md", "深/a.md", "深/乙.md")
BODIES = (
    "# 绿茶\n\n绿茶的水温是八十度。见 [[乙]]。\n",
    "# 手冲\n\n手冲咖啡的水温是九十二度。#饮品\n",
    "# 面包\n\n面团要发酵一个晚上。\n\n## 烤\n\n- [[a]]；关联理由：前提；说明：先烧水。\n",
    "---\ntitle: Tea\ndate: 2024-05-01\ntags: [饮品]\n---\nWater for green tea is not boiling.\n",
    "",
)
QUERIES = ("水温", "面团发酵多久", "green tea", "烤")
MODES: tuple[Mode, ...] = ("hybrid", "keyword", "semantic")
DRIFT: dict[Mode, float] = {"hybrid": 0.05, "keyword": 1e-3, "semantic": 0.05}
Found = dict[tuple[str, Mode], list[tuple[str, str, float]]]

NAME, BODY = st.sampled_from(NAMES), st.sampled_from(BODIES)
STEPS = st.one_of(
    st.tuples(st.just("write"), NAME, BODY),
    st.tuples(st.just("rename"), NAME, NAME),
    st.tuples(st.just("copy"), NAME, NAME),
    st.tuples(st.just("delete"), NAME, st.just("")),
    st.tuples(st.just("update"), st.just(""), st.just("")),
)


def take(vault: SmallVault, action: str, name: str, other: str) -> None:
    place = vault.notes / name
    if action == "write":
        vault.write(name, other)
    elif action == "update":
        vault.update()
    elif place.exists() and action == "delete":
        place.unlink()
    elif place.exists():
        vault.write(other, place.read_bytes())
        if action == "rename" and other != name:
            place.unlink()


def found(vault: SmallVault) -> Found:
    searcher = vault.searcher()
    return {
        (query, mode): [
            (hit.path, hit.text, hit.score) for hit in searcher.search(query, mode=mode).results
        ]
        for query in QUERIES
        for mode in MODES
    }


def same(left: Found, right: Found) -> None:
    """The same passages with the same scores.

    Where vectors count nearly so: centres are measured again only when a vault has grown or
    shrunk a good deal.
    """
    assert left.keys() == right.keys()
    for asked, hits in left.items():
        scores = {(path, text): score for path, text, score in hits}
        others = {(path, text): score for path, text, score in right[asked]}
        assert scores == pytest.approx(others, abs=DRIFT[asked[1]]), asked


@given(steps=st.lists(STEPS, min_size=4, max_size=14))
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_series_of_edits_ends_as_a_fresh_build(
    encoder: Remembering, steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        vault = SmallVault(Path(name) / "followed", encoder)
        vault.write("stays.md", "# 不变\n\n这一篇从不改动。\n")
        for step in steps:
            take(vault, *step)
        vault.update()
        fresh = SmallVault(Path(name) / "fresh", encoder)
        for place in vault.notes.rglob("*.md"):
            fresh.write(str(place.relative_to(vault.notes)), place.read_bytes())
        fresh.update()
        same(found(vault), found(fresh))
