"""Rendering is tested through what a browser would see: the elements of the HTML."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.note import Note
from search.render.html import Rendered, render
from search.render.sanitize import TAGS


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


class Vault:
    def note(self, target: str) -> str | None:
        return {"甲": "文/甲.md", "乙.md": "文/乙.md", "50% #1": "50% #1.md"}.get(target)

    def file(self, target: str) -> str | None:
        return f"图/{target}" if target in ("a.png", "b c.jpg", "x.pdf") else None

    def embed(self, target: str, fragment: str) -> str | None:
        return f"<p>embedded {fragment}</p>" if target == "甲" else None


def shown(text: str, body_start: int = 0, seconds: float = 5.0) -> Rendered:
    note = Note("n.md", text, "n", None, (), (), (), (), (), body_start)
    return render(note, Vault(), seconds)


def elements(text: str, tag: str) -> list[dict[str, str | None]]:
    return [attrs for name, attrs in Elements(shown(text).html).found if name == tag]


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[[甲]]", "/?note=%E6%96%87%2F%E7%94%B2.md"),
        ("[[甲|别名]]", "/?note=%E6%96%87%2F%E7%94%B2.md"),
        ("[[甲#一 二]]", "/?note=%E6%96%87%2F%E7%94%B2.md#h-%E4%B8%80-%E4%BA%8C"),
        ("[[甲#^abc]]", "/?note=%E6%96%87%2F%E7%94%B2.md#b-abc"),
        ("[乙](乙.md)", "/?note=%E6%96%87%2F%E4%B9%99.md"),
        ("[x](<50% #1>)", None),
        ("[x](50%25%20%231)", "/?note=50%25%20%231.md"),
        ("[[#此处]]", "#h-%E6%AD%A4%E5%A4%84"),
        ("#安全/网络", "/?tag=%E5%AE%89%E5%85%A8%2F%E7%BD%91%E7%BB%9C"),
        ("[out](https://example.org/a)", "https://example.org/a"),
    ],
)
def test_a_link_leads_where_obsidian_would_lead(text: str, href: str | None) -> None:
    assert [a.get("href") for a in elements(text, "a")] == ([href] if href else [])


def test_a_link_to_no_note_is_shown_as_such() -> None:
    assert elements("[[丙]] [d](丁.md)", "span") == [{"class": "unresolved"}] * 2


def test_links_in_code_stay_text() -> None:
    assert elements("`[[甲]]`\n\n```\n[[甲]]\n```", "a") == []


def test_an_image_of_the_vault_is_shown_with_its_size() -> None:
    assert elements("![[a.png|120x80]]", "img") == [
        {
            "src": "/api/files/%E5%9B%BE/a.png",
            "loading": "lazy",
            "alt": "a.png",
            "width": "120",
            "height": "80",
        }
    ]


def test_a_remote_image_becomes_a_link() -> None:
    html = shown("![chart](https://example.org/c.png)").html
    assert elements("![chart](https://example.org/c.png)", "img") == []
    assert 'class="remote-image" href="https://example.org/c.png"' in html


def test_a_comment_is_not_shown() -> None:
    html = shown("a %%inline%% b\n\n%%\nblock\n\n- more\n%%\n\nafter").html
    assert "inline" not in html and "block" not in html and "more" not in html
    assert "after" in html


def test_a_callout_carries_its_kind_and_title() -> None:
    html = shown("> [!warning] 小心 *火*\n> 正文").html
    assert 'class="callout" data-callout="warning"' in html
    assert "小心 <em>火</em></div>" in html and "正文</p>" in html


def test_a_folded_callout_can_be_unfolded() -> None:
    assert elements("> [!tip]- 题\n> 文", "details")[0].get("data-callout") == "tip"
    assert "open" in elements("> [!tip]+ 题\n> 文", "details")[0]


def test_tasks_show_whether_they_are_done() -> None:
    html = shown("- [ ] 未\n- [x] 完").html
    assert "☐ 未" in html and "☑ 完" in html and "<input" not in html


def test_other_tasks_look_as_what_they_are() -> None:
    html = shown("- [/] 半\n- [>] 推\n- [-] 弃").html
    assert "◪ 半" in html and "▷ 推" in html and "☒ 弃" in html


def test_cells_are_aligned_as_the_table_says() -> None:
    html = shown("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|").html
    assert '<td class="center">2</td>' in html and '<td class="right">3</td>' in html


def test_an_embed_in_a_paragraph_of_its_own_is_shown_there() -> None:
    assert "<p>embedded 定义</p></div>" in shown("![[甲#定义]]").html
    assert "embedded" not in shown("见 ![[甲]]。").html.replace('class="wikilink embed"', "")


def test_mathematics_is_drawn_and_prices_are_not_mathematics() -> None:
    html = shown("$a<b$ costs $5 and $6").html
    assert '<span class="math"><math display="inline">' in html
    assert "a&lt;b</annotation>" in html and "</span> costs $5 and $6" in html


def test_mathematics_that_cannot_be_read_stays_as_it_is_written() -> None:
    assert '<span class="math">\\frac{</span>' in shown("$\\frac{$").html


def test_marks_footnotes_and_tables_are_rendered() -> None:
    html = shown("==亮== x[^1]\n\n| a |\n|---|\n| b |\n\n[^1]: 注").html
    assert "<mark>亮</mark>" in html and "<td>b</td>" in html and "注" in html


def test_the_outline_names_each_heading_once() -> None:
    result = shown("# 一\n\n## 二 **三**\n\n## 二 三")
    assert [(s.level, s.title, s.id) for s in result.outline] == [
        (1, "一", "h-一"),
        (2, "二 三", "h-二-三"),
        (2, "二 三", "h-二-三-1"),
    ]
    assert all(f'id="{section.id}"' in result.html for section in result.outline)


def test_a_block_id_can_be_linked_to() -> None:
    assert elements("段落 ^abc", "p")[0]["id"] == "b-abc"
    assert elements("- 项 ^def", "li")[0]["id"] == "b-def"


def test_each_block_says_where_it_stands_in_the_file() -> None:
    text = "\ufeff---\r\na: 1\r\n---\r\n# 题\r\n\r\n段一\r\n续\r\n\r\n- 甲\r\n- 乙\r\n"
    body = text.index("# 题")
    found = Elements(shown(text, body).html).found
    slices = {
        tag: text[int(a["data-start"] or 0) : int(a["data-end"] or 0)]
        for tag, a in found
        if "data-start" in a
    }
    assert slices["h1"] == "# 题" and slices["p"] == "段一\r\n续" and slices["li"] == "- 乙"


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "<form action=/api/index method=post><button>x</button></form>",
    "<style>*{display:none}</style><p style='position:fixed'>x</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<base href='https://example.org/'><meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<div id=q class='app evil' data-x=1 onclick=alert(1)>x</div>",
    "<img src='https://example.org/pixel.png'><img src=//example.org/p.png>",
    "<video src=x autoplay></video><object data=x></object><embed src=x>",
    '```"><script>alert(1)</script>\nx\n```',
    '```x"onmouseover=alert(1)\ny\n```',
    "[[甲|<img src=x onerror=alert(1)>]]",
    '![[a.png|" onerror=alert(1)]]',
    "# <script>alert(1)</script>",
    "$</span><script>alert(1)</script>$",
    "> [!<script>]\n> x",
    "<a href='//example.org' target=_top ping=x>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<input autofocus onfocus=alert(1)>",
]
ALLOWED = {"class", "id", "href", "src", "alt", "title", "rel", "loading", "width", "height"}
ALLOWED |= {"data-start", "data-end", "data-callout", "data-task", "open", "start", "lang"}


MATHML = re.compile(r"<math .*?</math>", re.DOTALL)


def assert_harmless(html: str) -> None:
    for formula in MATHML.findall(html):
        for tag, attrs in Elements(formula).found:
            assert tag in ("math", "semantics", "annotation") or tag.startswith("m")
            assert not {"href", "src", "style", "class", "id"} & set(attrs)
    for tag, attrs in Elements(MATHML.sub("", html)).found:
        assert tag in TAGS
        assert set(attrs) <= ALLOWED
        if tag == "img":
            assert (attrs.get("src") or "/api/files/").startswith("/api/files/")
        if href := attrs.get("href"):
            assert href.startswith(("/?", "#", "/api/files/", "http://", "https://", "mailto:"))
        assert not (attrs.get("id") or "h-").startswith("q")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_harmful_survives(text: str) -> None:
    assert_harmless(shown(text).html)
    assert_harmless(shown(f"- a\n\n  > {text}\n\n| {text} |\n|---|\n").html)


pieces = st.sampled_from(
    [*HOSTILE, "[[", "]]", "%%", "==", "> ", "- ", "\n", "`", "$", "|", "#", "a"]
)


@given(st.lists(pieces | st.text(max_size=8), max_size=12).map("".join))
def test_no_mixture_of_markup_becomes_harmful(text: str) -> None:
    html = shown(text).html
    assert_harmless(html)
    for _, attrs in Elements(html).found:
        if "data-start" in attrs:
            start, end = int(attrs["data-start"] or 0), int(attrs["data-end"] or 0)
            assert 0 <= start <= end <= len(text)


def test_a_note_too_slow_to_render_is_shown_as_it_stands() -> None:
    html = shown("[a](b) <i>x</i>\n\n二", seconds=-1).html
    assert html == (
        '<pre data-start="0" data-end="15">[a](b) &lt;i&gt;x&lt;/i&gt;</pre>\n'
        '<pre data-start="17" data-end="18">二</pre>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("  " * depth + "- x" for depth in range(1000)),
        ">" * 50_000 + "a",
        "<div>" * 30_000,
        "[" * 2_500_000,
        "字" * 1_900_000,
    ],
    ids=["nested list", "nested quote", "nested tags", "brackets", "long line"],
)
def test_a_hostile_note_is_still_shown(text: str) -> None:
    assert_harmless(shown(text).html)
