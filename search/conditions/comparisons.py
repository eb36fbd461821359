"""Conditions from comparisons and superlatives: which property a number or a date is one of."""

from collections.abc import Iterable, Sequence
from typing import Literal

from search.catalogue.variants import name_tokens
from search.condition import Condition
from search.conditions import grammar
from search.conditions.bounds import Bound
from search.conditions.lexicon import Lexicon
from search.conditions.linking import Mention
from search.conditions.matching import OWN_DATE, matching
from search.conditions.parsing import Parse
from search.conditions.property_keys import PropertyKey
from search.query.english import base_forms

_MONEY = frozenset(("元", "块", "dollar", "euro", "pound", "yuan", "rmb", "usd", "eur", "$", "€"))
_TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "second", "percent"))
_ROOT = 4
"""Letters of an adjective that its measure begins with: bitter of bitterness."""
_PRICES = ("price", "cost", "amount", "fee", "价", "费", "金额", "钱")


def compare(
    parse: Parse, bound: Bound, keys: Sequence[Mention], by_stem: Sequence[Mention]
) -> bool:
    """Conditions from a comparison; whether its property is known."""
    place = (bound.start, bound.end)
    if bound.is_date:
        key = _nearest(place, (*keys, *by_stem), "date", parse) or _only(parse, "date")
        if key is None:  # a period of notes and their lines, which is read elsewhere
            return False
    else:
        key = _nearest(place, (*keys, *by_stem), "number", parse) or _measured(parse, bound)
        if key is None or (bound.limits[0][0] == "=" and key.key in {k.key for k in parse.shown}):
            return False
    for op, limit in bound.limits:
        parse.add(Condition("property", limit, key.key, op), *place)
    parse.shown.append(key)
    _take_unit(parse, bound, key)
    return True


def _measured(parse: Parse, bound: Bound) -> PropertyKey | None:
    """The property of a number by its unit or its adjective, else the only one there is."""
    numeric = parse.properties("number")
    if bound.unit in _MONEY and (found := _of_measure(numeric, _PRICES)):
        return found
    if bound.unit:
        for key in numeric:
            if bound.unit.rstrip("s") in key.units:
                return key
    for measures in grammar.measures_of(parse.text[bound.start : bound.end]):
        if found := _of_measure(numeric, measures):
            return found
    return numeric[0] if len(numeric) == 1 and bound.limits[0][0] != "=" else None


def _take_unit(parse: Parse, bound: Bound, key: PropertyKey) -> None:
    """The unit behind a number belongs to it."""
    known = {*_MONEY, *_TIMES, *key.units, *(name.lower() for name in key.names)}
    unit = bound.unit
    if len(unit) == 1 or unit in known or unit.rstrip("s") in known:
        start = parse.text.lower().find(unit, bound.end)
        if unit and start >= 0 and not parse.text[bound.end : start].strip():
            parse.take(start, start + len(unit))


def _of_measure(keys: Sequence[PropertyKey], measures: Iterable[str]) -> PropertyKey | None:
    """The property that one of the nouns names, in part at least."""
    for noun in measures:
        for key in keys:
            if grammar.measures(key.names, (noun,)):
                return key
    return None


def extreme(
    parse: Parse, most: grammar.Superlative, keys: Sequence[Mention], by_stem: Sequence[Mention]
) -> bool:
    """A condition from a superlative; whether its property is known."""
    place = (most.start, most.end)
    kind: Literal["date", "number"] = "date" if most.of_dates else "number"
    key = _nearest(place, (*keys, *by_stem), kind, parse)
    if key is None and most.measures:
        known = parse.properties(kind)
        key = _of_measure(known, most.measures) if kind == "number" else None
    if key is None and kind == "date":
        key = _only(parse, "date")
    if key is None and kind == "number":
        return False
    parse.add(Condition("property", key=key.key if key else OWN_DATE, op=most.op), *place)
    parse.shown += [key] if key else []
    return True


def by_key(text: str, lexicon: Lexicon) -> grammar.Superlative | None:
    """A superlative that one of the vault's keys is the measure of: the sweetest, of sweetness."""
    for match in grammar.ANY_SUPERLATIVE.finditer(text):
        said = (match["zh"] or match["word"] or match["est"]).lower()
        if grammar.has_measure(said):
            continue
        for key in lexicon.properties:
            if key.kind == "number" and any(_measures(name, said, lexicon) for name in key.names):
                names = tuple(name.lower() for name in key.names)
                return grammar.Superlative("max", *match.span(), names)
    return None


def _measures(key: str, adjective: str, lexicon: Lexicon) -> bool:
    """Whether a key is built on an adjective, or for a Chinese one means a word that is."""
    name = key.lower()
    if adjective.isascii():
        return any(name.startswith(base) for base in base_forms(adjective) if len(base) >= _ROOT)
    meanings = map("".join, lexicon.chinese(name_tokens(name)))
    return any(set(adjective) <= set(each) for each in (name, *meanings))


def _nearest(
    place: tuple[int, int], mentions: Sequence[Mention], kind: str, parse: Parse
) -> PropertyKey | None:
    """The property of such values that is named nearest."""
    start, end = place
    for mention in sorted(mentions, key=lambda m: min(abs(m.start - end), abs(start - m.end))):
        for key in mention.keys:
            if key.kind == kind:
                parse.take(mention.start, mention.end)
                return key
    return None


def _only(parse: Parse, kind: str) -> PropertyKey | None:
    """The one property of such values that the notes selected so far have."""
    among = matching(parse.conditions, parse.catalogue)
    found = [
        key for key in parse.properties(kind) if (among is None or not key.notes.isdisjoint(among))
    ]
    return found[0] if len(found) == 1 else None
