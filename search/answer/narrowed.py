"""Of many notes with a property's value those that whatever else is asked is about."""

from collections.abc import Iterable

from search.answer.inquiry import Inquiry
from search.answer.signs import asked_clauses
from search.spellings import Form

_FEW = 8
"""Notes up to which all are listed."""
_MOST_WORDS = 3
"""Words beside the value; a question with more is about something else than its value."""
_MOSTLY = 0.5
"""Share of the best score for the other words from which a note is about them."""
_ANY_NOTE = frozenset({
    "post", "article", "project", "tool", "blog", "entry", "paper", "book", "page", "story",
    "language", "licence", "license", "released", "publish", "published", "save", "saved",
    "文章", "项目", "工具", "博客", "帖子", "资料", "图书", "语言", "主要", "许可", "许可证",
    "协议", "年", "月", "日", "发布", "采用",
})  # fmt: skip
"""What any note in a list may be called, and what is said of any."""


def narrowed(inquiry: Inquiry, notes: frozenset[int], wanted: Iterable[Form]) -> frozenset[int]:
    """The notes, those with the values ``wanted``, as far as the question's other words allow."""
    if len(notes) <= _FEW:
        return notes
    values = {part for form in wanted for part in form}
    asked = asked_clauses(inquiry.asked, inquiry.gatherer.words(), [" ".join(values)])
    rest = {next(iter(clause)) for clause in asked} - values - _ANY_NOTE
    if not rest:
        return notes
    if len(rest) > _MOST_WORDS:
        return frozenset()
    found = inquiry.gatherer.about(" ".join(sorted(rest)), notes)
    least = _MOSTLY * max(found.values(), default=0.0)
    return frozenset(note for note, score in found.items() if score >= least) or notes
