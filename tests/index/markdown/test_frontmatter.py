"""Properties at the top of a note, with their exact places."""

import json
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markdown.frontmatter import Frontmatter, read_frontmatter


def _values(front: Frontmatter) -> dict[str, tuple[str, ...]]:
    return {one.key: one.values for one in front.properties}


def _written(text: str) -> list[str]:
    return [text[one.start : one.end] for one in read_frontmatter(text).properties]


def test_every_kind_of_value_becomes_text() -> None:
    front = read_frontmatter(
        "---\n发布日期: 2025-12-18\n来源: 'a: b'\n\nlist:\n- 一\n-   \"二\"\nflow: [1, yes]\n"
        'number: 1_000.50\nnone: ~\nempty: ""\nmap: {a: 1, b: [x, y]}\n'
        "作者 名: Jane Doe # who\n---\n"
    )
    assert _values(front) == {
        "发布日期": ("2025-12-18",),
        "来源": ("a: b",),
        "list": ("一", "二"),
        "flow": ("1", "yes"),
        "number": ("1_000.50",),
        "none": (),
        "empty": (),
        "map": ("a: 1", "b: x", "b: y"),
        "作者 名": ("Jane Doe",),
    }
    assert front.warnings == ()


def test_an_entry_can_be_quoted_exactly() -> None:
    text = '---\na: "x" # c\n\nb:\n  - 一\n  - 二\n\n# comment\nc: |\n  one\n  two\n\n'
    text += "d: [1,\n  2]\n---\n"
    assert _written(text) == ['a: "x"', "b:\n  - 一\n  - 二", "c: |\n  one\n  two", "d: [1,\n  2]"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_shift_no_place(end: str, mark: str) -> None:
    text = mark + end.join(["---", "标题: 甲", "b:", "  - c", "---", "Body"])
    front = read_frontmatter(text)
    assert _written(text) == ["标题: 甲", f"b:{end}  - c"]
    assert text[front.body_start :] == "Body"


@pytest.mark.parametrize(
    "text",
    ["", "Body", "\n---\na: b\n---\n", "---\na: b\n", "----\na: b\n----\n", "a\n---\nb\n---\n"],
)
def test_without_a_block_at_the_very_top_all_is_body(text: str) -> None:
    assert read_frontmatter(text) == Frontmatter()


def test_a_broken_block_is_read_line_by_line_and_the_line_is_named() -> None:
    text = "---\ntitle: a: b\nquote: \"x\" y\ntags:\n  - one\n  - 'two'\nflow: [甲, 乙]\n---\nBody"
    front = read_frontmatter(text)
    assert _values(front) == {
        "title": ("a: b",),
        "quote": ('"x" y',),
        "tags": ("one", "two"),
        "flow": ("甲", "乙"),
    }
    assert front.warnings[0].startswith("line 2: broken frontmatter")
    assert text[front.body_start :] == "Body"


@pytest.mark.parametrize(
    ("block", "line"), [("a: b\n\tc: d\n", 3), ("a: b\nb: [c\nd: e\n", 4), ("a: b\nc: @d\n", 3)]
)
def test_the_warning_counts_lines_from_the_top_of_the_file(block: str, line: int) -> None:
    front = read_frontmatter(f"---\n{block}---\n")
    assert front.warnings[0].startswith(f"line {line}:") and _values(front)["a"] == ("b",)


def test_an_alias_stands_for_its_text_and_a_bomb_does_not_go_off() -> None:
    rows = [f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]" for n in range(1, 60)]
    front = read_frontmatter("\n".join(["---", "a: &a x", "c: *a", "b0: &b0 [y]", *rows, "---"]))
    assert _values(front)["c"] == ("x",) and _values(front)["b0"] == ("y",)
    assert sum(len(one.values) for one in front.properties) == 3
    assert "repeats a list" in front.warnings[0] and len(front.warnings) < 10


@pytest.mark.parametrize(
    "value", ["[" * 150_000, "{" * 150_000, "- " * 50_000 + "x", "a" * 900_000]
)
def test_a_hostile_value_leaves_the_other_properties(value: str) -> None:
    front = read_frontmatter(f"---\ntitle: T\nv: {value}\nw: z\n---\n")
    assert _values(front)["title"] == ("T",) and _values(front)["w"] == ("z",)
    assert len(front.warnings) == 1


def test_tags_of_the_language_run_nothing() -> None:
    front = read_frontmatter('---\na: !!python/object/apply:os.system ["exit 1"]\n---\n')
    assert _values(front) == {"a": ("exit 1",)}


@pytest.mark.parametrize("block", ["- a\n- b\n", "just text\n", "[1, 2]\n"])
def test_a_block_without_properties_is_named(block: str) -> None:
    front = read_frontmatter(f"---\n{block}---\n")
    assert front.properties == () and len(front.warnings) == 1


def test_a_template_that_was_not_filled_in_is_an_empty_value() -> None:
    front = read_frontmatter("---\ntitle: {{title}}\ndate: 2025-12-18\n---\n")
    assert _values(front) == {"title": (), "date": ("2025-12-18",)}


def test_toml_tables_and_lists_have_their_places() -> None:
    text = '+++\ntitle = "甲"\ntags = [\n  "a",\n  "b",\n]\n'
    text += "[params]\n  x = 1\n  [params.y]\n  z = true\n+++\nBody"
    assert _values(read_frontmatter(text)) == {
        "title": ("甲",),
        "tags": ("a", "b"),
        "params": ("x: 1", "z: true"),
    }
    assert _written(text)[1] == 'tags = [\n  "a",\n  "b",\n]'
    assert _written(text)[2].startswith("[params]\n  x = 1")


def test_broken_toml_is_read_line_by_line() -> None:
    front = read_frontmatter('+++\ntitle = "T"\ndate = yesterday\n+++\n')
    assert _values(front) == {"title": ("T",), "date": ("yesterday",)}
    assert front.warnings[0].startswith("line 3:")


def test_lines_of_fields_at_the_top_are_properties() -> None:
    text = "type:: book\nauthors:: [[Jane]], #[[J. Doe]]\n\n- body:: no\n"
    front = read_frontmatter(text)
    assert _values(front) == {"type": ("book",), "authors": ("Jane", "J. Doe")}
    assert _written(text) == ["type:: book", "authors:: [[Jane]], #[[J. Doe]]"]


_WORDS = st.text(alphabet=ascii_letters + "中文日期", min_size=1, max_size=8).filter(
    lambda word: word.lower() not in ("null", "true", "yes", "no", "on", "off", "y", "n", "false")
)


@given(
    st.dictionaries(_WORDS, st.one_of(_WORDS, st.lists(_WORDS, min_size=1, max_size=4)), min_size=1)
)
def test_what_is_written_as_json_is_read_back(properties: dict[str, str | list[str]]) -> None:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in properties.items()]
    text = "\n\n".join(["---", *lines, "---\nBody"])
    wanted = {k: tuple(v) if isinstance(v, list) else (v,) for k, v in properties.items()}
    assert _values(read_frontmatter(text)) == wanted
    assert _written(text) == lines


_PIECES = (
    "a",
    ": ",
    "- ",
    "\n",
    "  ",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    "&x",
    "*x",
    "|",
    "#",
    "题",
    "::",
)


@given(
    st.sampled_from(["---\n", "+++\n", "---\r\n", ""]),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=5)), max_size=30),
)
def test_any_block_gives_properties_in_order_that_hold_their_key(
    mark: str, pieces: list[str]
) -> None:
    text = mark + "".join(pieces) + "\n" + mark + "Body"
    front = read_frontmatter(text)
    end = 0
    for one in front.properties:
        assert end <= one.start < one.end <= front.body_start
        assert text[one.start : one.end].strip()
        end = one.end
