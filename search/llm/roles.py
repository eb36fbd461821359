"""Tells whether two clauses give the same parts to the same parties."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from search.llm.clauses import Clause, Token

Translates = Callable[[str, str], bool]
"""Whether a word of English has a meaning that stands in a Chinese text."""
_JOINED = frozenset(["and", "or", "&", "、", "和", "与", "及", "以及", "或", "跟", "同"])
_TOWARDS = frozenset({"to", "vs"})


def exchanged(claim: Clause, quote: Clause, translates: Translates) -> bool:
    """Whether two parties of both clauses have changed sides around what both say of them.

    By and 被 change sides too, so that what was bought by another may be said either way.
    """
    for (first, last), (one, other) in _pairs(claim, quote):
        within = claim.between(first.at + len(first.text), last.at)
        left, right = sorted((one, other), key=lambda token: token.at)
        around = quote.between(left.at + len(left.text), right.at)
        if _are_joined(within) or _are_joined(around):
            continue
        is_turned = one.at > other.at
        is_shared = _shared(within, around, translates)
        if not is_shared and claim.is_passive != quote.is_passive:
            is_shared = _shared(claim, quote, translates)
        if is_shared and is_turned != (claim.is_passive != quote.is_passive):
            return True
    return False


def turned_round(claim: Clause, quote: Clause) -> bool:
    """Whether two numbers of both, one of which leads to the other, have changed places."""
    numbers = [token for token in claim.tokens if token.text[0].isdigit()]
    places = {token.text: token.at for token in quote.tokens if token.text[0].isdigit()}
    for first, last in combinations(numbers, 2):
        if first.text not in places or last.text not in places:
            continue
        start, end = sorted((places[first.text], places[last.text]))
        towards = claim.between(first.at, last.at).pivots & quote.between(start, end).pivots
        if towards & _TOWARDS and places[first.text] > places[last.text]:
            return True
    return False


def other_amounts(claim: Clause, quote: Clause) -> bool:
    """Whether the quote's clause has other amounts or years than the claim, and not the same."""
    is_another = any(
        not any(each.supports(amount) for each in quote.quantities)
        and any(each.unit == amount.unit for each in quote.quantities)
        for amount in claim.quantities
    )
    years = [date.year for date in quote.dates if date.year]
    return is_another or any(
        date.year is not None and bool(years) and date.year not in years for date in claim.dates
    )


def _pairs(
    claim: Clause, quote: Clause
) -> Iterator[tuple[tuple[Token, Token], tuple[Token, Token]]]:
    in_quote = {token.text: token for token in reversed(quote.tokens)}
    names = claim.names | quote.names
    shared = [token for token in _parties(claim.tokens, names) if token.text in in_quote]
    for first, last in combinations(shared, 2):
        if first.text != last.text:
            yield (first, last), (in_quote[first.text], in_quote[last.text])


def _parties(tokens: Sequence[Token], names: frozenset[str]) -> Iterator[Token]:
    """Chinese nouns, and Latin words that are names."""
    for token in tokens:
        if token.tag[:1] in ("n", "j") or token.tag in ("eng", "l") or token.text in names:
            yield token


def _are_joined(clause: Clause) -> bool:
    return len(clause.tokens) <= 2 and (
        "、" in clause.text or any(token.text in _JOINED for token in clause.tokens)
    )


def _shared(one: Clause, other: Clause, translates: Translates) -> bool:
    mine, theirs = one.pivots - _TOWARDS, other.pivots - _TOWARDS
    if mine & theirs:
        return True
    return any(translates(word, other.text) for word in mine if word.isascii()) or any(
        translates(word, one.text) for word in theirs if word.isascii()
    )
