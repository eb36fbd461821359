"""Two cutters that cut the same, with the user's own words too."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.text import segmentation
from index.text.segmentation import UserWord, cut, cut_for_search
from index.text.user_dictionary import load_words

NOTES = Path(__file__).resolve().parents[3] / "notes"
OWN = (UserWord("温故知新法", 0), UserWord("备灾框", 5), UserWord("向量索", 90_000, "n"))


@pytest.fixture(autouse=True)
def no_own_words_afterwards() -> Iterator[None]:
    yield
    segmentation.use(())


@pytest.mark.parametrize("words", [(), OWN])
def test_rjieba_and_jieba_cut_the_same(
    words: tuple[UserWord, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(NOTES.rglob("*.md")))
    runs = [*re.findall("[\u4e00-\u9fff]+", text), "用温故知新法看备灾框架的向量索引"]
    segmentation.use(words)
    fast = [(cut(run), cut_for_search(run)) for run in runs]
    segmentation._cutter.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "rjieba", None)
    assert [(cut(run), cut_for_search(run)) for run in runs] == fast
    segmentation._cutter.cache_clear()


def test_the_users_words_are_cut_as_such() -> None:
    assert "温故知新法" not in cut("学习温故知新法")
    segmentation.use(OWN)
    assert "温故知新法" in cut("学习温故知新法")


def test_a_user_dictionary_is_read_in_jiebas_format(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("\ufeff備災框架 5 n\n星河\n\n太 多 字 了\n", "utf-8")
    second.write_text("星河 10\n", "utf-8")
    missing = tmp_path / "c.txt"
    assert load_words((first, second, missing)) == (
        UserWord("备灾框架", 5, "n"),
        UserWord("星河", 10, ""),
    )
