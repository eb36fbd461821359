"""The parts of a ranking that can be told apart, and switched off one by one to measure them."""

from typing import Literal, get_args

Signal = Literal[
    "keyword", "semantic", "translation", "property", "tag", "link", "literal", "rerank"
]
SIGNALS: frozenset[Signal] = frozenset(get_args(Signal))
