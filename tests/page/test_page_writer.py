"""The page with a language model behind it: text that streams, stops, and steps aside."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from accessibility import findings
from model_server import Act, Model, answers, breaks_off, pauses, running, says, stalls
from running_server import await_index, get, server

SAMPLE = Path(__file__).parents[2] / "notes"
QUESTION = "间隔重复是什么？"
ASKED = f"/?ask=1&q={quote(QUESTION)}"
FIRST_WORDS, SECOND_WORDS = "间隔重复讲的是复习", "复习之间要有间隔"
FIRST, SECOND = f"{FIRST_WORDS} [1]。", f"{SECOND_WORDS} [1]。"
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with running(says(FIRST)) as started:
        yield started


@pytest.fixture(scope="module")
def address(chromium: str, model: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server with the sample notes and a language model listens."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WENGU_LLM_URL", model.url)
        patched.setenv("WENGU_LLM_MODEL", "some-model")
        patched.setenv("WENGU_LLM_SILENCE", "600")
        patched.setenv("WENGU_LLM_SECONDS", "600")
        with server(SAMPLE, tmp_path_factory.mktemp("worded") / "index", "--no-watch") as (
            _,
            where,
        ):
            await_index(where, lambda state: state["state"] == "idle" and state["indexed"] > 0)
            get(f"{where}api/search?q=wengu")
            yield where


def test_sentences_appear_as_they_come_and_then_the_whole(
    visit: Visit, model: Model, shot: Shot
) -> None:
    model.script = [pauses(FIRST, SECOND, "")]
    page = visit(ASKED)
    page.wait_for_selector("[data-do=stop]")
    assert page.locator(".answer[aria-busy] .prose .cite").count()  # the quotes, to read until then
    assert page.locator(".answer[aria-busy] .sources q").count()
    model.go_on.release(2)  # the first is known to be whole when the second begins
    page.wait_for_selector(f".answer[aria-busy] .prose:has-text('{FIRST_WORDS}')")
    assert SECOND_WORDS not in page.inner_text(".prose")
    assert findings(page) == []
    shot(page, "writer-streams-en")
    model.go_on.release()
    page.wait_for_selector(".foot [data-do=quotes]")
    assert FIRST_WORDS in page.inner_text(".prose") and SECOND_WORDS in page.inner_text(".prose")
    assert page.locator(".prose .cite").count() == 2
    assert not page.locator("[data-do=stop]").count()
    assert "Written by some-model" in page.inner_text(".foot .aside")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_switch_shows_the_quotes_alone(
    visit: Visit, model: Model, shot: Shot, scheme: str
) -> None:
    model.script = [says(f"{FIRST}{SECOND}")]
    page = visit(ASKED, color_scheme=scheme)
    page.click("[data-do=quotes]")
    page.wait_for_selector("[data-do=quotes][aria-pressed=true]")
    assert FIRST_WORDS not in page.inner_text(".prose")
    assert page.evaluate("document.activeElement.dataset.do") == "quotes"
    assert "Written by" not in page.inner_text(".foot .aside")
    assert findings(page) == []
    quotes = page.inner_text(".prose")
    page.keyboard.press("Enter")
    assert FIRST_WORDS in page.inner_text(".prose")
    assert findings(page) == []
    shot(page, f"writer-{scheme}-en")
    assert page.locator(".sources q").count() and quotes != page.inner_text(".prose")


def test_a_writer_that_is_stopped_leaves_the_quotes(visit: Visit, model: Model) -> None:
    model.left.clear()
    model.script = [stalls(f"{FIRST}{SECOND}")]
    page = visit(ASKED)
    page.wait_for_selector(f".answer[aria-busy] .prose:has-text('{FIRST_WORDS}')")
    page.focus("[data-do=stop]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer:not([aria-busy]) .prose .cite")
    assert FIRST_WORDS not in page.inner_text(".prose")
    assert not page.locator("[data-do=quotes]").count()
    assert page.inner_text("#live") == "Stopped."
    assert page.evaluate("document.activeElement.dataset.do") == "copy"
    assert model.left.wait(30)
    page.wait_for_selector(".hit")


@pytest.mark.parametrize("act", [answers(500, b"{}"), breaks_off(f"{FIRST}\n")])
def test_a_writer_that_fails_leaves_the_quotes(visit: Visit, model: Model, act: Act) -> None:
    model.script = [act]
    page = visit(ASKED)
    page.wait_for_selector(".answer:not([aria-busy]) .prose .cite")
    assert FIRST_WORDS not in page.inner_text(".prose")
    assert "Quoted from" in page.inner_text(".foot .aside")


def test_nothing_that_a_model_says_is_markup(visit: Visit, model: Model) -> None:
    image = '![x](http://evil.example/x.png) <img src="http://evil.example/y.png">'
    model.script = [says(f"{image} {FIRST}")]
    page = visit(ASKED)
    page.wait_for_selector("[data-do=quotes]")
    assert page.locator(".answer img").count() == 0
    assert "evil" not in page.inner_text(".answer")
