"""Lists, results and the box: what is found, how it is ordered, how one gets more of it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from addresses import LIST

Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


def test_a_list_is_a_table_of_the_properties_asked_for(visit: Visit, shot: Shot) -> None:
    page = visit(LIST, permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_selector("table.listed")
    assert page.inner_text(".listing .caption").startswith("作者 OpenAI · ")
    assert "作者" not in page.inner_text("table.listed thead")
    page.click("[data-sort=subject]")
    page.click("[data-sort=subject]")
    first, *_, last = page.locator("table.listed tbody th").all_inner_texts()
    page.click("[data-sort=subject]")
    assert page.locator("table.listed tbody th").all_inner_texts()[0] == last != first
    page.wait_for_selector(".hit")
    shot(page, "list-light-en")
    page.click("[data-do=copy]")
    page.wait_for_selector("[data-do=copy][data-done]")
    assert "| 作者 |" in page.evaluate("navigator.clipboard.readText()")


def test_frontmatter_is_a_line_of_properties_and_no_passage(visit: Visit) -> None:
    page = visit(f"/?q={quote('作者 OpenAI')}")
    page.wait_for_selector(".hit .said")
    said = page.locator(".said").first
    assert "作者 OpenAI" in re.sub(r"\s+", " ", said.inner_text())
    passages = page.locator(".passage .words").all_inner_texts()
    assert not [text for text in passages if text.startswith(("title:", "作者:", "来源:"))]


def test_more_results_come_when_wanted_and_the_focus_goes_to_them(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.wait_for_selector(".hit")
    before = page.locator(".passage").count()
    names = page.locator(".hit h2 a").all_inner_texts()
    page.click("[data-do=more]")
    page.wait_for_function("n => document.querySelectorAll('.passage').length > n", arg=before)
    page.wait_for_function("() => document.activeElement.matches('.hit h2 a')")
    assert page.evaluate("document.activeElement.innerText") not in names


def test_what_filters_hide_is_told_where_nothing_answers(visit: Visit) -> None:
    page = visit(f"/?ask=1&tag=Codex&q={quote('埃菲尔铁塔的电梯一天运送多少名游客？')}")
    page.wait_for_selector(".answer.none .hides")
    assert "Codex" in page.inner_text(".answer .looked")
    page.click(".hides a")
    page.wait_for_selector("#chips:empty", state="attached")


def test_recent_questions_are_offered_and_chosen_by_arrow(visit: Visit) -> None:
    page = visit()
    page.fill("#q", "倒排索引是什么？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer:not(.waiting)")
    page.click("button.clear")
    page.wait_for_selector("#q:focus")
    page.keyboard.type(" ")
    page.wait_for_selector("#suggestions li:has-text('倒排索引是什么？')")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "option-0"
    page.keyboard.press("Enter")
    page.wait_for_selector("#q:focus, .answer")
    assert page.input_value("#q") == "倒排索引是什么？"
    page.goto(page.url.split("?")[0])
    page.wait_for_selector(".recent a:has-text('倒排索引是什么？')")
    page.click("[data-do=forget]")
    page.wait_for_selector(".recent", state="detached")


def test_what_is_typed_before_the_page_is_ready_is_searched_for(browser: Any, address: str) -> None:
    page = browser.new_page()
    held: list[Any] = []
    page.route(re.compile(r"/(en|zh)\.js$"), lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.fill("#q", "倒排索引")
    for route in held:
        route.continue_()
    page.wait_for_selector(".hit h2:has-text('倒排索引')")
    page.close()


def test_a_link_sent_shows_the_same_to_another(visit: Visit) -> None:
    page = visit("/?q=codex&tag=security&after=2025&before=2025")
    page.wait_for_selector(".hit")
    titles = page.locator(".hit h2").all_inner_texts()
    other = visit(page.url.split("/", 3)[3])
    other.wait_for_selector(".hit")
    assert other.locator(".hit h2").all_inner_texts() == titles
    assert other.locator("#chips .chip:not(.all)").count() == 2


def test_words_that_no_note_has_are_told(visit: Visit) -> None:
    page = visit("/?q=zxqvbk")
    page.wait_for_selector(".count")
    assert "none has these words" in page.inner_text(".count")


def test_skipped_files_are_listed_with_their_reason(visit: Visit) -> None:
    page = visit()
    page.click("button.status")
    page.click(".remarks summary")
    assert page.inner_text(".remarks summary").startswith("1 file skipped")
    remark = page.inner_text(".remarks li:has-text('外面.md')")
    assert "is a symbolic link out of the notes folder" in remark


def test_an_update_shows_its_progress_and_ends(visit: Visit, shot: Shot) -> None:
    page = visit()
    page.click("button.status")
    page.evaluate(
        "new MutationObserver(() => { window.seen ||= !!document.querySelector('progress') })"
        ".observe(document.body, {childList: true, subtree: true})"
    )
    page.click("[data-do=ask-rebuild]")
    page.click("[data-do=rebuild]")
    page.wait_for_function("() => window.seen")
    shot(page, "index-update-light-en")
    page.wait_for_selector("button.status[data-state=idle]")
    page.wait_for_selector("progress", state="detached")
