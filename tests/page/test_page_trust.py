"""What the page marks is what was quoted, also after edits; what has changed is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

QUESTION = "试航员的茶水温是多少？"
QUOTE = "试航员的茶用八十二度的水冲泡。"
NOTE = f"""# 试航

开头的一段话。

## 茶水的事

{QUOTE}

## 别的事情

结尾的一段话。
"""
MARKED = "() => [...(CSS.highlights.get('quote') ?? [])].map(String).join('')"
Visit = Callable[..., Any]
Shot = Callable[[Any, str], None]


@pytest.fixture
def note(notes: Path, visit: Visit) -> Iterator[Path]:
    """A note that answers the question; indexed, and gone again afterwards."""
    place = notes / "试航.md"
    place.write_text(NOTE, "utf-8")
    page = visit("/?q=" + QUOTE)
    for _ in range(60):
        if page.locator(".hit h2:has-text('试航')").count():
            break
        page.wait_for_timeout(500)
        page.reload()
        page.wait_for_selector("#results[aria-busy=false]")
    yield place
    place.unlink(missing_ok=True)


def cited(page: Any) -> str:
    """Follows the answer's first citation; gives what is marked."""
    page.wait_for_selector(".answer .cite")
    page.click(".answer .cite >> nth=0")
    page.wait_for_selector(".sheet .body")
    page.wait_for_function("() => document.querySelector('.cited, .gone:not(:empty)')")
    return str(page.evaluate(MARKED))


def test_a_citation_marks_its_words_after_a_paragraph_was_put_above(
    visit: Visit, note: Path, shot: Shot
) -> None:
    page = visit(f"/?ask=1&q={QUESTION}")
    page.wait_for_selector(".answer .cite")
    note.write_text(NOTE.replace("# 试航\n", "# 试航\n\n" + "插进来的一段。\n\n" * 9), "utf-8")
    assert cited(page) == QUOTE
    assert page.locator(".cited").all_inner_texts() == [QUOTE]
    shot(page, "citation-after-an-edit")


def test_a_link_to_a_quote_marks_the_same_words_in_a_new_tab(visit: Visit, note: Path) -> None:
    page = visit(f"/?ask=1&q={QUESTION}")
    assert cited(page) == QUOTE
    address = page.url.split("/", 3)[3]
    assert "#text=" in address
    other = visit(f"/{address}")
    other.wait_for_selector(".sheet .cited")
    assert other.evaluate(MARKED) == QUOTE
    other.reload()
    other.wait_for_selector(".sheet .cited")
    assert other.evaluate(MARKED) == QUOTE


def test_a_quote_that_is_gone_is_told_and_nothing_is_marked(
    visit: Visit, note: Path, shot: Shot
) -> None:
    page = visit(f"/?ask=1&q={QUESTION}")
    page.wait_for_selector(".answer .cite")
    note.write_text(NOTE.replace(QUOTE, "这里现在写着别的事情。"), "utf-8")
    assert cited(page) == ""
    assert not page.locator(".cited").count()
    assert QUOTE in page.inner_text(".gone")
    assert "no longer" in page.inner_text("#live")
    shot(page, "quote-gone")


def test_a_hits_link_carries_what_it_matched(visit: Visit, note: Path) -> None:
    page = visit("/?q=" + QUOTE)
    page.click(".hit:has(h2:has-text('试航')) .passage:has-text('八十二度')")
    page.wait_for_selector(".sheet .cited")
    assert "八十二度" in page.evaluate(MARKED)
    assert "&words=" in page.url
    page.wait_for_selector(".in-note .n:not(:empty)")
    page.click("[data-do=step-on]")
    page.wait_for_selector(".in-note .n:has-text('1/')")


def test_an_answer_says_when_a_note_it_rests_on_has_changed(visit: Visit, note: Path) -> None:
    page = visit(f"/?ask=1&q={QUESTION}")
    page.wait_for_selector(".answer .cite")
    page.wait_for_load_state("networkidle")
    note.write_text(NOTE.replace("八十二", "九十三"), "utf-8")
    page.wait_for_selector("#notice:has-text('试航')", timeout=60_000)
    page.click("#notice [data-do=again]")
    page.wait_for_selector(".answer:not(.waiting):has-text('九十三度')")
    assert page.locator("#notice:empty").count()


def test_an_open_note_follows_an_edit_and_keeps_its_place(visit: Visit, note: Path) -> None:
    long = NOTE + "\n\n".join(f"第 {i} 段，写得够长，好让这一页能够滚动。" * 3 for i in range(40))
    note.write_text(long, "utf-8")
    page = visit("/?note=试航.md")
    page.wait_for_selector(".body p:has-text('第 39 段')")
    page.locator(".body p:has-text('第 30 段')").scroll_into_view_if_needed()
    was = page.locator(".body p:has-text('第 30 段')").bounding_box()["y"]
    page.wait_for_timeout(1000)
    note.write_text(long.replace("开头的一段话。", "开头的一段话。\n\n新写的一段话。"), "utf-8")
    page.wait_for_selector(".body p:has-text('新写的一段话')", state="attached", timeout=60_000)
    now = page.locator(".body p:has-text('第 30 段')").bounding_box()["y"]
    assert abs(now - was) < 2
    assert "changed" in page.inner_text("#notice")
