"""Finding and asking are two things; names are jumped to."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from accessibility import findings

NAME = "01-博客"
QUESTION = "间隔重复是什么？"
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


@pytest.mark.parametrize("text", ["间隔重复", "OpenAI codex", '"倒排索引"', "python 3.13", NAME])
def test_enter_on_a_name_shows_results_and_no_essay(visit: Visit, shot: Shot, text: str) -> None:
    page = visit()
    page.fill("#q", text)
    page.keyboard.press("Enter")
    page.wait_for_selector("#results[aria-busy=false] :is(.hit, .jump)")
    assert not page.locator("article.answer").count()
    first = page.locator("#results :is(.hit h2, .jump)").first.bounding_box()
    assert first["y"] < 260
    shot(page, "name-and-enter")


@pytest.mark.parametrize(
    "text", [QUESTION, "How did cybersecurity ratings change across Codex versions?"]
)
def test_enter_on_a_question_answers(visit: Visit, text: str) -> None:
    page = visit()
    page.fill("#q", text)
    page.keyboard.press("Enter")
    page.wait_for_selector("article.answer:not(.waiting)")


def test_shift_and_enter_do_the_other_and_the_page_says_so(visit: Visit) -> None:
    page = visit()
    page.keyboard.type("间隔重复")
    page.wait_for_selector(".strip kbd:has-text('⇧')")
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector("article.answer:not(.waiting)")
    page.fill("#q", QUESTION)
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".hit")
    assert not page.locator("article.answer").count()


def test_a_sure_answer_to_what_is_no_question_takes_one_line(visit: Visit, shot: Shot) -> None:
    page = visit("/?q=" + quote("间隔重复"))
    page.wait_for_selector(".hit")
    top = page.locator(".hit").first.bounding_box()["y"]
    page.wait_for_load_state("networkidle")
    assert page.locator(".hit").first.bounding_box()["y"] == top
    assert page.locator("#answer").bounding_box()["height"] < 70


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("艾宾浩斯遗忘", "艾宾浩斯遗忘曲线"),
        ("遗忘曲线", "艾宾浩斯遗忘曲线"),
        ("艾宾浩遗忘曲", "艾宾浩斯遗忘曲线"),
        ("jgcf", "间隔重复"),
        ("syntax sample", "syntax sample"),
    ],
    ids=["beginning", "middle", "letter-dropped", "pinyin", "alias"],
)
def test_a_note_is_jumped_to_by_part_of_its_name(
    visit: Visit, shot: Shot, typed: str, title: str
) -> None:
    page = visit()
    page.keyboard.type(typed)
    page.wait_for_selector(f".jump:has-text('{title}')")
    first = page.locator(".jump").first
    assert title in first.inner_text()
    assert first.locator("mark").count()
    assert "none has these words" not in page.inner_text("#results")
    shot(page, "title-jump")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sheet h1")


def test_a_heading_is_jumped_to(visit: Visit) -> None:
    page = visit()
    page.keyboard.type("别误读")
    page.click(".jump:has-text('别误读')")
    page.wait_for_selector(".sheet .body")
    box = page.locator(".body :is(h2, h3):has-text('别误读')").bounding_box()
    assert 0 < box["y"] < 860


def test_ctrl_k_opens_the_box_from_anywhere(visit: Visit) -> None:
    page = visit("/?note=" + quote("00-元语/间隔重复.md"))
    page.wait_for_selector(".sheet h1")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "q"


def test_axe_has_no_findings_in_names_and_keys(visit: Visit) -> None:
    page = visit()
    page.keyboard.type("间隔")
    page.wait_for_selector(".jump")
    assert findings(page) == []


def test_results_are_sorted_by_date(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.click(".orders a:has-text('Newest')")
    page.wait_for_selector(".orders a[aria-current]:has-text('Newest')")
    dates = page.locator(".hit .meta time").all_inner_texts()
    assert len(dates) > 3 and dates == sorted(dates, reverse=True)


def test_a_mistaken_operator_is_told_once_and_mended(visit: Visit) -> None:
    page = visit("/?q=" + quote("codex prop:bar"), locale="zh-CN")
    page.wait_for_selector(".fault")
    assert page.locator(".fault").count() == 1
    assert "读不懂" in page.inner_text(".fault")
    page.click(".fault p a")
    page.wait_for_selector("#results[aria-busy=false]:not(:has(.fault))")


def test_a_note_that_is_not_there_is_told_with_a_way_back(visit: Visit) -> None:
    page = visit("/?q=codex", locale="zh-CN")
    page.wait_for_selector(".hit")
    page.evaluate("history.pushState({depth: 1}, '', '/?note=nothing.md')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate', {state: {depth: 1}}))")
    page.wait_for_selector("#reader .fault")
    assert "没有这篇笔记" in page.inner_text("#reader .fault")
    page.click("#reader .fault [data-do=back]")
    page.wait_for_selector("#found:not([hidden]) .hit")


def test_the_focus_returns_to_where_it_was(visit: Visit) -> None:
    page = visit("/?q=codex")
    page.wait_for_selector(".hit h2 a")
    page.focus(".hit h2 a >> nth=1")
    href = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sheet h1")
    page.keyboard.press("Escape")
    page.wait_for_selector("#found:not([hidden]) .hit")
    page.wait_for_function("h => document.activeElement.getAttribute('href') === h", arg=href)


def test_a_paste_that_is_too_long_is_told(visit: Visit) -> None:
    page = visit("/", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('长'.repeat(1234))")
    page.keyboard.press("Control+v")
    page.wait_for_selector("#notice:has-text('234')")


def test_properties_are_completed_with_their_values(visit: Visit) -> None:
    page = visit()
    page.keyboard.type("prop:作")
    page.wait_for_selector("#suggestions li:has-text('作者')")
    page.keyboard.press("Tab")
    page.wait_for_selector("#suggestions li:has-text('作者=OpenAI')")
    page.keyboard.type("Open")
    page.keyboard.press("Tab")
    page.wait_for_selector("#chips .chip:has-text('作者=OpenAI')")


@pytest.mark.parametrize("heading", ["Tags", "Folders", "Years"])
@pytest.mark.parametrize("query", ["/?q=codex", f"/?folder={quote('01-博客')}"])
def test_a_number_beside_the_results_is_how_many_notes_it_leads_to(
    visit: Visit, query: str, heading: str
) -> None:
    page = visit(query)
    facets = page.locator(f"#facets section:has(h2:text-is('{heading}')) a")
    facets.first.wait_for()
    name, count = facets.last.inner_text().rsplit("\n", 1)
    facets.last.click()
    page.wait_for_selector(f"#chips .chip:has-text('{name}')")
    page.wait_for_selector("#results[aria-busy=false] .count")
    while page.locator(".more[data-do=more]").count():
        with page.expect_response("**/api/search?**"):
            page.click(".more[data-do=more]")
    page.wait_for_function("n => document.querySelectorAll('.hit').length === n", arg=int(count))
    assert page.inner_text("#results .count").split(" in ")[1].split()[0] == count


def test_what_is_less_near_is_shown_when_wanted(visit: Visit) -> None:
    page = visit(f"/?q={quote('间隔重复')}&tag=security")
    page.wait_for_selector("#results[aria-busy=false] .hit")
    while page.locator(".more").count():
        with page.expect_response("**/api/search?**"):
            page.click(".more")
    page.wait_for_selector(".more", state="detached")
