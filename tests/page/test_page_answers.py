"""Answers that read well: what matters first, lists in lines, questions that follow each other."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from accessibility import findings

THIRTEEN = "Python 3.13 有什么新东西？"
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]

PROSE = """第一句最要紧。 [1]

```sh
wengu serve
``` [2]

| 项 | 值 |
|---|---|
| 甲 | 1 | [3]

1. 先做这个 [4]
2. 再做那个 [5]

同一篇里的又一句。 [6]"""


def answered(page: Any, **given: Any) -> None:
    """Answers every question of the page with this, in the server's own form."""
    answer = {
        "question": "问", "lang": "zh", "kind": "fact", "answerable": True, "confidence": 0.99,
        "engine": "builtin", "answer": "", "rows": [], "citations": [], "took_ms": 1.0,
        "embedded": 1.0, "nearest": [], "builtin_answer": None,
    }  # fmt: skip
    body = json.dumps(answer | given)
    page.route(
        "**/api/ask", lambda route: route.fulfill(content_type="application/json", body=body)
    )


def quoted(count: int) -> list[dict[str, Any]]:
    return [
        {"id": i, "path": "00-元语/RRF.md", "title": "RRF", "heading": [], "quote": f"引文{i}",
         "start": 0, "end": 3}
        for i in range(1, count + 1)
    ]  # fmt: skip


def asked(page: Any, question: str) -> None:
    page.fill("#q", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("article.answer:not(.waiting)")


def rust(count: int) -> list[dict[str, Any]]:
    def row(i: int) -> dict[str, Any]:
        stated = {"主要语言": "Rust", "许可证": ["MIT", "BSD"][i % 2]}
        return {
            "subject": f"工具 {i:02}", "date": f"2025-01-{i % 28 + 1:02}",
            "text": f"做第 {i} 件事。 [{i}]", "citations": [i],
            "properties": [{"key": key, "values": [value]} for key, value in stated.items()],
        }  # fmt: skip

    return [row(i) for i in range(1, count + 1)]


def listed(page: Any) -> None:
    question = "主要语言是 Rust 的工具有哪些？"
    answered(
        page,
        question=question,
        kind="list",
        answer="共 57 篇：",
        rows=rust(57),
        citations=quoted(57),
    )
    asked(page, question)


def test_the_first_quote_stands_large_and_the_rest_of_its_note_is_folded(
    visit: Visit, shot: Shot
) -> None:
    page = visit(locale="zh-CN")
    answered(page, answer=PROSE, citations=quoted(6))
    asked(page, "怎么启动？")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    large = page.locator(".prose .first p").evaluate(size)
    assert large > 1.2 * page.locator(".sources .title").first.evaluate(size)
    assert page.locator(".prose .code code.language-sh").inner_text() == "wengu serve"
    assert page.locator(".prose table.quoted td").all_inner_texts() == ["甲", "1"]
    page.click(".same-note summary")
    assert page.locator(".same-note ol li").count() == 2
    assert not page.locator(".prose:has-text('```')").count()
    assert findings(page) == []
    shot(page, "answer-first-zh")


def test_confidence_is_a_word_and_no_number(visit: Visit) -> None:
    page = visit()
    answered(page, answer="一句。 [1]", citations=quoted(1))
    asked(page, "是什么？")
    assert page.inner_text(".answer .sureness") == "sure"
    assert "%" not in page.inner_text("article.answer")


def test_a_long_list_is_lines_with_what_is_common_said_once(visit: Visit, shot: Shot) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"], locale="zh-CN")
    listed(page)
    assert page.inner_text(".listing .caption") == "主要语言 Rust · 57 篇"
    rows = page.locator("table.listed tbody tr")
    assert rows.count() == 20
    assert (
        max(
            row["height"]
            for row in rows.evaluate_all("all => all.map(r => r.getBoundingClientRect().toJSON())")
        )
        < 56
    )
    assert "主要语言" not in page.inner_text("table.listed thead")
    shot(page, "list-of-57")
    page.click("[data-do=all-rows]")
    page.wait_for_function("() => document.querySelectorAll('.listed tbody tr').length === 57")
    page.click("[data-sort='prop:许可证']")
    page.wait_for_selector("th[aria-sort=ascending]")
    assert page.locator("td.property .line").first.inner_text() == "BSD"
    page.fill(".row-filter", "第 33 件")
    page.wait_for_function("() => document.querySelectorAll('.listed tbody tr').length === 1")
    page.click("[data-do=open-row]")
    page.wait_for_selector("[data-do=open-row][aria-expanded=true]")
    assert findings(page) == []
    page.click("[data-do=copy-csv]")
    page.wait_for_selector("[data-do=copy-csv][data-done]")
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken.splitlines()[1] == "工具 33,2025-01-06,Rust,BSD,做第 33 件事。"


def test_a_long_list_is_cards_on_a_phone(visit: Visit, shot: Shot) -> None:
    page = visit(phone=True, locale="zh-CN")
    listed(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    display = "getComputedStyle(document.querySelector('.listed tbody tr')).display"
    assert page.evaluate(display) == "block"
    assert findings(page) == []
    shot(page, "list-of-57-phone")


def test_how_a_question_was_understood_is_chips_that_can_be_removed(visit: Visit) -> None:
    page = visit("/?ask=1&q=" + quote("列出作者是 OpenAI 的笔记 tag:Codex"))
    page.wait_for_selector(".answer .understood .chip")
    assert page.locator(".answer .understood .chip").count() == 2
    page.click(".understood .chip:has-text('Codex') a")
    page.wait_for_selector(".answer:not(.waiting) .understood:not(:has-text('Codex'))")
    assert page.locator(".answer .understood .chip").count() == 1
    assert page.input_value("#q") == "prop:作者=OpenAI"


def test_a_condition_is_changed_in_the_box_and_asked_again(visit: Visit) -> None:
    page = visit()
    asked(page, "列出作者是 OpenAI 的笔记")
    page.click(".understood .chip:has-text('作者') button")
    page.wait_for_function("() => q.value.slice(q.selectionStart, q.selectionEnd) === 'OpenAI'")
    page.keyboard.type("Anthropic")
    assert page.input_value("#q").endswith("prop:作者=Anthropic")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer:not(.waiting) .understood .chip:has-text('Anthropic')")


def test_typed_conditions_are_chips_above_results(visit: Visit) -> None:
    page = visit("/?q=" + quote("codex prop:作者=OpenAI date:2025"))
    page.wait_for_selector("#results .understood .chip:has-text('作者')")
    assert findings(page) == []
    page.click("#results .understood .chip:has-text('2025') a")
    page.wait_for_selector("#results .understood:not(:has-text('2025'))")
    assert "prop:作者=OpenAI" in page.input_value("#q")
    assert "2025" not in page.input_value("#q")


def test_a_question_that_points_back_is_about_the_one_before(visit: Visit, shot: Shot) -> None:
    page = visit()
    asked(page, THIRTEEN)
    with page.expect_request("**/api/ask") as sent:
        asked(page, "它什么时候发布的？")
    assert sent.value.post_data_json["context"] == THIRTEEN
    assert THIRTEEN in page.inner_text(".thread")
    assert THIRTEEN in page.inner_text(".read-as")
    assert findings(page) == []
    shot(page, "thread")
    with page.expect_request("**/api/ask") as sent:
        asked(page, "倒排索引是什么？")
    assert "context" not in sent.value.post_data_json
    assert not page.locator(".thread").count()


def test_one_quote_is_copied_with_its_link(visit: Visit) -> None:
    page = visit(
        "/?ask=1&q=" + quote("间隔重复是什么？"), permissions=["clipboard-read", "clipboard-write"]
    )
    page.click("[data-do=copy-quote] >> nth=0")
    page.wait_for_selector("[data-do=copy-quote][data-done]")
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken.startswith("> ") and "[[" in taken


def test_a_question_is_saved_and_asked_again_from_the_first_page(visit: Visit) -> None:
    page = visit()
    asked(page, THIRTEEN)
    page.click("[data-do=save]")
    page.wait_for_selector("[data-do=save][aria-pressed=true]")
    page.click(".brand")
    page.wait_for_selector(f".saved a:has-text('{THIRTEEN}')")
    page.click("[data-do=unsave]")
    page.wait_for_selector(".saved", state="detached")


def test_a_wrong_answer_is_kept_on_this_machine(visit: Visit) -> None:
    page = visit()
    asked(page, THIRTEEN)
    page.click("[data-do=wrong]")
    page.wait_for_selector("#notice:has-text('wrong-answers.jsonl')")
    assert "stays on this machine" in page.inner_text("#notice")


def test_settings_hold_at_once(visit: Visit) -> None:
    page = visit()
    page.click("[data-do=settings]")
    page.check("[name=theme][value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert findings(page) == []
    page.check("[name=language][value=zh]")
    page.wait_for_selector("dialog[open] h2:has-text('设置')")


def test_an_answer_is_printed_without_what_is_for_the_screen(visit: Visit) -> None:
    page = visit("/?ask=1&q=" + quote("间隔重复是什么？"))
    page.wait_for_selector("#results .hit")
    page.emulate_media(media="print")
    assert page.locator(".answer .prose").is_visible()
    for part in (".bar", "#facets", ".answer .foot"):
        assert not page.locator(part).is_visible(), part
