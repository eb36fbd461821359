"""Links the words of a question to names of the vault: the longest at each place."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from search.catalogue.variants import Form, name_tokens, name_variants, placed_tokens
from search.conditions.lexicon import Lexicon, Named
from search.conditions.property_keys import PropertyKey
from search.query.english import base_forms
from search.query.stopwords import CHINESE, ENGLISH

_LONGEST = 12
_SHORT = 2
"""Letters of a name that must be written as the notes write it: Go, C, R."""
_PHRASE = 3
"""Words of the longest English phrase that is looked up in Chinese."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a question that names values, tags, folders or keys."""

    start: int
    end: int
    names: tuple[Named, ...] = ()
    keys: tuple[PropertyKey, ...] = ()


def link(text: str, lexicon: Lexicon, taken: Collection[range]) -> list[Mention]:
    """What the question names, outside the places that are ``taken``."""
    found: list[Mention] = []
    for run in _runs(placed_tokens(text), taken):
        at = 0
        while at < len(run):
            longest = min(len(run) - at, _LONGEST)
            tried = (_mention(text, run[at : at + n], lexicon) for n in range(longest, 0, -1))
            best = next(
                ((n, m) for n, m in zip(range(longest, 0, -1), tried, strict=True) if m), None
            )
            if best:
                found.append(best[1])
            at += best[0] if best else 1
    return found


Token = tuple[str, int, int]


def _runs(tokens: Sequence[Token], taken: Collection[range]) -> Iterator[list[Token]]:
    """Tokens in a row that nothing taken stands among."""
    run: list[Token] = []
    for token in tokens:
        if any(token[1] < each.stop and token[2] > each.start for each in taken):
            yield run
            run = []
        else:
            run.append(token)
    yield run


def _mention(text: str, run: Sequence[Token], lexicon: Lexicon) -> Mention | None:
    form: Form = tuple(word for word, _, _ in run)
    start, end = run[0][1], run[-1][2]
    written = text[start:end]
    names = tuple(n for n in _named(form, written, lexicon) if _is_meant(form, written, n))
    keys = _keys(form, lexicon) if _is_word(form) else ()
    if not names and not keys and len(form) <= _PHRASE and form[0].isascii() and _is_word(form):
        meanings = lexicon.chinese(form)
        named = (n for each in meanings for n in lexicon.names.get(each, ()))
        names = tuple(replace(n, is_translated=True) for n in named if not n.is_translated)
        keys = tuple(k for each in meanings for k in lexicon.keys.get(each, ()))
    if keys and all(n.is_translated for n in names):
        names = ()
    names, keys = tuple(dict.fromkeys(names)), tuple(dict.fromkeys(keys))
    return Mention(start, end, names, keys) if names or keys else None


def _named(form: Form, written: str, lexicon: Lexicon) -> tuple[Named, ...]:
    """What a run of words names; a full name what its abbreviation names too."""
    found = lexicon.names.get(form, ())
    if found or len(form) < 2 or any(word in ENGLISH or not word.isascii() for word in form):
        return found
    forms = name_variants(written, lexicon.common)
    initials = "".join(word[0] for word in form)
    return tuple(
        named
        for each in sorted(forms)
        if len(each) > 1 or (len(form) > 2 and each[0] in (initials, *form))
        for named in lexicon.names.get(each, ())
        if each[0] in name_tokens(named.value)
    )


def _keys(form: Form, lexicon: Lexicon) -> tuple[PropertyKey, ...]:
    found = lexicon.keys.get(form, ())
    if not found and len(form) == 1 and form[0].isascii():
        found = next((k for b in base_forms(form[0]) if (k := lexicon.keys.get((b,)))), ())
    return found


def stems(text: str, lexicon: Lexicon, free: Sequence[range]) -> list[Mention]:
    """Keys that free words name by their stems: 买 or "bought" for 购买日期."""
    found = []
    tokens = placed_tokens(text)
    for at, (word, start, end) in enumerate(tokens):
        if not any(start >= each.start and end <= each.stop for each in free):
            continue
        pair: Form = (word, tokens[at + 1][0]) if at + 1 < len(tokens) else ()
        if pair in lexicon.stems and not word.isascii():
            found.append(Mention(start, tokens[at + 1][2], keys=lexicon.stems[pair]))
            continue
        forms: list[Form] = [(word,)]
        if word.isascii():
            forms += [(base,) for base in base_forms(word)] + lexicon.chinese((word,))
        keys = next((lexicon.stems[form] for form in forms if form in lexicon.stems), ())
        if keys:
            found.append(Mention(start, end, keys=keys))
    return found


def _is_word(form: Form) -> bool:
    """Whether it may name something by itself, and is not only grammar."""
    text = "".join(form)
    if len(form) == 1 and (text in ENGLISH or text in CHINESE or text.isdigit()):
        return False
    return text.isascii() or (len(text) > 1 and text not in CHINESE)


def _is_meant(form: Form, written: str, named: Named) -> bool:
    """Short names, first names and names that are plain words count only as they are written."""
    text = "".join(form)
    if text.isdigit() or text in CHINESE or (len(text) == 1 and not text.isascii()):
        return False
    if named.is_part:
        return written[0].isupper() and written in named.value
    if not text.isascii() or (len(text) > _SHORT and text not in ENGLISH):
        return True
    return re.search(rf"(?<![\w+#]){re.escape(written)}(?![\w+#])", named.value) is not None
