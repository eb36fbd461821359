"""Reads a plain question that selects notes as conditions.

It is read as a whole or not at all: where a word is left that neither a name of the vault, nor
grammar, nor the noun asked for explains, there are no conditions. A wrong one would hide notes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.text.segmentation import cut
from search.catalogue.catalogue import Catalogue
from search.condition import Condition, Understood
from search.conditions import grammar
from search.conditions.bounds import bounds
from search.conditions.comparisons import by_key, compare, extreme
from search.conditions.lexicon import Lexicon, Named
from search.conditions.linking import Mention, link, stems
from search.conditions.matching import counted, matching
from search.conditions.noun_phrases import heads, is_noun, left
from search.conditions.parsing import Parse
from search.conditions.property_keys import PropertyKey

_RANK = {"property": 0, "tag": 1, "folder": 2}
_MOST_FILED, _MOST_TAGGED = 0.5, 0.9
"""Share of the notes selected that are filed under the noun asked for, where the vault sorts by
it; tags are forgotten, and a name in the other language may mean something else."""

Form = Literal["list", "count", "extreme"]


@dataclass(frozen=True, slots=True)
class Selection:
    """A question that selects notes, read as a whole."""

    form: Form
    understood: Understood
    notes: frozenset[int]
    """Those that fulfil all conditions; none where that is the answer."""
    keys: tuple[str, ...] = ()
    """Properties that it asks for or sets conditions on."""


def select(
    text: str, lexicon: Lexicon, catalogue: Catalogue, given: Sequence[Condition] = ()
) -> Selection | None:
    """The notes that a question selects; None where it is no such question.

    ``given`` are conditions that were typed beside the text.
    """
    count, listed = grammar.COUNT.search(text), grammar.LIST.search(text)
    most = by_key(text, lexicon) or grammar.superlative(text)
    if not (count or listed or most or given) or grammar.EITHER.search(text):
        return None
    parse = Parse(text, lexicon, catalogue, given)
    for cue in filter(None, (count, listed)):
        parse.take(*cue.span())
    if most:
        parse.take(most.start, most.end)
    compared = bounds(text)
    for one in compared:
        parse.take(one.start, one.end)
    mentions = _told_as_keys(link(text, lexicon, parse.taken))
    cues = [range(*cue.span()) for cue in (count, listed) if cue]
    asked_for = heads(text, mentions, cues)
    filed = [named.notes for each in asked_for for named in each.names]
    parse.scope = frozenset[int]().union(*filed) if filed else None
    _values(parse, [m for m in mentions if m not in asked_for], mentions)
    _unknown_values(parse, mentions, asked_for)
    keys = [m for m in mentions if m.keys and not parse.is_used(m)]
    by_stem = stems(text, lexicon, parse.free()) if compared or most else []
    if not all(compare(parse, one, keys, by_stem) for one in compared):
        return None
    if most and not extreme(parse, most, keys, by_stem):
        return None
    for each in keys:
        if not parse.is_used(each) and each not in asked_for:
            parse.take(each.start, each.end)
            parse.shown += each.keys[:1]
    for each in sorted(asked_for, key=lambda m: m.start):
        if not parse.is_used(each):
            _kind_of_thing(parse, each)
    form: Form = "count" if count else "extreme" if most else "list"
    return _selection(parse, form, has_noun=bool(asked_for))


def _kind_of_thing(parse: Parse, mention: Mention) -> None:
    """A condition from the noun asked for, unless most notes that are left are not filed so."""
    parse.take(mention.start, mention.end)
    named = _meant(parse, mention, (), 0)
    others = matching(parse.conditions, parse.catalogue)
    parse.shown += [k for k in mention.keys if others and 2 * len(k.notes & others) >= len(others)]
    if named is None:
        return
    is_loose = named.kind == "tag" or named.is_translated
    least = _MOST_TAGGED if is_loose else _MOST_FILED
    if others is not None and len(others & named.notes) < least * len(others):
        return
    parse.add(_condition(named, negated=False), mention.start, mention.end)


def _told_as_keys(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions; what names both a key and a value is the key where a value of it is named."""
    under = {named.key for each in mentions for named in each.names}
    return [
        replace(each, names=())
        if any(not under.isdisjoint(key.names) for key in each.keys)
        else each
        for each in mentions
    ]


def _values(parse: Parse, mentions: Sequence[Mention], everything: Sequence[Mention]) -> None:
    """Conditions from the values, tags and folders named; alternatives joined.

    A key right before a value is the one that is meant, even where it is the noun asked for.
    """
    keys = {key for each in mentions if each.keys for key in each.keys}
    before = 0
    previous: Mention | None = None
    for mention in mentions:
        given = [m for m in everything if m.keys and _is_of(parse, m, mention)]
        near = {key for each in given for key in each.keys}
        named = _meant(parse, mention, near or keys, before)
        if named is None:
            continue
        for each in given if named.kind == "property" else ():
            parse.take(each.start, each.end)
        negation = grammar.NEGATION.search(parse.text[before : mention.start])
        start = before + negation.start() if negation else mention.start
        condition = _condition(named, negated=negation is not None)
        joined = previous is not None and grammar.OR.search(
            parse.text[previous.end : mention.start]
        )
        if not (previous and parse.conditions and _joins(parse, condition, mention, bool(joined))):
            parse.add(condition, start, mention.end)
        before, previous = mention.end, mention


def _unknown_values(
    parse: Parse, mentions: Sequence[Mention], asked_for: Collection[Mention]
) -> None:
    """Conditions from keys that are said to be something that no note has: 产地是别处."""
    for key in mentions:
        if not key.keys or parse.is_used(key) or key in asked_for:
            continue
        said = grammar.IS_SAID.match(parse.text, key.end)
        if said is None or any(_overlaps(m, *said.span("value")) for m in mentions):
            continue
        words = said["value"].split() if said["value"].isascii() else cut(said["value"])
        if not any(grammar.is_plain(word.lower()) for word in words):
            parse.add(Condition("property", said["value"], key.keys[0].key), key.start, said.end())


def _overlaps(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def _is_of(parse: Parse, key: Mention, value: Mention) -> bool:
    """Whether no more than an “is” stands between a key and a value."""
    return grammar.IS.fullmatch(parse.text, key.end, value.start) is not None


def _joins(parse: Parse, condition: Condition, mention: Mention, is_or: bool) -> bool:
    """Make the value an alternative of the condition before, where it is one."""
    last = parse.conditions[-1]
    same = (last.kind, last.key, last.op, last.negated) == (
        condition.kind, condition.key, condition.op, condition.negated,
    )  # fmt: skip
    if not same or last.negated or last.op == "!=":
        return False
    both = matching((last, condition), parse.catalogue)
    if not is_or and (both or condition.kind != "property"):
        return False
    place = range(parse.places[-1].start, mention.end)
    source = parse.text[place.start : place.stop].strip()
    parse.conditions[-1] = replace(last, value=f"{last.value}|{condition.value}", source=source)
    parse.places[-1] = place
    parse.take(place.start, place.stop)
    return True


def _is_foreign(parse: Parse, key: PropertyKey) -> bool:
    """Whether a key was named in the other language: its synonyms may be meant as well."""
    return parse.text.isascii() and not key.key.isascii()


def _under_all(values: Sequence[Named]) -> Named:
    """One value under each of the properties that the question names with one word."""
    ordered = sorted(values, key=lambda each: (-len(each.notes), each.key))
    key = "|".join(dict.fromkeys(each.key for each in ordered))
    shortest = min((each.value for each in ordered), key=len)
    notes = frozenset[int]().union(*(each.notes for each in ordered))
    return replace(ordered[0], value=shortest, key=key, notes=notes)


def _condition(named: Named, *, negated: bool) -> Condition:
    if named.kind == "property":
        return Condition("property", named.value, named.key, "!=" if negated else "=")
    return Condition(named.kind, named.value, negated=negated)


def _meant(
    parse: Parse, mention: Mention, keys: Collection[PropertyKey], before: int
) -> Named | None:
    """Which of the things of one name is meant: by the key named, else the most frequent one."""
    if not mention.names:
        return None
    near = parse.text[before : mention.end + 8]
    asked = {name for key in keys for name in key.names}
    kinds = {each.kind for each in mention.names}
    of_key = [n for n in mention.names if n.key in asked]
    if "tag" in kinds and grammar.TAGGED.search(near):
        of_key = [n for n in mention.names if n.kind == "tag"]
    elif "folder" in kinds and grammar.FILED.search(near):
        of_key = [n for n in mention.names if n.kind == "folder"]
    if of_key and keys and all(_is_foreign(parse, key) for key in keys):
        of_key = [n for n in mention.names if n.kind == "property" and not n.is_part]
    if len({each.key for each in of_key}) > 1:
        return _under_all(of_key)
    best = of_key or mention.names
    return min(best, key=lambda n: (n.is_translated, -len(n.notes), _RANK[n.kind], n.value))


def _selection(parse: Parse, form: Form, *, has_noun: bool) -> Selection | None:
    """What was read, where nothing but the noun asked for is left to explain."""
    unexplained = left(parse)
    asked = [c for c in parse.conditions if c.kind == "property" or c.is_summary]
    if len(unexplained) > (1 if asked and not has_noun else 0) or not parse.conditions:
        return None
    if any(not is_noun(parse.text, each) for each in unexplained):
        return None
    notes = matching(parse.conditions, parse.catalogue)
    if notes is None:
        return None
    conditions = counted(parse.conditions, parse.catalogue)
    ops = {each.op for each in conditions}
    if form == "count" and "count" not in ops:
        conditions = (*conditions, Condition("property", op="count"))
    elif form == "list":
        form = "count" if "count" in ops else "extreme" if ops & {"max", "min"} else form
    keys = [c.key for c in conditions if c.key] + [key.key for key in parse.shown]
    text = " ".join(parse.text[each.start : each.stop] for each in unexplained)
    return Selection(form, Understood(text, conditions), notes, tuple(dict.fromkeys(keys)))
