"""Says that no note fulfils what a question sets, and what comes nearest to it."""

from collections.abc import Collection, Sequence

from search.answer import properties
from search.answer.citations import quoted
from search.answer.context import Inquiry
from search.answer.messages import say
from search.catalogue.catalogue import Catalogue
from search.condition import Condition
from search.conditions.matching import fulfilling, matching, same_keys, stated, turned
from search.conditions.values import COMPARISONS, alike, by_number, closest
from search.result import Answer

_MOST = 8
"""Values of a property, and notes, that are named."""


def unmet(inquiry: Inquiry, conditions: Sequence[Condition]) -> Answer:
    """Which conditions no note fulfils, and the value, note or count that is nearest to each."""
    lang, catalogue = inquiry.asked.lang, inquiry.gatherer.state.catalogue
    asked = [each for each in conditions if not each.is_summary]
    alone = [each for each in asked if not fulfilling(each, catalogue)]
    joint = "、" if lang == "zh" else ", "
    lines = [say(lang, "unmet", conditions=joint.join(map(_said, alone or asked)))]
    near: list[int] = []
    for each in alone:
        others = matching((c for c in asked if c not in alone), catalogue)
        found, line = _nearest(inquiry, each, others)
        near += found
        lines += [line] if line else []
    if not alone:
        for each in asked:
            own = fulfilling(each, catalogue)
            lines.append(f"- {_said(each)}: {say(lang, 'fulfilled', count=len(own))}")
            rest = matching((c for c in asked if c is not each), catalogue)
            near += sorted(rest or ())[:_MOST]
    return inquiry.none_saying("\n".join(lines), dict.fromkeys(near))


def _said(condition: Condition) -> str:
    return condition.typed().removeprefix("prop:")


def _nearest(
    inquiry: Inquiry, condition: Condition, among: Collection[int] | None
) -> tuple[list[int], str]:
    """The notes whose value is nearest to the one wanted, quoted; or the values that there are."""
    lang, catalogue = inquiry.asked.lang, inquiry.gatherer.state.catalogue
    if condition.kind == "tag":
        like = alike(condition.value, catalogue.tag_names.values())[:_MOST]
        return [], say(lang, "nearest_values", name="#", values=", ".join(like)) if like else ""
    if condition.kind == "link":
        return turned(condition, catalogue)[:_MOST], ""
    if condition.kind != "property":
        return [], ""
    said = stated(condition.key, catalogue)
    there = {note: said[note] for note in said if among is None or note in among} or said
    if condition.op in COMPARISONS:
        notes = list(closest(there, condition.value))[:_MOST]
        lines = (f"- {inquiry.notes[n].title}: {_entry(inquiry, n, condition.key)}" for n in notes)
        return notes, "\n".join((say(lang, "nearest_value"), *lines)) if notes else ""
    like = alike(condition.value, by_number(there.values()))[:_MOST]
    joint = "、" if lang == "zh" else ", "
    text = say(lang, "nearest_values", name=condition.key, values=joint.join(like)) if like else ""
    return sorted(there)[:_MOST], text


def _entry(inquiry: Inquiry, note: int, key: str) -> str:
    catalogue: Catalogue = inquiry.gatherer.state.catalogue
    text = inquiry.gatherer.texts.whole(note)
    found = properties.entries(inquiry.notes[note], same_keys(key, catalogue), text)
    return " ".join(quoted(e.unit.text, inquiry.citations.cite(e.unit)) for e in found[:1])
