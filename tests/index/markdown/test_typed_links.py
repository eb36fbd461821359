"""Relations and explanations: what is said around a link belongs to it."""

from hypothesis import example, given
from hypothesis import strategies as st

from index.markdown.note import Link
from index.markdown.parse import parse


def _links(text: str) -> tuple[Link, ...]:
    return parse("a.md", text).links


def _said(text: str) -> list[tuple[str | None, str | None]]:
    return [(one.relation, one.explanation) for one in _links(text)]


def test_an_explanation_can_be_quoted_exactly() -> None:
    text = "- [[甲]]；关联理由：版本演进；说明：**乙**是它的后续；见`丙`。  \r\n下一行"
    (link,) = _links(text)
    assert link.relation == "版本演进"
    assert link.explanation == "**乙**是它的后续；见`丙`。"
    assert link.explanation_start == text.index("**乙**")


def test_links_before_the_first_key_share_it_and_links_after_it_do_not() -> None:
    text = "- [[a]]、[[b]]；关联理由：引用；说明：并见 [[c]]。\n- [[d]]"
    assert _said(text) == [("引用", "并见 [[c]]。")] * 2 + [(None, None)] * 2


def test_either_key_may_stand_alone_and_in_any_order() -> None:
    assert _said("[[a]]；说明：只有说明") == [(None, "只有说明")]
    assert _said("[[a]], reason: cites") == [("cites", None)]
    assert _said("[[a]]；说明：先说；关系：后说") == [("后说", "先说")]


def test_keys_on_deeper_lines_below_belong_to_the_link_above() -> None:
    text = "- [[a]]\n  - 关联理由：解说\n  - 说明：为什么\n- [[b]]\n  - [[c]]；关系：d\n"
    assert _said(text) == [("解说", "为什么"), (None, None), ("d", None)]


def test_a_long_relation_is_an_explanation() -> None:
    reason = (
        "因为它讲的是同一件事，只是从另一个角度，用另一些例子，并且得出了不同的、更谨慎的结论。"
    )
    assert _said(f"[[a]]；理由：{reason}") == [(None, reason)]


def test_a_word_that_merely_looks_like_a_key_is_none() -> None:
    assert _said("[[a]] 的说明：没有分隔\n[[b]]；其他：值") == [(None, None)] * 2


def test_fields_type_the_links_of_their_value_only() -> None:
    text = "up:: [[a]]\n[see:: [[b]], [[c]]] [[d]] (cf:: [[e]])\n- x:: [[f]] y [z:: [[g]]]"
    assert [one.relation for one in _links(text)[1:]] == ["see", "see", None, "cf", "x", "z"]


def test_a_field_in_code_types_nothing() -> None:
    assert _said("text\n`up:: ` [[a]]") == [(None, None)]


def test_a_property_types_its_links_and_tags_do_not() -> None:
    text = '---\nparent: "[[a]]"\nmore:\n  - "[[b|c]]"\ntags: ["[[d]]"]\n---\n'
    assert [(one.target, one.relation) for one in _links(text)] == [
        ("a", "parent"),
        ("b", "more"),
        ("d", None),
    ]
    assert [text[one.start : one.end] for one in _links(text)] == ["[[a]]", "[[b|c]]", "[[d]]"]


def test_the_section_is_the_nearest_heading_above() -> None:
    links = _links("[[a]]\n# B\n[[b]]\n### **C**\n[[c]]\n")
    assert [one.section for one in links] == [None, "B", "C"]


_PIECES = (
    "[[a]]",
    "；",
    "关联理由：",
    "说明：",
    "; note: ",
    "x:: ",
    "[",
    "]",
    "\n",
    "  - ",
    "字",
    "`",
)


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=25))
@example(["[[a]]", "; note: ", "\x1f0"])
def test_every_explanation_is_a_slice_on_one_line_after_its_link(pieces: list[str]) -> None:
    text = "".join(pieces)
    for link in _links(text):
        if link.explanation is not None and link.explanation_start is not None:
            start = link.explanation_start
            assert start >= link.end
            assert text[start : start + len(link.explanation)] == link.explanation
            assert "\n" not in link.explanation and link.explanation.strip() == link.explanation


def test_ten_thousand_fields_on_one_line_come_to_an_end() -> None:
    links = _links("text " + "[a:: [[b]]] (c:: [[d]]; note: e) " * 5_000)
    assert len(links) == 10_000 and links[0].relation == "a"
