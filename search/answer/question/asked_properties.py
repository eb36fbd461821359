"""Which properties a question asks for: by a key's name, a verb like it, or what it measures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.conditions import grammar
from search.conditions.lexicon import Lexicon
from search.conditions.linking import link, stems
from search.conditions.property_keys import PropertyKey
from search.query.english import base_forms

_WHO = re.compile(r"\bwho (?P<verb>[a-z]+)\b", re.IGNORECASE)
_AGENTS = ("人", "者", "员", "方")
"""Endings of keys whose values are those who do something: 负责人."""
_WHEN = re.compile(r"\bwhen\b|什么时候|何时|哪[一]?[年月天]|几[年月号]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedProperty:
    """A property and the words of the question that ask for it."""

    key: PropertyKey
    source: str


def asked_properties(text: str, lexicon: Lexicon) -> tuple[AskedProperty, ...]:
    """The properties whose values a question may want, each once."""
    found: dict[PropertyKey, AskedProperty] = {}
    for each in (*_by_name(text, lexicon), *_by_agent(text, lexicon), *_by_measure(text, lexicon)):
        found.setdefault(each.key, each)
    return tuple(found.values())


def _by_name(text: str, lexicon: Lexicon) -> Iterator[AskedProperty]:
    mentions = link(text, lexicon, ())
    if _WHEN.search(text):
        mentions += stems(text, lexicon, [range(len(text))])
    for mention in mentions:
        for key in mention.keys:
            yield AskedProperty(key, text[mention.start : mention.end])


def _by_agent(text: str, lexicon: Lexicon) -> Iterator[AskedProperty]:
    """Who owns it, 谁负责: an owner, a 负责人; who wrote it: a writer, and whatever means one."""
    for match in _WHO.finditer(text):
        bases = list(base_forms(match["verb"].lower().removesuffix("s")))
        agents = [
            base + ending for base in bases for ending in ("r" if base[-1] == "e" else "er", "or")
        ]
        for word in (*bases, *agents):
            forms = [(word,), *(lexicon.chinese((word,)) if word in agents else ())]
            for key in (key for form in forms for key in lexicon.keys.get(form, ())):
                if key.kind == "name":
                    yield AskedProperty(key, match["verb"])
    for key in lexicon.properties if "谁" in text else ():
        for name in key.names:
            verb = name[:-1] if name.endswith(_AGENTS) else ""
            if verb and re.search(rf"谁(?:在|来|是)?{re.escape(verb)}", text):
                yield AskedProperty(key, verb)


def _by_measure(text: str, lexicon: Lexicon) -> Iterator[AskedProperty]:
    for source, nouns in grammar.measures_asked(text):
        for key in lexicon.properties:
            dated = "date" in nouns and key.kind == "date"
            if dated or (key.kind == "number" and grammar.measures(key.names, nouns)):
                yield AskedProperty(key, source)
