"""One question being read: its conditions so far, and which of its words explain them."""

from collections.abc import Sequence
from dataclasses import replace

from search.catalogue.catalogue import Catalogue
from search.condition import Condition
from search.conditions.lexicon import Lexicon
from search.conditions.linking import Mention
from search.conditions.property_keys import PropertyKey


class Parse:
    """A question's conditions so far, and the characters that they were read from."""

    def __init__(
        self, text: str, lexicon: Lexicon, catalogue: Catalogue, given: Sequence[Condition] = ()
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.catalogue = catalogue
        self.taken: list[range] = []
        self.conditions: list[Condition] = list(given)
        self.places: list[range] = [range(0) for _ in given]
        """Of each condition, the characters it was read from."""
        self.shown: list[PropertyKey] = []
        self.scope: frozenset[int] | None = None
        """Notes that are filed under the noun asked for; None where it is no name."""

    def properties(self, kind: str) -> list[PropertyKey]:
        """The properties of such values that notes in the scope have."""
        return [
            key
            for key in self.lexicon.properties
            if key.kind == kind and (self.scope is None or not key.notes.isdisjoint(self.scope))
        ]

    def take(self, start: int, end: int) -> None:
        """Mark characters as explained."""
        self.taken.append(range(start, end))

    def add(self, condition: Condition, start: int, end: int) -> None:
        """Set a condition that these characters say."""
        self.conditions.append(replace(condition, source=self.text[start:end].strip()))
        self.places.append(range(start, end))
        self.take(start, end)

    def is_used(self, mention: Mention) -> bool:
        """Whether some of a mention's characters explain a condition."""
        return any(mention.start < each.stop and mention.end > each.start for each in self.taken)

    def free(self) -> list[range]:
        """Runs of characters that nothing explains yet."""
        held = {at for each in self.taken for at in each}
        found: list[range] = []
        for at in range(len(self.text)):
            if at not in held:
                if found and found[-1].stop == at:
                    found[-1] = range(found[-1].start, at + 1)
                else:
                    found.append(range(at, at + 1))
        return found
