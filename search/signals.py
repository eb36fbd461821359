"""The parts of a ranking that can be told apart, and switched off one by one to measure them."""

from typing import Literal

Signal = Literal["keyword", "semantic", "translation"]
SIGNALS: frozenset[Signal] = frozenset({"keyword", "semantic", "translation"})
