"""Parts a text into clauses with what can be compared of them: words, names, order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.text.segmentation import tagged
from index.text.terms import fold
from search.llm.amounts import Quantity, quantities, without_bounds
from search.llm.polarity import denials, ends, scale_words
from search.llm.stated_dates import Date, dates
from search.query.english import base_forms
from search.query.stopwords import is_stopword

_PARTS = re.compile(
    r"[,:](?!\d)|(?<!\d)[,:]|\.(?=\s|\Z)|[。;!?\n]"
    r"|\b(?:but|and|while|whereas|although|though|because|then|which|who)\b"
    r"|但是?|而且|并且|不过|然而"
)
_CAPITAL = re.compile(r"(?<![A-Za-z\d])[A-Z][\w'’+&.-]*\w|(?<![A-Za-z\d])[A-Z](?![A-Za-z])")
_RUN = re.compile(r"[a-z\d][\w'’+&-]*(?:\.\d+)*|[\u3400-\u9fff]+")
_NAMES = frozenset({"nr", "ns", "nt", "nrt", "nrfg"})
"""Jieba's tags of persons, places and bodies."""
_BODIES = frozenset({
    "公司", "集团", "大学", "学院", "医院", "银行", "研究所", "委员会", "基金会", "省", "市",
    "县", "区", "镇", "村", "路", "街", "山", "河", "湖", "岛", "站", "队",
    "教授", "先生", "女士", "博士", "老师", "医生",
})  # fmt: skip
_PASSIVE_ENGLISH = re.compile(r"\b(?:is|are|was|were|be|been|being|get|got)\b[^,;]*\bby\b")
_PASSIVE_CHINESE = frozenset(["被", "由", "遭", "遭到", "受到", "为"])
_COMPARED = {"than": "than", "比": "than", "于": "than", "不如": "than"}
_TOWARDS = {"to": "to", "到": "to", "至": "to", "into": "to", "vs": "vs", "对": "vs"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, folded, with its place and jieba's tag; Latin words have none."""

    text: str
    at: int
    tag: str


def tokens_of(folded: str) -> Iterator[Token]:
    """The words of a folded text."""
    for run in _RUN.finditer(folded):
        if run[0].isascii() or not "\u3400" <= run[0][0] <= "\u9fff":
            yield Token(run[0].strip("'’-"), run.start(), "")
            continue
        at = run.start()
        for word, kind in tagged(run[0]):
            yield Token(word, at, kind)
            at += len(word)


class Clause:
    """A part of a sentence that says one thing."""

    def __init__(self, folded: str, names: frozenset[str] = frozenset()) -> None:
        self.text = folded
        self.names = names
        """Latin words that are written with a capital letter."""
        self.tokens: Sequence[Token] = tuple(tokens_of(folded))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words that say something; of English ones all that they
        may be inflected from."""
        plain = (token.text for token in self.tokens)
        return frozenset(form for word in plain if _says(word) for form in _forms(word))

    @cached_property
    def denials(self) -> int:
        """How often it says no; a bound of a number, such as 不超过, is none."""
        bare = without_bounds(self.text)
        tokens = self.tokens if bare == self.text else tuple(tokens_of(bare))
        return denials(bare, [token.text for token in tokens])

    @cached_property
    def dates(self) -> list[Date]:
        """The dates that it states."""
        return dates(self.text)[0]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities with a unit that it states."""
        _, rest = dates(self.text)
        return [each for each, certain in quantities(rest) if certain and each.unit]

    @cached_property
    def ends(self) -> dict[int, set[int]]:
        """The ends of scales that it names."""
        bare = without_bounds(self.text)
        tokens = self.tokens if bare == self.text else tuple(tokens_of(bare))
        return ends(token.text for token in tokens)

    @cached_property
    def is_passive(self) -> bool:
        """Whether who does it is named by “by” or 被."""
        return bool(_PASSIVE_ENGLISH.search(self.text)) or any(
            token.text in _PASSIVE_CHINESE and token.tag in ("p", "v") for token in self.tokens
        )

    def between(self, first: int, last: int) -> "Clause":
        """What stands between two places."""
        return Clause(self.text[first:last], self.names)

    @cached_property
    def pivots(self) -> frozenset[str]:
        """What two parties can stand on either side of: verbs, and words that compare."""
        found = {_COMPARED[t.text] for t in self.tokens if t.text in _COMPARED}
        found |= {_TOWARDS[t.text] for t in self.tokens if t.text in _TOWARDS}
        if any(t.text[-1] in "到至" for t in self.tokens):
            found.add("to")
        if any(t.text.endswith("于") and len(t.text) == 2 for t in self.tokens):
            found.add("than")
        known = scale_words()  # jieba takes some of its verbs for nouns
        verbs = (
            t for t in self.tokens if _says(t.text) and (t.tag[:1] in ("", "v") or t.text in known)
        )
        return frozenset(found | {form for t in verbs for form in _forms(t.text)})


def clauses(text: str) -> list[Clause]:
    """The clauses of a text that say something."""
    folded = fold(text)
    names = frozenset(fold(name) for name in _CAPITAL.findall(text)) - {"the", "it", "in", "on"}
    return [Clause(part, names) for part in _PARTS.split(folded) if re.search(r"\w", part)]


def _forms(word: str) -> tuple[str, ...]:
    return tuple(base_forms(word)) if word.isascii() else (word,)


def _says(word: str) -> bool:
    return not is_stopword(word) and any(map(str.isalnum, word))


def chinese_names(statement: str) -> Iterator[str]:
    """The persons, places and bodies that jieba sees in a text, and what is called after them."""
    tokens = [token for token in tokens_of(fold(statement)) if token.tag]
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.tag in _NAMES:
            yield token.text
        is_called = before and token.text in _BODIES and before.tag[:1] in ("n", "j", "z")
        if before and is_called and before.at + len(before.text) == token.at:
            yield before.text + token.text
