"""The first minute with an empty folder of notes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from accessibility import findings
from running_server import server

Shot = Callable[[Any, str], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("first")


@pytest.fixture(scope="module")
def bare(folder: Path, chromium: str) -> Iterator[str]:
    """Where a server listens whose folder has no notes."""
    (folder / "notes").mkdir()
    with server(folder / "notes", folder / "index") as (_, where):
        yield where


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_folder_says_what_to_do(browser: Any, bare: str, shot: Shot, scheme: str) -> None:
    page = browser.new_page(locale="zh-CN", color_scheme=scheme)
    page.goto(bare)
    page.wait_for_selector(".first-steps:has-text('还没有笔记')", timeout=120_000)
    assert "Markdown" in page.inner_text(".first-steps")
    assert findings(page) == []
    shot(page, f"empty-vault-{scheme}")
    page.close()


def test_the_first_note_takes_the_hint_away(browser: Any, bare: str, folder: Path) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(bare)
    page.wait_for_selector(".first-steps:has-text('holds no notes yet')", timeout=120_000)
    (folder / "notes" / "柳.md").write_text("# 柳\n\n河边的树。", "utf-8")
    page.wait_for_selector(".first-steps", state="detached", timeout=120_000)
    page.wait_for_selector("#index-brief:has-text('1 note')", timeout=120_000)
    page.close()
