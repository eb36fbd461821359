"""What a person does with the page: search, ask, check the evidence, follow links."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

HEADLINE = "How did cybersecurity ratings change across Codex versions?"
ASKED = f"/?ask=1&q={quote(HEADLINE)}"
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


def params(page: Any) -> Any:
    return page.evaluate("Object.fromEntries(new URL(location).searchParams)")


def test_results_appear_while_one_types(visit: Visit, shot: Shot) -> None:
    page = visit()
    page.wait_for_selector(".examples a")
    shot(page, "empty-light-en")
    page.keyboard.type("codex")
    page.wait_for_selector(".hit h2:has-text('Codex')")
    assert params(page) == {"q": "codex"}
    assert page.locator("mark").first.inner_text().lower() == "codex"
    shot(page, "results-light-en")


def test_the_newest_question_wins_over_a_slower_older_one(visit: Visit) -> None:
    page = visit()
    held: list[Any] = []
    page.route(re.compile("q=codex&"), lambda route: held.append(route))
    with page.expect_request(re.compile("q=codex&")):
        page.keyboard.type("codex")
    page.fill("#q", "倒排索引")
    page.wait_for_selector(".hit h2:has-text('倒排索引')")
    assert held
    for route in held:
        route.abort()
    assert page.locator("h2:has-text('倒排索引')").count() and not page.locator(".fault").count()


def test_why_a_result_is_there_unfolds_into_its_signals(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.click(".why summary >> nth=0")
    assert page.locator(".why[open] dt").count() >= 2
    assert page.locator(".why[open] rect.part").count() == page.locator(".why[open] dt").count()


def test_the_headline_is_answered_in_rows_with_citations(visit: Visit, shot: Shot) -> None:
    page = visit()
    page.fill("#q", HEADLINE)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.rows")
    rows = page.locator("table.rows tbody tr").all_inner_texts()
    versions = [re.search(r"5\.\d", row) for row in rows]
    assert [version and version[0] for version in versions] == ["5.1", "5.2", "5.3"]
    assert page.locator("table.rows time").all_inner_texts() == sorted(
        page.locator("table.rows time").all_inner_texts()
    )
    assert page.locator("table.rows .cite").count() >= 3
    assert page.locator("mark.differs").count() > 0
    assert page.locator("svg.timeline circle").count() == 3
    shot(page, "answer-light-en")


def test_a_citation_shows_its_passage_and_opens_the_note_at_it(visit: Visit, shot: Shot) -> None:
    page = visit(ASKED)
    page.wait_for_selector("table.rows .cite")
    page.hover("table.rows .cite >> nth=0")
    quoted = page.inner_text("#peek q")
    shot(page, "citation-light-en")
    page.click("table.rows .cite >> nth=0")
    page.wait_for_selector(".sheet .cited")
    assert page.locator(".cited").first.is_visible() and quoted
    box = page.locator(".cited").first.bounding_box()
    assert 0 < box["y"] < 860
    marked = page.evaluate("[...(CSS.highlights.get('quote') ?? [])].map(String).join('')")
    assert marked.strip() == quoted.replace("**", "").strip()


def test_a_note_is_shown_with_links_properties_and_graph(visit: Visit, shot: Shot) -> None:
    page = visit(ASKED)
    page.click(".sources .title >> nth=0")
    page.wait_for_selector("svg.net")
    assert page.locator(".links-out .relation").count() and page.locator(".links-in a").count()
    assert page.locator(".properties dt").count() and page.locator(".outline a").count() > 2
    assert page.get_attribute("a[href^='obsidian:']", "href").startswith("obsidian://open?vault=")
    page.click("[data-do=steps][value='2']")
    page.wait_for_selector("[data-do=steps][value='2'][aria-pressed=true]")
    page.locator(".graph").scroll_into_view_if_needed()
    shot(page, "note-graph-light-en")
    title = page.locator("svg.net a").first.get_attribute("aria-label").split(", ")[0]
    page.locator("svg.net a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "title => document.querySelector('.sheet h1')?.innerText === title", arg=title
    )


def test_back_and_forward_go_through_what_was_seen(visit: Visit) -> None:
    page = visit()
    page.fill("#q", HEADLINE)
    page.keyboard.press("Enter")
    page.click("table.rows .cite >> nth=1")
    page.wait_for_selector(".sheet h1")
    page.go_back()
    page.wait_for_selector("#found:not([hidden]) table.rows")
    assert page.input_value("#q") == HEADLINE
    page.go_back()
    page.wait_for_selector("#home:not([hidden])")
    assert page.input_value("#q") == ""
    page.go_forward()
    page.wait_for_selector("#found:not([hidden]) table.rows")


def test_facets_narrow_and_chips_undo(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.click("#facets a:has-text('security')")
    page.wait_for_selector("#chips .chip:has-text('security')")
    assert params(page) == {"q": "codex", "tag": "security"}
    page.wait_for_selector("#facets:not(:has(a:text-is('security'))) a")
    page.click("#chips .chip")
    page.wait_for_function("() => !document.querySelector('#chips .chip')")
    assert params(page) == {"q": "codex"}


def test_a_tag_offered_while_typing_becomes_a_filter(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.fill("#q", "")
    page.locator("#q").press_sequentially("codex tag:secur")
    page.wait_for_selector("#suggestions li:has-text('security') .hint:not(:empty)")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chips .chip:has-text('security')")
    assert params(page) == {"q": "codex", "tag": "security"}


def test_an_unanswered_question_names_the_nearest_notes(unanswered: Visit, shot: Shot) -> None:
    page = unanswered(locale="zh-CN")
    assert page.inner_text(".answer .kind") == "没有答案"
    nearest = page.locator(".nearest a").all_inner_texts()
    page.wait_for_selector(".hit")
    shot(page, "no-answer-light-zh")
    page.click(".nearest a >> nth=0")
    page.wait_for_selector(".sheet h1")
    assert page.inner_text(".sheet h1") == nearest[0]


def test_an_answer_is_taken_away_as_markdown(visit: Visit) -> None:
    page = visit(ASKED, permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-do=copy]")
    page.wait_for_selector("[data-do=copy][data-done]")
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken.startswith(f"## {HEADLINE}\n") and "[^1]: [[01-博客/OpenAI/" in taken


def test_rows_are_sorted_by_a_column(visit: Visit) -> None:
    page = visit(ASKED)
    page.click("[data-sort=date]")
    page.click("[data-sort=date]")
    dates = page.locator("table.rows time").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "descending"


def test_the_index_tells_its_state_and_follows_an_edit(
    visit: Visit, notes: Path, shot: Shot
) -> None:
    page = visit()
    page.click("button.status")
    page.wait_for_selector("dialog[open] .facts")
    before = page.inner_text("#index-brief")
    (notes / "新.md").write_text("# 彗星\n\n彗星今夜经过。", "utf-8")
    page.wait_for_function(
        "was => document.querySelector('#index-brief').innerText !== was", arg=before
    )
    shot(page, "index-light-en")
    (notes / "新.md").unlink()
    page.wait_for_function(
        "was => document.querySelector('#index-brief').innerText === was", arg=before
    )


def test_a_rebuild_asks_first(visit: Visit) -> None:
    page = visit()
    page.click("button.status")
    page.click("[data-do=ask-rebuild]")
    page.wait_for_selector(".sure")
    page.click("[data-do=cancel]")
    assert not page.locator(".sure").count()


def test_a_hostile_note_is_shown_as_text_and_runs_nothing(visit: Visit) -> None:
    page = visit(f"/?q={quote('恶意笔记')}")
    page.click(".hit h2 a:has-text('<img src=x onerror=alert(1)> 恶意标题')")
    page.wait_for_selector(".sheet .body")
    assert page.inner_text(".sheet h1") == "<img src=x onerror=alert(1)> 恶意标题"
    unsafe = "script, [onclick], [onerror], [style], a[href^='javascript']"
    assert not page.locator(f".sheet :is({unsafe})").count()
