"""A real server on the sample notes and a real Chromium that looks at its page."""

import base64
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from running_server import await_index, get, server

SAMPLE = Path(__file__).parents[2] / "notes"
# Read here: the tests take every WENGU_ variable out of the environment when they begin.
SHOTS = os.environ.get("WENGU_SCREENSHOTS")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REFUSED = re.compile("Failed to load resource: the server responded with a status of 4")
"""What the browser says of a refusal, which the page then tells its reader."""
QUESTION = "埃菲尔铁塔的电梯一天运送多少名游客？"
HOSTILE = """---
title: "<img src=x onerror=alert(1)> 恶意标题"
tags: ["<b>粗</b>"]
---
恶意笔记的正文。<script>alert(2)</script><p onclick="alert(3)" style="color:red">按我</p>

[链接](javascript:alert(4))
"""

PICTURED = """# 图文

![[图.png]]

![远处的图](https://pictures.example/far.png)

还没有写的 [[没有这篇笔记]]。
"""
RED_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO"
    "9TXL0Y4OHwAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of an installed Chromium; without one these tests are skipped, but not by CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium: install Debian's chromium, or put one on the PATH")
    if found is None:
        pytest.skip("no Chromium on the PATH: the page's tests need one (apt install chromium)")
    return found


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server listens with the sample notes, a hostile note, one with pictures and one
    that may not be read; its index is ready."""
    folder = tmp_path_factory.mktemp("page")
    notes = shutil.copytree(SAMPLE, folder / "notes")
    (notes / "恶意.md").write_text(HOSTILE, "utf-8")
    (notes / "图文.md").write_text(PICTURED, "utf-8")
    (notes / "图.png").write_bytes(RED_DOT)
    (folder / "elsewhere.md").write_text("# Not of these notes", "utf-8")
    (notes / "外面.md").symlink_to(folder / "elsewhere.md")
    with server(notes, folder / "index") as (_, where):
        await_index(where, lambda state: state["state"] == "idle" and state["indexed"] > 0)
        get(f"{where}api/search?q=wengu")  # the first search loads the model
        yield where


@pytest.fixture(scope="session")
def notes(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the server watches."""
    return next(tmp_path_factory.getbasetemp().glob("page*")) / "notes"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A browser for a module's tests: while it is open an event loop runs in this thread, where
    other tests could start none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens an address of the page; afterwards no fault and no outside request may be found.

    ``visit(path, phone=, **context)`` gives a Playwright page.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def opened(path: str = "/", *, phone: bool = False, **options: Any) -> Any:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 860}
        context = browser.new_context(**{"locale": "en-US", "viewport": size, **options})
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and not REFUSED.match(said.text)
                and faults.append(said.text))  # fmt: skip
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: asked.url.startswith((address, "obsidian:"))
                or faults.append(asked.url))  # fmt: skip
        page.goto(address + path.removeprefix("/"))
        page.wait_for_selector("#index-brief:not(:empty)")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def unanswered(visit: Callable[..., Any]) -> Callable[..., Any]:
    """Opens the page at a question that the sample notes do not answer."""

    def opened(**options: Any) -> Any:
        page = visit(**options)
        page.fill("#q", QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer.none")
        return page

    return opened


@pytest.fixture
def shot() -> Callable[[Any, str], None]:
    """Keeps a picture of the page where WENGU_SCREENSHOTS names a folder."""

    def taken(page: Any, name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(SHOTS, f"{name}.png"), animations="disabled")

    return taken
