from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.render.formulas import diagram, mathml


def test_a_formula_is_mathml_with_its_tex() -> None:
    drawn = mathml(r"\frac{a}{b}", block=True)
    assert drawn is not None and "<mfrac>" in drawn and 'display="block"' in drawn
    assert r"\frac{a}{b}</annotation>" in drawn


@pytest.mark.parametrize("tex", [r"\href{javascript:alert(1)}{x}", r"\style{color:red}{x}"])
def test_a_formula_brings_no_address_and_no_style(tex: str) -> None:
    drawn = mathml(tex, block=False) or ""
    assert "href=" not in drawn and "style=" not in drawn


@given(st.text(max_size=40))
def test_whatever_is_written_comes_out_well_formed_or_not_at_all(tex: str) -> None:
    drawn = mathml(tex, block=False)
    if drawn is not None:
        allowed = ("math", "semantics", "annotation")
        tags = {element.tag for element in ElementTree.fromstring(drawn).iter()}
        assert all(tag in allowed or tag.startswith("m") for tag in tags)


def test_a_diagram_is_a_picture_in_which_nothing_runs() -> None:
    pytest.importorskip("mmdr")
    drawn = diagram("flowchart LR\n  A[读] --> B{变?}\n")
    assert drawn is not None and drawn.startswith('<img class="diagram" src="data:image/svg+xml')
    assert diagram("no diagram at all {") is None
