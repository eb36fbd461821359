"""Comments of a note."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.answer.siblings.comments import comment_spans

COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)


@given(st.lists(st.sampled_from(("%%", "%", "<!--", "-->", "a", "\n"))).map("".join))
def test_a_comment_ends_at_its_first_closing_mark(text: str) -> None:
    assert comment_spans(text) == [found.span() for found in COMMENT.finditer(text)]
