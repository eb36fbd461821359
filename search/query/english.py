"""Finds the base forms that an inflected English word may have, as a dictionary lists them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.text.terms import fold, stem

_WORD = re.compile(r"[a-z][a-z'+#]*")
_VOWELS = frozenset("aeiouy")
_FORMS = """
    built:build bought:buy brought:bring began:begin begun:begin became:become bit:bite
    broke:break broken:break caught:catch chose:choose chosen:choose drew:draw drawn:draw
    drove:drive driven:drive ate:eat fell:fall fallen:fall felt:feel fought:fight flew:fly
    forgot:forget froze:freeze frozen:freeze gave:give went:go gone:go grew:grow grown:grow
    held:hold hid:hide hidden:hide knew:know known:know led:lead left:leave lent:lend
    lost:lose meant:mean met:meet paid:pay ran:run rose:rise risen:rise saw:see seen:see
    sold:sell sent:send shook:shake shot:shoot sang:sing sat:sit slept:sleep spoke:speak
    spoken:speak spent:spend stood:stand stole:steal stolen:steal struck:strike swore:swear
    taught:teach thought:think threw:throw thrown:throw took:take taken:take told:tell
    understood:understand wore:wear won:win wrote:write written:write men:man women:woman
    children:child feet:foot teeth:tooth mice:mouse people:person better:good best:good
    worse:bad worst:bad
"""
_IRREGULAR = dict(pair.split(":") for pair in _FORMS.split())
_KEPT = 20_000
"""Words whose forms are remembered: a question looks at those of the nearest notes."""
_SUFFIXES = ("ing", "ed", "er", "est", "ly")
_BRITISH = (("our", "or"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"),
            ("yse", "yze"), ("ence", "ense"), ("tre", "ter"), ("ogue", "og"))  # fmt: skip


def words(text: str) -> list[str]:
    """The Latin words of a text, folded, plurals undone, in reading order."""
    return [stem(word.strip("'")) for word in _WORD.findall(fold(text).replace("-", " "))]


@lru_cache(_KEPT)
def base_forms(word: str) -> tuple[str, ...]:
    """The word itself and what it may be an inflection of, likeliest first."""
    return tuple(_forms(word))


def _forms(word: str) -> Iterator[str]:
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for british, american in _BRITISH:
        if word.endswith(british):
            yield word.removesuffix(british) + american
    for suffix in _SUFFIXES:
        root = word.removesuffix(suffix)
        if root == word or len(root) < 3 or not _VOWELS & set(root):
            continue
        yield root
        yield root + "e"
        if root[-1] == root[-2]:
            yield root[:-1]
        if root.endswith("i"):
            yield root[:-1] + "y"
