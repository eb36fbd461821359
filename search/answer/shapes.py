"""The shapes of an answer: quotes, a table of things, a complete list, or none."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from index.words import fold
from search.answer import properties
from search.answer import rows as row
from search.answer.choose import choose
from search.answer.compose import Citations, listed
from search.answer.confidence import LEAST, confidence
from search.answer.evidence import Weighed
from search.answer.gather import Gatherer
from search.answer.rows import Found
from search.answer.things import Names, Thing, without_names
from search.answer.words import nothing, say
from search.filing import Drawer
from search.language import Language
from search.named import named
from search.result import Answer, Filters, Row

_NOTES = 4
"""Notes that a plain answer may quote."""
_ROW_NOTES = 6
_ROOM = 560
"""Characters of quotes in a plain answer."""
_LEAST = 0.35
"""Share of the best score below which a unit is not quoted."""
_MOST_UNITS = 20
_BESIDE = 0.6
"""The same share beside a property that states the answer."""
_FOCUS = 2.0
"""Within one thing's notes the aspect's words count this much more: all of it is about the
thing, little of it about the aspect."""
_MOST_LISTED = 100
"""A value that more notes have does not say by itself which are meant."""
_AGREEING = 0.5
"""Share of the nearest notes that must have the value named, or it is not what is meant; half
of that where several values are named together."""
_MOST_TOLD = 8
"""Notes of a list that are also introduced by a sentence."""
_CERTAIN = 0.95
"""Confidence in what properties state."""


class Shaper:
    """One question being answered."""

    def __init__(self, gatherer: Gatherer, names: Names) -> None:
        self._gatherer = gatherer
        self._names = names
        self._asked = gatherer.asked
        self._text = gatherer.query.text
        self._notes = gatherer.notes
        self._citations = Citations(self._notes)

    def answer(self) -> Answer:
        """The answer in the shape that the question wants."""
        in_rows = self._asked.kind in ("compare", "timeline", "list")
        ranked = self._gatherer.ranked(_ROW_NOTES if in_rows else _NOTES)
        if not ranked:
            narrowed = self._gatherer.query.filters != Filters()
            return none(self._text, self._asked.lang, "filtered" if narrowed else "nothing")
        stated = self._by_properties(ranked)
        if stated is not None:
            return stated
        return self._table(ranked) if in_rows else self._plain(ranked)

    def _plain(self, ranked: Mapping[int, float]) -> Answer:
        weighed = self._gatherer.weighed(ranked)
        sure = confidence(self._gatherer.signs(ranked, weighed))
        if sure < LEAST or not weighed:
            return self._none(ranked, sure)
        chosen = choose(weighed, _ROOM, least=_LEAST)
        return self._made(listed([each.unit for each in chosen], self._citations), (), sure)

    def _table(self, ranked: Mapping[int, float]) -> Answer:
        things = self._things(ranked)
        if things:
            found, sure = [self._about(thing, things) for thing in things], _CERTAIN
        else:
            weighed = self._gatherer.weighed(ranked)
            sure = confidence(self._gatherer.signs(ranked, weighed))
            if sure < LEAST or not weighed:
                return self._none(ranked, sure)
            found = self._by_note(weighed)
        if self._asked.kind != "list":
            found = row.ordered(found, self._notes)
        made = row.rows(found, self._notes, self._citations, self._asked.lang)
        return self._made(self._intro(made, things), made, sure)

    def _by_note(self, weighed: Sequence[Weighed]) -> list[Found]:
        """The best units of all notes together, a row for each note that they come from."""
        by_note: dict[int, list[Weighed]] = {}
        for each in choose(weighed, row.ROOM, least=_LEAST, most=_MOST_UNITS):
            by_note.setdefault(each.unit.note_id, []).append(each)
        return [
            Found(Thing(self._notes[note].title, frozenset((note,))), tuple(units), settled=True)
            for note, units in by_note.items()
        ]

    def _things(self, ranked: Collection[int]) -> list[Thing]:
        if self._asked.kind == "list":
            return []
        versions = self._names.versions(self._text)
        if versions:
            return versions
        near = [t for t in self._names.named(self._text) if not t.notes.isdisjoint(ranked)]
        return near if len(near) > 1 else []

    def _about(self, thing: Thing, things: Sequence[Thing]) -> Found:
        """What a thing's own notes say of the aspect: the question less the things' names."""
        aspect = without_names(self._text, things)
        notes = dict.fromkeys(sorted(thing.notes), 1.0)
        return Found(thing, self._gatherer.weighed(notes, aspect, focus=_FOCUS))

    def _by_properties(self, ranked: Mapping[int, float]) -> Answer | None:
        """An answer that properties give: the notes with a value, or a note's value."""
        drawers = self._drawers()
        keys = properties.asked_keys(self._gatherer.words(), drawers)
        if self._asked.kind == "list":
            names = named(self._text, drawers)
            wanted = properties.criteria(names, keys, self._notes)
            met = self._allowed(properties.meeting(wanted, self._notes))
            least = _AGREEING if len(wanted) == 1 else _AGREEING / 2
            agreed = len(met & ranked.keys()) / len(ranked)
            if 0 < len(met) <= _MOST_LISTED and agreed >= least:
                return self._listed(met, frozenset().union(*wanted.values(), _keys(keys)))
        if not keys or self._asked.kind in ("timeline", "howto"):
            return None
        return self._values(ranked, keys)

    def _allowed(self, notes: frozenset[int]) -> frozenset[int]:
        within = self._gatherer.state.catalogue.within(self._gatherer.query.filters)
        return notes if within is None else notes & within

    def _values(self, ranked: Mapping[int, float], keys: Sequence[Drawer]) -> Answer | None:
        """The values that the things named have; none where the only one has none."""
        things = [t for t in self._names.named(self._text) if not t.notes.isdisjoint(ranked)]
        if self._asked.kind != "compare":  # other names may stand beside the one that is meant
            best = next(iter(ranked))
            things = [thing for thing in things if best in thing.notes][:1]
        if not things:
            return None
        stated = [self._entries(thing, _keys(keys)) for thing in things]
        if len(things) == 1:
            return self._value(things[0], stated[0], keys)
        found = [
            Found(thing, values or self._about(thing, things).weighed)
            for thing, values in zip(things, stated, strict=True)
        ]
        made = row.rows(found, self._notes, self._citations, self._asked.lang)
        return self._made(self._intro(made, things), made, _CERTAIN)

    def _value(
        self, thing: Thing, stated: Sequence[Weighed], keys: Sequence[Drawer]
    ) -> Answer | None:
        """What a thing's property states, with what its notes say beside it."""
        rest = self._about(thing, [thing]).weighed
        if not stated:
            spoken = any(properties.states(r.unit.text, thing.name, keys) for r in rest[:8])
            return None if spoken else self._none(thing.notes, 0.2)
        chosen = [*stated, *choose(rest, _ROOM, least=_BESIDE, most=4)]
        return self._made(listed([each.unit for each in chosen], self._citations), (), _CERTAIN)

    def _listed(self, met: Iterable[int], keys: Collection[str]) -> Answer:
        """Every note that meets the criteria, with the properties that were named."""
        notes = sorted(met, key=lambda n: (self._notes[n].date or "", self._notes[n].title))
        things = [Thing(self._notes[note].title, frozenset((note,))) for note in notes]
        about = self._gatherer.weighed(dict.fromkeys(notes[:_MOST_TOLD], 1.0))
        best = {each.unit.note_id: each for each in reversed(about) if not each.unit.is_property}
        found = [
            Found(
                thing,
                [*self._entries(thing, keys), *(best[n] for n in thing.notes if n in best)],
                settled=True,
            )
            for thing in things
        ]
        made = row.rows(found, self._notes, self._citations, self._asked.lang)
        return self._made(say(self._asked.lang, "listed", count=len(notes)), made, _CERTAIN)

    def _drawers(self) -> list[Drawer]:
        return [d for d in self._gatherer.state.catalogue.drawers if d.kind == "property"]

    def _entries(self, thing: Thing, keys: Collection[str]) -> list[Weighed]:
        return [
            entry
            for note in sorted(thing.notes)
            for entry in properties.entries(self._notes[note], keys, self._gatherer.text(note))
        ]

    def _intro(self, made: Sequence[Row], things: Sequence[Thing]) -> str:
        lang = self._asked.lang
        if self._asked.kind == "list":
            return say(lang, "ranked", count=len(made))
        if not things:
            return say(lang, "things", count=len(made))
        aspect = self._gatherer.words(without_names(self._text, things))
        return row.change(made, aspect, lang)

    def _made(self, text: str, made: tuple[Row, ...], sure: float) -> Answer:
        return Answer(
            question=self._text,
            lang=self._asked.lang,
            kind=self._asked.kind,
            answerable=True,
            confidence=round(sure, 2),
            answer=text,
            rows=made,
            citations=tuple(self._citations.given),
        )

    def _none(self, near: Iterable[int], sure: float) -> Answer:
        nearest = tuple((self._notes[n].path, self._notes[n].title) for n in list(near)[:3])
        return none(self._text, self._asked.lang, "nothing", nearest, round(sure, 2))


def _keys(drawers: Iterable[Drawer]) -> frozenset[str]:
    return frozenset(fold(key) for drawer in drawers for key in drawer.names)


def none(
    question: str,
    lang: Language,
    reason: str,
    nearest: tuple[tuple[str, str], ...] = (),
    sure: float = 0.0,
) -> Answer:
    """The answer that there is none, and why."""
    text = nothing(lang, reason, nearest)
    return Answer(question, lang, "none", False, sure, text, nearest=nearest)
