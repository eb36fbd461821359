"""The page for everyone: axe, both themes, both languages, a phone, the keyboard, few bytes."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from accessibility import findings
from addresses import LIST, SYNTAX

HEADLINE = "How did cybersecurity ratings change across Codex versions?"
ASKED = f"/?ask=1&q={quote(HEADLINE)}"
NOTE = quote("01-博客/OpenAI/GPT-5.2-Codex 系统卡：面向大型代码库的智能体模型.md")
FIRST_LOAD = 60_000
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "ready"),
    [
        ("/", ".examples a"),
        ("/?q=codex&tag=security", ".hit"),
        (ASKED, "table.rows"),
        (LIST, "table.listed"),
        (f"/?note={NOTE}", "svg.net"),
        (SYNTAX, "svg.net"),
    ],
    ids=["empty", "results", "answer", "list", "note", "syntax"],
)
def test_axe_has_no_findings(visit: Visit, path: str, ready: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)
    page.wait_for_selector(ready)
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_no_findings_where_nothing_answers(unanswered: Visit, scheme: str) -> None:
    assert findings(unanswered(color_scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["help", "index"])
def test_axe_has_no_findings_in_a_dialog(visit: Visit, name: str, scheme: str) -> None:
    page = visit("/?q=codex", color_scheme=scheme)
    page.click(f"[data-do={name}]")
    page.wait_for_selector("dialog[open]")
    if name == "index":
        page.click(".remarks summary")
        page.click("[data-do=ask-rebuild]")
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_no_findings_while_one_types_and_looks_closer(visit: Visit, scheme: str) -> None:
    page = visit("/?q=codex", color_scheme=scheme)
    page.click(".why summary >> nth=0")
    page.fill("#q", "")
    page.locator("#q").press_sequentially("codex tag:secur")
    page.wait_for_selector("#suggestions li")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#results[aria-busy=false]")  # they are pale until they are the new ones
    assert findings(page) == []


def test_dark_mode_is_kept(visit: Visit, shot: Shot) -> None:
    page = visit(ASKED, locale="zh-CN", color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.click("[data-do=theme]")
    page.wait_for_function(f"() => {background} !== '{light}'")
    page.reload()
    page.wait_for_selector("table.rows")
    assert page.evaluate(background) != light
    shot(page, "answer-dark-zh")


def test_the_language_is_the_browsers_and_can_be_switched(visit: Visit, shot: Shot) -> None:
    page = visit("/", locale="zh-CN")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert page.inner_text("button.go") == "提问"
    page.wait_for_selector(".examples a", timeout=120_000)  # each is asked before it is offered
    shot(page, "empty-light-zh")
    page.click("#language")
    page.wait_for_selector("html[lang=en] button.go:has-text('Ask')")
    page.reload()
    page.wait_for_selector("html[lang=en] button.go:has-text('Ask')")


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize(
    ("path", "ready"),
    [("/", ".examples a"), ("/?q=codex", ".hit"), (ASKED, "table.rows"),
     (f"/?note={NOTE}", "svg.net")],
    ids=["empty", "results", "answer", "note"],
)  # fmt: skip
def test_a_phone_needs_no_sideways_scrolling(
    visit: Visit, shot: Shot, path: str, ready: str, width: int
) -> None:
    page = visit(path, viewport={"width": width, "height": 844}, locale="zh-CN", has_touch=True)
    page.wait_for_selector(ready)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if ready == "table.rows":
        assert (
            page.evaluate(
                "getComputedStyle(document.querySelector('table.rows tbody th')).position"
            )
            == "sticky"
        )
    shot(page, f"phone-{width}-{ready.strip('.').split()[0].replace('.', '-')}")


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.wait_for_selector(".hit")
    focused = "document.activeElement.id || document.activeElement.innerText"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "q"
    page.keyboard.press("ArrowDown")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    assert page.evaluate(focused) not in ("q", first)
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sheet h1")
    assert page.inner_text(".sheet h1") == first.splitlines()[0]
    page.keyboard.press("?")
    assert page.locator("dialog[open] kbd").count() > 5
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()
    page.keyboard.press("Escape")
    page.wait_for_selector("#found:not([hidden]) .hit")


def test_escape_hides_a_citations_passage_first(visit: Visit) -> None:
    page = visit(ASKED)
    page.focus("table.rows .cite >> nth=0")
    page.wait_for_selector("#peek:popover-open")
    page.keyboard.press("Escape")
    assert not page.locator("#peek:popover-open").count()


SHIFTS = """
new PerformanceObserver(list => (window.shifts ??= []).push(...list.getEntries()))
  .observe({type: 'layout-shift', buffered: true})"""
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def shift(page: Any) -> float:
    """How far things on the page have moved (as Chromium scores it), also by what one typed."""
    page.evaluate(SETTLED)
    total = "(window.shifts ?? []).reduce((sum, entry) => sum + entry.value, 0)"
    return float(page.evaluate(total))


def test_nothing_moves_when_the_answer_arrives(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.wait_for_selector(".hit")
    page.evaluate(SHIFTS.replace("buffered: true", "buffered: false"))
    page.fill("#q", HEADLINE)
    page.keyboard.press("Enter")
    page.wait_for_selector("#results .hit")
    page.wait_for_selector("table.rows")
    assert shift(page) < 0.01


def test_nothing_moves_while_one_types_and_presses_enter(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.wait_for_selector(".hit")
    page.evaluate(SHIFTS.replace("buffered: true", "buffered: false"))
    page.fill("#q", "")
    page.keyboard.type("间隔重复")
    page.wait_for_selector("#results[aria-busy=false] .jump")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("#results[aria-busy=false] .hit")
    assert shift(page) < 0.01


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize(
    ("path", "ready"),
    [("/", ".examples a"), ("/?q=codex", ".hit"), (LIST, "table.listed"), (ASKED, "#results .hit"),
     (SYNTAX, "svg.net")],
    ids=["empty", "results", "list", "answer", "note"],
)  # fmt: skip
def test_nothing_moves_while_a_page_loads(visit: Visit, path: str, ready: str, phone: bool) -> None:
    page = visit(path, phone=phone)
    page.wait_for_selector(ready)
    page.wait_for_load_state("networkidle")
    page.evaluate(SHIFTS)
    assert shift(page) < 0.05


def test_the_first_load_is_small(browser: Any, address: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(
        asked.sizes()["responseBodySize"] + asked.sizes()["responseHeadersSize"]))  # fmt: skip
    page.goto(address, wait_until="load")
    page.wait_for_selector(".examples a")
    page.close()
    assert len(sizes) > 10
    assert sum(sizes) <= FIRST_LOAD
