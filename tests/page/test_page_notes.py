"""A note on the page: shown as it was meant, with its pictures, links and neighbours."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from accessibility import findings
from addresses import SYNTAX

PICTURED = f"/?note={quote('图文.md')}"
CONCEPT = f"/?note={quote('00-元语/Codex.md')}"
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


def test_a_note_looks_as_its_author_wrote_it(visit: Visit, shot: Shot) -> None:
    page = visit(SYNTAX, permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_selector(".sheet .body")
    for part in (
        ".callout[data-callout=note] .callout-title", "details.callout:not([open])", "table mark",
        ".task[data-task=x]", "pre code.language-python", "p .math", "div.math", ".embed",
        ".properties dt", ".outline a",
    ):  # fmt: skip
        assert page.locator(f".sheet {part}, .beside {part}").count(), part
    assert "这一句是注释" not in page.inner_text(".sheet")
    page.click("[data-do=copy-code]")
    page.wait_for_selector("[data-do=copy-code][data-done]")
    assert page.evaluate("navigator.clipboard.readText()").startswith("def 间隔(")
    shot(page, "note-syntax-light-en")


def test_a_link_to_a_block_or_heading_goes_there(visit: Visit) -> None:
    page = visit(SYNTAX)
    page.click(".body a:has-text('别误读')")
    page.wait_for_selector(".sheet h1:has-text('艾宾浩斯')")
    box = page.locator(".body :is(h2, h3):has-text('别误读')").bounding_box()
    assert 0 < box["y"] < 860
    page.go_back()
    page.wait_for_selector(".sheet h1:has-text('笔记语法示例')")


def test_a_picture_of_the_vault_is_shown_and_a_missing_note_is_told(visit: Visit) -> None:
    page = visit(PICTURED)
    picture = page.locator(".body img")
    page.wait_for_function("() => document.querySelector('.body img')?.naturalWidth === 5")
    assert "/api/files/" in picture.get_attribute("src")
    assert page.inner_text(".body .unresolved") == "没有这篇笔记"


def test_a_remote_picture_is_loaded_only_when_asked_for(browser: Any, address: str) -> None:
    page = browser.new_page(locale="en-US")
    asked: list[str] = []
    page.route("https://pictures.example/**", lambda route: (
        asked.append(route.request.url), route.fulfill(status=200, content_type="image/svg+xml",
        body='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')))  # fmt: skip
    page.goto(address + PICTURED.removeprefix("/"))
    page.wait_for_selector(".outside")
    page.wait_for_load_state("networkidle")
    assert asked == [] and page.locator(".body img").count() == 1
    page.click(".outside a")
    page.wait_for_function("() => document.querySelector('.remote-image img')?.naturalWidth === 9")
    assert asked == ["https://pictures.example/far.png"]
    page.close()


def test_a_note_opens_in_obsidian_and_as_the_file_it_is(visit: Visit, notes: Path) -> None:
    page = visit(PICTURED)
    link = page.get_attribute("a[href^='obsidian:']", "href")
    assert link == f"obsidian://open?vault=notes&file={quote('图文.md')}"
    with page.expect_popup() as opened:
        page.click(".open a[target=_blank]")
    opened.value.wait_for_load_state()
    shown = opened.value.inner_text("body")
    assert shown.split() == (notes / "图文.md").read_text("utf-8").split()


def test_a_tags_note_stands_among_the_notes_that_carry_it(visit: Visit, shot: Shot) -> None:
    page = visit(CONCEPT)
    page.wait_for_selector("svg.net")
    carrying = page.locator(".links-in a").all_inner_texts()
    drawn = [
        label.split(", ")[0]
        for label in page.locator("svg.net a").evaluate_all("all => all.map(a => a.ariaLabel)")
    ]
    assert drawn and set(carrying) & set(drawn)
    shot(page, "note-concept-light-en")


def test_the_graph_is_a_list_too(visit: Visit) -> None:
    page = visit(CONCEPT)
    page.wait_for_selector("svg.net")
    page.click(".graph summary")
    lines = page.locator(".graph details li").all_inner_texts()
    assert len(lines) == page.locator("svg.net path.edge").count()
    assert all(re.fullmatch(r".+ → .+", line) for line in lines)


def test_formulas_embeds_and_tasks_look_as_in_obsidian(visit: Visit, shot: Shot) -> None:
    page = visit(SYNTAX)
    page.wait_for_selector(".sheet .body")
    assert page.locator(".body math").count() == 2
    fraction = page.locator(".body mfrac").bounding_box()
    assert fraction["height"] > 25
    assert "复习安排" in page.inner_text(".body .embedded")
    aligned = "getComputedStyle(document.querySelector('.body td.center')).textAlign"
    assert page.evaluate(aligned) == "center"
    page.locator(".body .embedded").scroll_into_view_if_needed()
    shot(page, "note-formulas-embed")


def test_words_are_found_in_a_note_and_stepped_through(visit: Visit, shot: Shot) -> None:
    page = visit(SYNTAX)
    page.wait_for_selector(".sheet .body")
    page.keyboard.press("f")
    page.keyboard.type("链接")
    page.wait_for_selector(".in-note .n:has-text('1/')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".in-note .n:has-text('2/')")
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".in-note .n:has-text('1/')")
    assert page.evaluate("CSS.highlights.get('found').size") > 2
    assert findings(page) == []
    shot(page, "find-in-note")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.do") == "in-note"
    assert page.evaluate("CSS.highlights.has('found')") is False


def test_the_outline_follows_the_reading(visit: Visit) -> None:
    page = visit(SYNTAX)
    page.wait_for_selector(".beside .outline a")
    heading = page.locator(".body h2:has-text('代码与公式')")
    heading.evaluate("heading => heading.scrollIntoView()")
    page.wait_for_selector(".outline a[aria-current]:has-text('代码与公式')")
    shown = page.locator(".outline a[aria-current]").bounding_box()
    assert 0 < shown["y"] < 860
    assert findings(page) == []


def test_the_outline_is_a_sheet_on_a_phone(visit: Visit, shot: Shot) -> None:
    page = visit(SYNTAX, phone=True, has_touch=True)
    page.wait_for_selector(".sheet .body")
    assert not page.locator(".beside .outline").is_visible()
    page.click(".to-outline")
    page.wait_for_selector("dialog[open] .outline a")
    box = page.locator("dialog[open]").bounding_box()
    assert (box["x"], box["width"]) == (0, 390) and box["y"] + box["height"] > 840
    assert findings(page) == []
    shot(page, "outline-sheet")
    link = page.locator("dialog[open] .outline a").last
    heading = link.get_attribute("href").removeprefix("#")
    link.click()
    page.wait_for_selector("dialog:not([open])", state="attached")
    page.wait_for_function(
        "id => { const { top } = document.getElementById(id).getBoundingClientRect();"
        " return top > 0 && top < innerHeight; }",
        arg=heading,
    )


def test_notes_open_in_obsidian_where_that_is_chosen(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.wait_for_selector(".hit h2 a")
    page.click("[data-do=settings]")
    page.check("[name=opens][value=obsidian]")
    page.keyboard.press("Escape")
    with page.expect_request("obsidian://**") as went:
        page.click(".hit h2 a >> nth=0")
    assert went.value.url.startswith("obsidian://open?vault=notes&file=")
    assert page.locator("#found").is_visible()
